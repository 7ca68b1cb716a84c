import type { CivilDay } from '../kernel/civil-day.ts';
import { nameKeys } from '../persistence/name-key.ts';
import type { Database } from '../persistence/database.ts';
import type { Registry } from '../plugin-host/registry.ts';
import type { PutOnRecord } from '../records/operator-records.ts';
import type { Effects } from './apply/session.ts';
import { noEffects } from './apply/session.ts';
import { KINDS } from './columns/column.ts';
import type { Kind } from './columns/column.ts';
import type { Encoding } from './decode.ts';
import { kindOfFile } from './kind-of-file.ts';
import { BEGIN, importFile } from './import-file.ts';
import type { Problem } from './problem.ts';

/** A file as it comes: from a disk, from a request, or made in memory. */
export interface SourceFile {
  /** As it is called in messages. */
  readonly name: string;
  /** `auto`: told by its header. */
  readonly kind: Kind | 'auto';
  /** Its size where that is known. */
  readonly bytes?: number;
  /** Reads it from the beginning. One of several files whose kind is `auto` is opened twice. */
  open(): AsyncIterable<Buffer>;
}

export interface ImportOptions {
  readonly database: Pick<Database, 'connect' | 'keys'>;
  readonly registry: Registry;
  readonly files: readonly SourceFile[];
  /** Whose files these are: keys are unique in a source. */
  readonly source: string;
  /** The place of rows that name none. */
  readonly jurisdiction?: string | null;
  /** Takes the rows that nothing is wrong with, though others are. */
  readonly isPartial?: boolean;
  /** Takes rows that say something else than what is stored, as corrections. */
  readonly isAmending?: boolean;
  /** Nobody is born after it; the day of today when it is not given. */
  readonly today?: CivilDay;
  /** Reports, and takes nothing. */
  readonly isDryRun?: boolean;
  /** Of text files; told by their bytes where it is not given. */
  readonly encoding?: Encoding | null;
  /** The places for whose rows alone it may be; absent: for all. */
  readonly within?: readonly string[] | null;
  /** Puts each file that changes something on record, in its transaction. Absent: it is not, as in tests and measurements. */
  readonly putOnRecord?: PutOnRecord;
  /** Gives up, and nothing of the file at hand is taken. */
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** How far it is. */
export interface Progress {
  readonly file: string;
  readonly kind: Kind | null;
  readonly phase: 'reading' | 'waiting' | 'comparing' | 'taking';
  readonly rows: number;
  readonly bytes: number;
  readonly ofBytes: number | null;
}

/** What became of one file. */
export interface FileResult {
  readonly file: string;
  readonly kind: Kind | null;
  /** `taken` in a dry run: it would be. `skipped`: an earlier file was refused. */
  readonly status: 'taken' | 'refused' | 'skipped';
  readonly isDryRun: boolean;
  readonly rows: number;
  readonly effects: Effects;
  /** Rows that were not taken. */
  readonly refused: number;
  /** The first of what is wrong, by line, and how much is in all. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** With which instant its rows are stamped; null where nothing was written. */
  readonly recordedAt: string | null;
}

/**
 * Takes files of institutions, teachers, courses and credits, in this order whatever the order given, each in a
 * transaction of its own: whole or not at all, unless partial. After a refused file the others are skipped: they may
 * refer to it. A dry run is one transaction over all files, rolled back. Throws what the database throws.
 */
export async function importFiles(options: ImportOptions): Promise<FileResult[]> {
  const files = options.files.length === 1 ? options.files : await inOrder(options);
  const nameKey = await nameKeys();
  const client = await options.database.connect();
  const stopListening = cancelOnAbort(options);
  const results: FileResult[] = [];
  try {
    if (options.isDryRun) await client.query(BEGIN);
    for (const file of files) {
      options.signal?.throwIfAborted();
      const isSkipped = results.some(({ status }) => status !== 'taken');
      results.push(isSkipped ? skipped(file, options) : await importFile({ ...options, client, nameKey, file, isLast: file === files.at(-1) }));
    }
    if (options.isDryRun) await client.query('rollback');
    return results;
  } finally {
    stopListening();
    await client.end().catch(() => undefined);
  }

  /** A statement at work is cancelled: what it did is rolled back. */
  function cancelOnAbort({ database, signal }: ImportOptions): () => void {
    const { processID } = client as unknown as { readonly processID: number };
    const cancel = (): void => {
      database.connect().then(
        async (other) => {
          await other.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
          await other.end();
        },
        () => undefined,
      );
    };
    signal?.addEventListener('abort', cancel, { once: true });
    return () => signal?.removeEventListener('abort', cancel);
  }
}

/** Files that others refer to come first; equal kinds in the order given. */
async function inOrder({ files, registry, jurisdiction = null, encoding = null }: ImportOptions): Promise<SourceFile[]> {
  const kinds = await Promise.all(files.map(async (file) => ({ file, kind: file.kind === 'auto' ? await kindOfFile(file, registry, jurisdiction, encoding) : file.kind })));
  const place = (kind: Kind | null): number => (kind === null ? 0 : KINDS.indexOf(kind));
  return kinds.sort((a, b) => place(a.kind) - place(b.kind)).map(({ file, kind }) => (kind === null ? file : { ...file, kind, open: () => file.open() }));
}

const skipped = ({ name, kind }: SourceFile, { isDryRun = false }: ImportOptions): FileResult => ({ file: name, kind: kind === 'auto' ? null : kind, status: 'skipped', isDryRun, rows: 0, effects: noEffects(), refused: 0, problems: [], problemCount: 0, recordedAt: null });
