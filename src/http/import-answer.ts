import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say } from '../i18n/server-messages.ts';
import type { ServerMessageKey } from '../i18n/server-messages.ts';
import type { Kind } from '../imports/columns/column.ts';
import { importFiles } from '../imports/import-files.ts';
import type { FileResult, Progress } from '../imports/import-files.ts';
import { problemData, resultLine } from '../imports/report.ts';
import type { Database } from '../persistence/database.ts';
import { sqlErrorKind } from '../persistence/sql-errors.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Records } from '../records/open-records.ts';
import { recordingAs } from '../records/operator-records.ts';
import type { Importer } from './import-access.ts';
import type { ImportQuery } from './import-query.ts';

export interface ImportAnswer {
  readonly request: FastifyRequest;
  readonly kind: Kind | 'auto';
  readonly query: ImportQuery;
  readonly importer: Importer;
  /** Where it is put down that something was imported; null: nowhere. */
  readonly records: Records | null;
  readonly registry: Registry;
  readonly database: Database;
  readonly config: Config;
  readonly stop: AbortController;
  ended(): void;
}

const EVERY_MS = 500;

/** A body that cannot be taken to its end. */
class UnfinishedBody extends Error {
  readonly key: ServerMessageKey;
  readonly limit: number;
  constructor(key: ServerMessageKey, limit: number) {
    super(key);
    this.key = key;
    this.limit = limit;
  }
}

/**
 * Imports the body of a request. The answer is lines of JSON while it goes on: `progress`, then each `problem`, then the
 * `result`; or an `error`, after which nothing of the file is stored.
 */
export function answerImport(given: ImportAnswer): Readable {
  const lines = new PassThrough();
  lines.on('error', () => undefined);
  const write = (line: object): boolean => !lines.destroyed && lines.write(`${JSON.stringify(line)}\n`);
  void run(given, write, progressLines(lines, write))
    .catch((error: unknown) => write(errorLine(error, given)))
    .finally(() => {
      given.ended();
      lines.end();
    });
  return lines;
}

async function run({ request, kind, query, importer, records, registry, database, config, stop }: ImportAnswer, write: (line: object) => boolean, onProgress: (progress: Progress) => void): Promise<void> {
  const bytes = Number(request.headers['content-length']);
  const file = { name: query.name, kind, bytes: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined, open: () => bodyOf(request, config) };
  const putOnRecord = records ? recordingAs(records.audit, importer.who, request.id) : undefined;
  const [result] = await importFiles({ ...query, files: [file], database, registry, within: importer.codes, putOnRecord, signal: stop.signal, onProgress });
  if (!result) return;
  for (const problem of result.problems) write({ type: 'problem', ...problemData(problem, request.language) });
  write({ type: 'result', ...resultData(result), message: resultLine(result, request.language) });
}

const resultData = ({ file, kind, status, isDryRun, rows, effects, refused, problems, problemCount, recordedAt }: FileResult): object => ({ file, kind, status, dryRun: isDryRun, rows, ...effects, refused, problems: problemCount, problemsNotListed: problemCount - problems.length, recordedAt });

/** Now and then, and never more than the client takes. */
function progressLines(lines: PassThrough, write: (line: object) => boolean): (progress: Progress) => void {
  let shownAt = 0;
  let phase = '';
  return (progress) => {
    const now = performance.now();
    if (lines.writableNeedDrain || (now - shownAt < EVERY_MS && progress.phase === phase)) return;
    shownAt = now;
    phase = progress.phase;
    write({ type: 'progress', phase, rows: progress.rows, bytes: progress.bytes, ofBytes: progress.ofBytes });
  };
}

/** The bytes of the body, read no faster than they are stored; the client has to go on sending while they are waited for. */
async function* bodyOf({ body }: FastifyRequest, { imports, requestTimeoutMs }: Config): AsyncGenerator<Buffer> {
  const stream = body as Readable;
  // Destroying it would end the connection before the answer is read.
  const chunks = stream.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let bytes = 0;
  try {
    for (;;) {
      const next = await inTime(chunks.next(), requestTimeoutMs);
      if (next.done) return;
      bytes += next.value.length;
      if (bytes > imports.bodyLimitBytes) throw new UnfinishedBody('import.bodyTooLarge', imports.bodyLimitBytes);
      yield next.value;
    }
  } finally {
    void chunks.return?.().then(() => discard(stream, requestTimeoutMs));
  }
}

/** Lets the client send what nobody reads any more, so that it gets to read the answer; not for ever. */
function discard(stream: Readable, milliseconds: number): void {
  if (stream.destroyed || stream.readableEnded) return;
  const timer = setTimeout(() => stream.destroy(), milliseconds);
  timer.unref();
  stream.once('close', () => clearTimeout(timer)).resume();
}

async function inTime<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UnfinishedBody('import.tooSlow', milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function errorLine(error: unknown, { request, stop }: ImportAnswer): object {
  const { language, id: reference } = request;
  if (error instanceof UnfinishedBody) {
    const code = error.key === 'import.bodyTooLarge' ? ErrorCode.BODY_TOO_LARGE : ErrorCode.REQUEST_TIMEOUT;
    return { type: 'error', code, message: say(language, error.key, { limit: error.limit }) };
  }
  if (stop.signal.aborted) return { type: 'error', code: ErrorCode.INTERNAL, message: say(language, 'import.storeFailed', { reason: String((stop.signal.reason as Error).message) }) };
  request.log.error({ err: error, reference }, 'import failed');
  const kind = sqlErrorKind(error);
  return { type: 'error', code: ErrorCode.INTERNAL, reference, message: kind === null ? say(language, 'internal', { reference }) : say(language, 'import.storeFailed', { reason: kind }) };
}
