import { createHash } from 'node:crypto';
import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import { chainOf } from '../kernel/jurisdiction.ts';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import type { IdentityNumbers } from './identity-numbers.ts';
import { MIGRATION_NAMES as NAMES } from './migrations/names.ts';
import type { Sql } from './sql.ts';

const OLDEST_SERVER = 150_000;
/** Two starts on one database: one prepares it, the other waits and finds it done. */
const PREPARATION_LOCK = 7_411_600;
const UNDEFINED_TABLE = '42P01';

interface State {
  readonly server: number;
  /** What was migrated; null: the database has never been one of this product's. */
  readonly migrations: readonly string[] | null;
  readonly info: Readonly<Record<string, string>>;
}

interface StateRow {
  readonly server: string;
  readonly migrations: readonly string[] | null;
  readonly info: Readonly<Record<string, string>> | null;
}

const SERVER = `current_setting('server_version_num') as server`;

/** All in one question, which only a first start or a broken one asks a second time. */
async function stateOf(sql: Sql): Promise<State> {
  try {
    const [row] = await sql.execute<StateRow>(`select ${SERVER}, (select json_agg(name order by id) from mikro_orm_migrations) as migrations, (select json_object_agg(name, value) from store_info) as info`);
    return { server: Number(row?.server), migrations: row?.migrations ?? [], info: row?.info ?? {} };
  } catch (error) {
    if ((error as { readonly code?: string }).code !== UNDEFINED_TABLE) throw error;
    const [row] = await sql.execute<{ server: string; migrated: boolean }>(`select ${SERVER}, to_regclass('mikro_orm_migrations') is not null as migrated`);
    const names = row?.migrated ? await sql.execute<{ name: string }>('select name from mikro_orm_migrations order by id') : null;
    return { server: Number(row?.server), migrations: names?.map(({ name }) => name) ?? null, info: {} };
  }
}

/**
 * Migrates a store that is older, refuses one that is newer or another's, and writes the places that the plugins know. One
 * that needs nothing is asked one question.
 */
export async function prepareStore(orm: MikroORM, identityNumbers: IdentityNumbers, places: readonly JurisdictionSpec[]): Promise<void> {
  const wanted: Wanted = { identityKey: identityNumbers.check(), placesHash: hashOf(places) };
  const sql = orm.em.fork();
  const state = await stateOf(sql);
  requireServer(state.server);
  requireKnown(state);
  if (isPrepared(state, wanted)) return;
  if (NAMES.some((name) => !state.migrations?.includes(name))) await inTurn(orm, migrate);
  // Again under the lock: another start may have been quicker.
  await inTurn(orm, async (em) => {
    const { info } = await stateOf(em);
    await checkKey(em, wanted.identityKey, info['identityKey']);
    if (info['places'] !== wanted.placesHash) await writePlaces(em, places, wanted.placesHash);
  });
}

interface Wanted {
  readonly identityKey: string;
  readonly placesHash: string;
}

const isPrepared = ({ migrations, info }: State, { identityKey, placesHash }: Wanted): boolean => NAMES.every((name) => migrations?.includes(name)) && info['identityKey'] === identityKey && info['places'] === placesHash;

/** Of 3,200 places in a few milliseconds, at each start: what is above each follows from the codes. */
const hashOf = (places: readonly JurisdictionSpec[]): string => createHash('sha256').update(JSON.stringify(places.map(({ code, name }) => [code, name.zh, name.en]))).digest('hex');

/** Alone among all starts, and without the limits of requests. */
function inTurn(orm: MikroORM, work: (em: SqlEntityManager) => Promise<void>): Promise<void> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute(`set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`);
    await em.execute(`select pg_advisory_xact_lock(${PREPARATION_LOCK})`);
    await work(em);
  });
}

function requireServer(version: number): void {
  if (version >= OLDEST_SERVER) return;
  const found = Math.floor(version / 10_000);
  throw new StartError([text(`数据库是 PostgreSQL ${found},需要 15 或更新的版本。`, `The database is PostgreSQL ${found}; it has to be 15 or newer.`)]);
}

function requireKnown({ migrations }: State): void {
  const unknown = (migrations ?? []).filter((name) => !NAMES.includes(name));
  if (unknown.length === 0) return;
  throw new StartError([text(`数据库由更新版本的师训建立(未知的迁移:${unknown.join('、')})。请使用该版本或更新的版本;数据未改动。`, `The database was made by a newer Shixun (unknown migrations: ${unknown.join(', ')}). Use that version or a later one; nothing was changed.`)]);
}

/** The migrator is loaded when there is something to migrate. A start that had to wait for another finds nothing left to do. */
async function migrate(em: SqlEntityManager): Promise<void> {
  const [{ Migrator }, { migrations }] = await Promise.all([import('@mikro-orm/migrations'), import('./migrations/migrations.ts')]);
  em.config.set('migrations', { ...em.config.get('migrations'), migrationsList: migrations, snapshot: false, transactional: true });
  await new Migrator(em).up({ transaction: em.getTransactionContext() });
}

async function checkKey(sql: Sql, check: string, known: string | undefined): Promise<void> {
  if (known === check) return;
  if (known === undefined) await sql.execute(`insert into store_info (name, value) values ('identityKey', ?)`, [check]);
  else throw new StartError([text('身份证件号码的密钥(IDENTITY_KEY 或数据目录中的 identity-key)不是这个数据库所用的那一个。请找回原来的密钥;没有它,已存的号码无法辨认。', 'The key of identity numbers (IDENTITY_KEY, or identity-key in the data folder) is not the one of this database. Bring back the former key: without it stored numbers cannot be recognised.')]);
}

/** Set-based, and only when the plugins know other places than last time. Codes that are known no more stay: rows point to them. */
async function writePlaces(sql: Sql, places: readonly JurisdictionSpec[], hash: string): Promise<void> {
  const codes = new Set(places.map(({ code }) => code));
  const rows = places.map(({ code, name }) => ({ code, name_zh: name.zh, name_en: name.en, parent_code: parentOf(code, codes) }));
  await sql.execute(
    `insert into jurisdiction (code, name_zh, name_en, parent_code)
     select code, name_zh, name_en, parent_code from json_to_recordset(?::json) as place (code text, name_zh text, name_en text, parent_code text)
     on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, parent_code = excluded.parent_code`,
    [JSON.stringify(rows)],
  );
  await sql.execute(`insert into store_info (name, value) values ('places', ?) on conflict (name) do update set value = excluded.value`, [hash]);
}

/** The nearest place above that is known. */
const parentOf = (code: string, codes: ReadonlySet<string>): string | null => chainOf(code).slice(0, -1).findLast((above) => codes.has(above)) ?? null;
