import type { MikroORM } from '@mikro-orm/postgresql';
import { contentHash } from '../kernel/canonical.ts';
import { chainOf } from '../kernel/jurisdiction.ts';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { text } from '../kernel/text.ts';
import { StartError } from '../start-error.ts';
import type { IdentityNumbers } from './identity-numbers.ts';
import { MIGRATIONS } from './orm-options.ts';
import type { Sql } from './sql.ts';

const OLDEST_SERVER = 150_000;
/** Two starts on one database: one migrates, the other waits. */
const MIGRATION_LOCK = 7_411_600;

interface State {
  readonly server: number;
  readonly migrations: readonly string[] | null;
  readonly info: Readonly<Record<string, string>> | null;
}

/** What there is, in one question; tables that are not there yet are asked about by name alone. */
async function stateOf(sql: Sql): Promise<State> {
  const [row] = await sql.execute<{ server: string; migrated: boolean; stored: boolean }>(`select current_setting('server_version_num') as server, to_regclass('mikro_orm_migrations') is not null as migrated, to_regclass('store_info') is not null as stored`);
  if (!row?.migrated || !row.stored) return { server: Number(row?.server), migrations: row?.migrated ? [] : null, info: null };
  const [known] = await sql.execute<{ migrations: readonly string[]; info: Readonly<Record<string, string>> }>(`select (select json_agg(name order by id) from mikro_orm_migrations) as migrations, (select json_object_agg(name, value) from store_info) as info`);
  return { server: Number(row.server), migrations: known?.migrations ?? [], info: known?.info ?? {} };
}

/** Migrates a store that is older, refuses one that is newer or another's, and writes the places that the plugins know. */
export async function prepareStore(orm: MikroORM, identityNumbers: IdentityNumbers, places: readonly JurisdictionSpec[]): Promise<void> {
  const sql = orm.em.fork();
  let state = await stateOf(sql);
  requireServer(state.server);
  const names = MIGRATIONS.map(({ name }) => name);
  const unknown = (state.migrations ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw newer(unknown);
  if (names.some((name) => !state.migrations?.includes(name))) {
    await migrate(orm);
    state = await stateOf(sql);
  }
  await checkKey(sql, identityNumbers, state.info?.['identityKey']);
  await writePlaces(orm, places, state.info?.['places']);
}

function requireServer(version: number): void {
  if (version >= OLDEST_SERVER) return;
  const found = Math.floor(version / 10_000);
  throw new StartError([text(`数据库是 PostgreSQL ${found},需要 15 或更新的版本。`, `The database is PostgreSQL ${found}; it has to be 15 or newer.`)]);
}

const newer = (unknown: readonly string[]): StartError =>
  new StartError([text(`数据库由更新版本的师训建立(未知的迁移:${unknown.join('、')})。请使用该版本或更新的版本;数据未改动。`, `The database was made by a newer Shixun (unknown migrations: ${unknown.join(', ')}). Use that version or a later one; nothing was changed.`)]);

/** The migrator is loaded when there is something to migrate. */
async function migrate(orm: MikroORM): Promise<void> {
  const { Migrator } = await import('@mikro-orm/migrations');
  await orm.em.fork().transactional(async (em) => {
    await em.execute(`set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`);
    await em.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await new Migrator(em).up({ transaction: em.getTransactionContext() });
  });
}

async function checkKey(sql: Sql, identityNumbers: IdentityNumbers, known: string | undefined): Promise<void> {
  const check = identityNumbers.check();
  if (known === check) return;
  if (known === undefined) {
    // Another start may have been first: its key is then the one.
    await sql.execute(`insert into store_info (name, value) values ('identityKey', ?) on conflict do nothing`, [check]);
    const [row] = await sql.execute<{ value: string }>(`select value from store_info where name = 'identityKey'`);
    return checkKey(sql, identityNumbers, row?.value ?? '');
  }
  throw new StartError([text('身份证件号码的密钥(IDENTITY_KEY 或数据目录中的 identity-key)不是这个数据库所用的那一个。请找回原来的密钥;没有它,已存的号码无法辨认。', 'The key of identity numbers (IDENTITY_KEY, or identity-key in the data folder) is not the one of this database. Bring back the former key: without it stored numbers cannot be recognised.')]);
}

/** Set-based, and only when the plugins know other places than last time. Codes that are known no more stay: rows point to them. */
async function writePlaces(orm: MikroORM, places: readonly JurisdictionSpec[], known: string | undefined): Promise<void> {
  const rows = places.map(({ code, name }) => [code, name.zh, name.en, parentOf(code, places)] as const);
  const hash = contentHash(rows);
  if (hash === known) return;
  await orm.em.fork().transactional(async (em) => {
    await em.execute(
      `insert into jurisdiction (code, name_zh, name_en, parent_code)
       select code, name_zh, name_en, parent_code from json_to_recordset(?::json) as place (code text, name_zh text, name_en text, parent_code text)
       on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, parent_code = excluded.parent_code`,
      [JSON.stringify(rows.map(([code, name_zh, name_en, parent_code]) => ({ code, name_zh, name_en, parent_code })))],
    );
    await em.execute(`insert into store_info (name, value) values ('places', ?) on conflict (name) do update set value = excluded.value`, [hash]);
  });
}

const codesOf = new WeakMap<readonly JurisdictionSpec[], ReadonlySet<string>>();

/** The nearest place above that is known. */
function parentOf(code: string, places: readonly JurisdictionSpec[]): string | null {
  let codes = codesOf.get(places);
  if (!codes) codesOf.set(places, (codes = new Set(places.map((place) => place.code))));
  return chainOf(code).slice(0, -1).findLast((above) => codes.has(above)) ?? null;
}
