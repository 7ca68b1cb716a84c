import type { Instant } from '../kernel/civil-day.ts';
import type { Database } from '../persistence/database.ts';
import type { DatabaseLimits } from '../persistence/orm-options.ts';
import type { Sql } from '../persistence/sql.ts';
import { AccessReads } from './access-reads.ts';
import { AccessRecorder } from './access-recorder.ts';
import type { RecorderConnection } from './access-recorder.ts';
import { AuditTrail } from './audit-trail.ts';
import { yearOfInstant } from './chain-row.ts';
import { ChangeAccesses } from './change-accesses.ts';
import { HeadWriter } from './head-writer.ts';
import { Idempotency } from './idempotency.ts';
import type { RecordKeys } from './keys.ts';
import { headSigner, otherKey, recordKeys } from './record-secrets.ts';

/** What the server writes down of what it does, and reads of it. */
export interface Records {
  readonly keys: RecordKeys;
  readonly audit: AuditTrail;
  readonly access: AccessRecorder;
  /** Accesses that are stored with a change. */
  readonly changes: ChangeAccesses;
  readonly accesses: AccessReads;
  readonly idempotency: Idempotency;
  readonly heads: HeadWriter;
  /** Why the server should not be called ready; null: all is well. */
  trouble(): 'chainHeadsNotWritten' | null;
  /** Stores what waits. Before the database is closed. */
  close(): Promise<void>;
}

export interface RecordsOptions {
  /** In base64, the current one first, separated by commas; null: that of the data folder, made when there is none. */
  readonly auditKey: string | null;
  readonly limits: Pick<DatabaseLimits, 'connectTimeoutMs' | 'statementTimeoutMs' | 'lockTimeoutMs'>;
  readonly clock: () => number;
  readonly headsEveryMs?: number;
  /** How long what came of requests with a key is kept; default: 30. */
  readonly keptDays?: number;
  /** How often what need not be kept any longer is removed. */
  readonly cleanEveryMs?: number;
  readonly log: { warn(what: object, message: string): void; error(what: object, message: string): void; info(what: object, message: string): void };
}

/** How long an answer waits for the record of it. */
const RECORD_TIMEOUT_MS = 5_000;

const CLEAN_EVERY_MS = 600_000;
const CLEANED_AT_ONCE = 1_000;
const CLEANED_IN_A_ROW = 20;

/** Opens the records of a store. Throws a StartError where its keys are lacking or others. */
export async function openRecords(database: Pick<Database, 'orm' | 'url' | 'dataFolder'>, { auditKey, limits, clock, headsEveryMs, keptDays, cleanEveryMs = CLEAN_EVERY_MS, log }: RecordsOptions): Promise<Records> {
  const keys = recordKeys(auditKey, database.dataFolder);
  await requireKey(database.orm.em.fork(), keys);
  // Made on demand they are too; this way nobody waits for it at New Year.
  const next = yearOfInstant(clock() as Instant) + 1;
  await database.orm.em.fork().execute(`select ensure_record_year(name, ?::int) from unnest(array['audit_trail', 'access_record']) as name`, [next]);
  const onTrouble = (error: NodeJS.ErrnoException | null): void => (error ? log.error({ code: error.code }, 'chain heads cannot be written') : log.info({}, 'chain heads are written again'));
  const heads = new HeadWriter({ dataFolder: database.dataFolder, signer: headSigner(database.dataFolder), clock, everyMs: headsEveryMs, onTrouble });
  const access = new AccessRecorder({
    connect: () => recorderConnection(database.url, limits),
    keys,
    advance: heads.advanced,
    clock,
    timeoutMs: RECORD_TIMEOUT_MS,
    // Of the error no more than its code: a message of the database may quote a row.
    onFailure: (error, isGivenUp) => log.warn({ code: (error as { readonly code?: unknown }).code, isGivenUp }, 'access records were not stored'),
  });
  const idempotency = new Idempotency(keys, clock, keptDays);
  const cleaning = setInterval(() => void cleanUp(idempotency, () => database.orm.em.fork()).catch((error: { readonly code?: unknown }) => log.warn({ code: error.code }, 'old idempotency keys were not removed')), cleanEveryMs).unref();
  return {
    keys,
    audit: new AuditTrail(keys, heads.advanced),
    access,
    changes: new ChangeAccesses(keys, heads.advanced),
    accesses: new AccessReads(keys),
    idempotency,
    heads,
    trouble: () => (heads.trouble ? 'chainHeadsNotWritten' : null),
    async close() {
      clearInterval(cleaning);
      await access.close();
      await heads.close();
    },
  };
}

/** In small statements, and not without end: the next time goes on. */
async function cleanUp(idempotency: Idempotency, sql: () => Sql): Promise<void> {
  for (let round = 0; round < CLEANED_IN_A_ROW; round++) if ((await idempotency.cleanUp(sql(), CLEANED_AT_ONCE)) < CLEANED_AT_ONCE) return;
}

/** The first who opens the records of a store settles by which key. */
export async function requireKey(sql: Sql, keys: RecordKeys): Promise<void> {
  const [row] = await sql.execute<{ id: string }>('select note_audit_key(?) as id', [keys.id]);
  if (!row || !keys.has(row.id)) throw otherKey();
}

async function recorderConnection(url: string, { connectTimeoutMs, statementTimeoutMs, lockTimeoutMs }: RecordsOptions['limits']): Promise<RecorderConnection> {
  const { default: pg } = await import('pg');
  // Whoever waits is told before long. A server that says nothing more is found out by this side, a little later than a slow one by itself.
  const patience = Math.min(statementTimeoutMs, RECORD_TIMEOUT_MS);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs, statement_timeout: patience, lock_timeout: Math.min(lockTimeoutMs, patience), query_timeout: patience + 500, application_name: 'shixun access records', keepAlive: true });
  // A lost connection is told by the next statement; as an event that nobody hears it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
