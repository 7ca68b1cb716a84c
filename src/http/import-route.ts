import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ErrorCode } from '../graphql/error-codes.ts';
import { say } from '../i18n/server-messages.ts';
import { KINDS } from '../imports/columns/column.ts';
import type { Kind } from '../imports/columns/column.ts';
import { templateOf } from '../imports/template.ts';
import type { Database } from '../persistence/database.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { Records } from '../records/open-records.ts';
import { sendError } from './client-error.ts';
import { importAccess } from './import-access.ts';
import type { Importer } from './import-access.ts';
import type { Identify } from './identify.ts';
import { sourceOf } from './import-source.ts';
import { answerImport } from './import-answer.ts';
import { readImportQuery } from './import-query.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Types that no form of a page can send. */
const TYPES = ['text/csv', XLSX];
/** Each holds a connection to the store, and one at a time writes. */
const MOST_AT_ONCE = 4;

interface Parts {
  readonly config: Config;
  readonly registry: Registry;
  readonly database: Database | null;
  readonly records: Records | null;
  readonly identify: Identify;
}
type ImportRequest = FastifyRequest<{ Params: { kind: string } }>;

/** `POST /import/<kind>`: a file is stored while it arrives, and answered line by line. `GET /import/<kind>/template`: XLSX to fill in. */
export function addImportRoutes(app: FastifyInstance, parts: Parts): void {
  const running = new Set<AbortController>();
  const importers = new WeakMap<FastifyRequest, Importer>();
  app.addHook('preClose', async () => {
    for (const one of running) one.abort(new Error('stopping'));
  });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // What comes is handed on as it comes.
    scope.addContentTypeParser(TYPES, (_request: FastifyRequest, payload: IncomingMessage, done: (error: Error | null, body?: unknown) => void) => done(null, payload));
    const answerOther = app.errorHandler;
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return answerOther.call(app, error, request, reply);
      return refuse(request, reply, 415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, 'import.mediaType', { found: request.headers['content-type']?.slice(0, 80) || '—', xlsx: XLSX });
    });
    scope.post<{ Params: { kind: string } }>('/import/:kind', { config: { isTimedByRoute: true }, onRequest: (request, reply) => requireImporter(request, reply, parts, importers) }, (request, reply) => takeBody(request, reply, parts, running, importers.get(request)));
    scope.get<{ Params: { kind: string } }>('/import/:kind/template', (request, reply) => sendTemplate(request, reply, parts));
  });
}

/** Nothing of the body is read before this is known. */
async function requireImporter(request: FastifyRequest, reply: FastifyReply, parts: Parts, importers: WeakMap<FastifyRequest, Importer>): Promise<FastifyReply | void> {
  const access = await importAccess(request, parts);
  if ('importer' in access) {
    importers.set(request, access.importer);
    return;
  }
  const { status, code, message } = access.refused;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 503) reply.header('retry-after', '5');
  return sendError(reply.header('connection', 'close'), status, code, message);
}

/** The rest of a body that is not wanted is not waited for. */
function refuse(request: FastifyRequest, reply: FastifyReply, status: number, code: ErrorCode, key: Parameters<typeof say>[1], params: Parameters<typeof say>[2]): FastifyReply {
  return sendError(reply.header('connection', 'close'), status, code, say(request.language, key, params));
}

function takeBody(request: ImportRequest, reply: FastifyReply, { config, registry, database, records }: Parts, running: Set<AbortController>, importer: Importer | undefined): FastifyReply {
  const kind = kindOf(request.params.kind);
  if (kind === null) return refuse(request, reply, 404, ErrorCode.NOT_FOUND, 'import.noKind', { found: request.params.kind.slice(0, 80), kinds: [...KINDS] });
  if (database === null) return refuse(request, reply, 503, ErrorCode.INTERNAL, 'import.noStore', {});
  const query = readImportQuery(request, kind, registry);
  if ('problem' in query) return refuse(request, reply, 400, ErrorCode.BAD_REQUEST, query.problem.key, query.problem.params);
  if (!importer) throw new Error('an import by nobody');
  const source = sourceOf(query, importer);
  if (source === null) return refuse(request, reply, 400, ErrorCode.BAD_REQUEST, 'import.whichPlace', { codes: importer.codes ?? [] });
  if (running.size >= MOST_AT_ONCE) return refuse(request, reply.header('retry-after', '10'), 503, ErrorCode.TOO_MANY_IMPORTS, 'import.tooMany', { limit: MOST_AT_ONCE });
  const stop = new AbortController();
  running.add(stop);
  const answer: Readable = answerImport({ request, kind, query: { ...query, source }, importer, records, registry, database, config, stop, ended: () => running.delete(stop) });
  // Whoever has gone wants nothing stored.
  reply.raw.once('close', () => stop.abort(new Error('the client has gone')));
  return reply.header('content-type', 'application/x-ndjson; charset=utf-8').header('cache-control', 'no-store').send(answer);
}

const kindOf = (given: string): Kind | 'auto' | null => (given === 'auto' ? 'auto' : (KINDS.find((kind) => kind === given) ?? null));

async function sendTemplate(request: ImportRequest, reply: FastifyReply, { registry }: Parts): Promise<FastifyReply> {
  const kind = KINDS.find((one) => one === request.params.kind);
  if (!kind) return refuse(request, reply, 404, ErrorCode.NOT_FOUND, 'import.noKind', { found: request.params.kind.slice(0, 80), kinds: [...KINDS] });
  const { jurisdiction } = request.query as { readonly jurisdiction?: unknown };
  const code = typeof jurisdiction === 'string' && jurisdiction !== '' ? jurisdiction : null;
  if (code !== null && !registry.jurisdictions.has(code)) return refuse(request, reply, 400, ErrorCode.BAD_REQUEST, 'import.badParameter', { name: 'jurisdiction', found: code.slice(0, 80), expected: registry.nearestPlaces(code).join(', ') || 'CN' });
  const template = await templateOf(kind, registry, code, request.language);
  return reply.header('content-type', XLSX).header('content-disposition', `attachment; filename="${kind}.xlsx"`).send(template);
}
