import { createHash } from 'node:crypto';
import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import { chainOf } from '../kernel/jurisdiction.ts';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import { accessHash, grantAccess, writeRowRules } from './app-role.ts';
import type { DataKeys } from './keys/data-keys.ts';
import { FORMER_KEYS, formerKeys } from './keys/former-keys.ts';
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
  /** Whether whoever asks is not bound by row policies. */
  readonly isUnbound: boolean;
}

interface StateRow {
  readonly server: string;
  readonly unbound: boolean;
  readonly migrations: readonly string[] | null;
  readonly info: Readonly<Record<string, string>> | null;
}

const SERVER = `current_setting('server_version_num') as server`;
/** Superusers, roles that bypass, and whoever owns the tables or belongs to the owner. */
const UNBOUND = `(select r.rolsuper or r.rolbypassrls from pg_roles r where r.rolname = current_user) or coalesce((select pg_has_role(c.relowner, 'usage') from pg_class c where c.oid = to_regclass('mikro_orm_migrations')), true) as unbound`;

/** All in one question, which only a first start or a broken one asks a second time. */
async function stateOf(sql: Sql): Promise<State> {
  try {
    const [row] = await sql.execute<StateRow>(`select ${SERVER}, ${UNBOUND}, (select json_agg(name order by id) from mikro_orm_migrations) as migrations, (select json_object_agg(name, value) from store_info) as info`);
    return { server: Number(row?.server), migrations: row?.migrations ?? [], info: row?.info ?? {}, isUnbound: row?.unbound ?? true };
  } catch (error) {
    if ((error as { readonly code?: string }).code !== UNDEFINED_TABLE) throw error;
    const [row] = await sql.execute<{ server: string; migrated: boolean }>(`select ${SERVER}, to_regclass('mikro_orm_migrations') is not null as migrated`);
    const names = row?.migrated ? await sql.execute<{ name: string }>('select name from mikro_orm_migrations order by id') : null;
    return { server: Number(row?.server), migrations: names?.map(({ name }) => name) ?? null, info: {}, isUnbound: true };
  }
}

interface Wanted {
  readonly keys: DataKeys;
  readonly placesHash: string;
  readonly access: string;
}

const wantedOf = (keys: DataKeys, places: readonly JurisdictionSpec[]): Wanted => ({ keys, placesHash: hashOf(places), access: accessHash() });

/** The places that the plugins know; they need be there when the store has answered, for plugins take as long to be read. */
export type Places = readonly JurisdictionSpec[] | Promise<readonly JurisdictionSpec[]>;

/** What a start needs to know of a store. */
export interface Prepared {
  readonly isReady: boolean;
  /** The names of what the store notes of itself. */
  readonly notes: ReadonlySet<string>;
  /** Whether row policies bind whoever asked. */
  readonly isBound: boolean;
}

/** Whether nothing is to be done: one question, asked by the application itself. `role`: its name in the database; null: it is the owner's. */
export async function isPrepared(orm: MikroORM, keys: DataKeys, places: Places, role: string | null): Promise<Prepared> {
  const state = await stateOf(orm.em.fork());
  requireServer(state.server);
  requireKnown(state);
  const isReady = hasAll(state, wantedOf(keys, await places), role);
  if (isReady) keys.use(state.info['identityKey'] ?? '');
  return { isReady, isBound: !state.isUnbound, notes: new Set(Object.keys(state.info)) };
}

/**
 * Migrates a store that is older, refuses one that is newer or another's, writes the places that the plugins know, and
 * gives the application's role what it needs. Done by the owner of the database. One that needs nothing is asked one question.
 */
export async function prepareStore(orm: MikroORM, keys: DataKeys, places: readonly JurisdictionSpec[], role: string | null): Promise<void> {
  const wanted = wantedOf(keys, places);
  const state = await stateOf(orm.em.fork());
  requireServer(state.server);
  requireKnown(state);
  if (hasAll(state, wanted, role)) return;
  if (NAMES.some((name) => !state.migrations?.includes(name))) await inTurn(orm, migrate);
  // Again under the lock: another start may have been quicker.
  await inTurn(orm, async (em) => {
    const { info } = await stateOf(em);
    await checkKeys(em, keys, info);
    if (info['places'] !== wanted.placesHash) await writePlaces(em, places, wanted.placesHash);
    if (info['rowRules'] !== wanted.access) await writeRowRules(em).then(() => note(em, 'rowRules', wanted.access));
    if (role !== null && info[grantsTo(role)] !== wanted.access) await grantAccess(em, role).then(() => note(em, grantsTo(role), wanted.access));
  });
  if (state.info['sealed'] === SEALED) return;
  const { sealWhatStands } = await import('./seal-what-stands.ts');
  await sealWhatStands(orm, keys);
  await note(orm.em.fork(), 'sealed', SEALED);
}

/** Which values have been sealed that once were not. */
const SEALED = '1';

const grantsTo = (role: string): string => `grants:${role}`;

const hasAll = ({ migrations, info }: State, { keys, placesHash, access }: Wanted, role: string | null): boolean =>
  NAMES.every((name) => migrations?.includes(name)) && unknownKeys(keys, info).length === 0 && info['sealed'] === SEALED && info['places'] === placesHash && info['rowRules'] === access && (role === null || info[grantsTo(role)] === access);

const note = (sql: Sql, name: string, value: string): Promise<unknown> => sql.execute('insert into store_info (name, value) values (?, ?) on conflict (name) do update set value = excluded.value', [name, value]);

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

/** The checks of keys that the store is written with and that are not known here: of the current one, and of former ones while they are being changed. */
const unknownKeys = (keys: DataKeys, info: State['info']): string[] => [info['identityKey'] ?? '', ...formerKeys(info[FORMER_KEYS])].filter((check) => keys.byCheck(check) === null);

/** The first who comes settles by which key. */
async function checkKeys(sql: Sql, keys: DataKeys, info: State['info']): Promise<void> {
  if (info['identityKey'] === undefined) {
    await note(sql, 'identityKey', keys.current.check);
    return;
  }
  if (unknownKeys(keys, info).length === 0) return void keys.use(info['identityKey']);
  const isChanging = keys.byCheck(info['identityKey']) !== null;
  throw new StartError([
    isChanging
      ? text('数据的密钥正在更换,尚未完成。请在 IDENTITY_KEY 中把原来的密钥留在新的后面,再运行 npm run keys:rotate。', 'The key of the data is being changed, and that has not been finished. Leave the former key in IDENTITY_KEY behind the new one, and run npm run keys:rotate.')
      : text('数据的密钥(IDENTITY_KEY 或数据目录中的 identity-key)不是这个数据库所用的那一个。请找回原来的密钥;没有它,已存的证件号码等无法读出。', 'The key of the data (IDENTITY_KEY, or identity-key in the data folder) is not the one of this database. Bring back the former key: without it identity numbers and whatever else lies sealed cannot be read.'),
  ]);
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
  await note(sql, 'places', hash);
}

/** The nearest place above that is known. */
const parentOf = (code: string, codes: ReadonlySet<string>): string | null => chainOf(code).slice(0, -1).findLast((above) => codes.has(above)) ?? null;
