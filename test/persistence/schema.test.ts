import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/persistence/database.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { MIGRATION_NAMES } from '../../src/persistence/migrations/names.ts';
import { migrations } from '../../src/persistence/migrations/migrations.ts';
import { emptyDatabase, TEST_KEY, TEST_LIMITS, testDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.close());

test('names of migrations are those of the migrations', () => {
  expect(migrations.map(({ name }) => name)).toEqual(MIGRATION_NAMES);
  expect(migrations.map((migration) => new migration.class(database.admin.em.getDriver(), database.admin.config).name)).toEqual(MIGRATION_NAMES);
});

/** What the migration says and entities do not: the tool would take it away or name it otherwise. All else has to be the same. */
const NOT_IN_ENTITIES: readonly RegExp[] = [
  /^drop index "\w+"$/,
  /^alter table "\w+" drop constraint "\w+_(check\d*|key|excl|fkey)"$/,
  // Who sees which rows stands in the migration, with its reasons.
  /^drop policy "\w+_(reads|adds|ends|removes|decides|counts)" on "\w+"$/,
  /^alter table "\w+" disable row level security$/,
  /^drop trigger if exists "\w+_only_grows" on "\w+"$/,
  /^drop trigger if exists "correction_decided_once" on "correction"$/,
  /^drop trigger if exists "\w+_separated" on "(account|role_grant)"$/,
  /^drop trigger if exists "idempotency_(kept|unchanged)" on "idempotency"$/,
  /^drop trigger if exists "stored_assessment_sealed" on "stored_assessment"$/,
  /^drop function if exists "(next_recorded_at|refuse_change|refuse_change_but_sealing|judged_private|stored_assessment_\w+_fn|refuse_early_removal|budget_charge|ensure_record_year|note_audit_key|\w+_only_grows_fn|idempotency_\w+_fn|reach_\w+|sees_\w+|access_\w+|accesses_\w+|audit_\w+|correction_\w+|places_\w+|separated_roles|\w+_separated_fn)"\(.*\)$/,
  /^alter table "(recording|credit_ledger|course)" alter column "(counts|attributes|revision)" drop default$/,
  /^alter table "person_identity" alter column "id" drop default$/,
  /^alter table "person_identity" add constraint "person_identity_id_unique" unique \("id"\)$/,
  // Under a name of its own; which there are is compared below.
  /^alter table "\w+" add constraint "\w+_foreign" foreign key /,
  /^alter table "source" add constraint "source_name_unique" unique \("name"\)$/,
];

test('every table has an entity with its columns: name, type, null or not', async () => {
  const sql = await database.admin.schema.getUpdateSchemaSQL({ wrap: false, safe: false, dropTables: true });
  const changes = sql.split('\n').map((line) => line.trim().replace(/;$/, '')).filter((line) => line !== '');
  expect(changes.filter((change) => !NOT_IN_ENTITIES.some((known) => known.test(change)))).toEqual([]);
  // Each of them is still needed.
  expect(NOT_IN_ENTITIES.filter((known) => !changes.some((change) => known.test(change)))).toEqual([]);
});

test('references between entities are those of the tables, and so are their keys', async () => {
  const em = database.admin.em.fork();
  const found = await em.execute<{ kind: string; line: string }[]>(`
    select contype::text as kind, conrelid::regclass || '(' || (select string_agg(a.attname, ',' order by k.ordinality) from unnest(conkey) with ordinality k (number, ordinality) join pg_attribute a on a.attrelid = conrelid and a.attnum = k.number) || ')' || case contype when 'f' then ' ' || confrelid::regclass else '' end as line
    from pg_constraint where contype in ('f', 'p') and connamespace = 'public'::regnamespace and conparentid = 0 and conrelid <> 'mikro_orm_migrations'::regclass`);
  const entities = [...database.admin.getMetadata().getAll().values()];
  const references = entities.flatMap(({ tableName, relations }) => relations.map(({ fieldNames, targetMeta }) => `${tableName}(${fieldNames.join(',')}) ${targetMeta?.tableName}`));
  const keys = entities.map(({ tableName }) => tableName);
  expect(found.filter(({ kind }) => kind === 'f').map(({ line }) => line).sort()).toEqual(references.sort());
  expect(found.filter(({ kind }) => kind === 'p').map(({ line }) => line.split('(')[0]).sort()).toEqual(keys.sort());
  for (const entity of entities) {
    const columns = entity.getPrimaryProps().flatMap(({ fieldNames }) => fieldNames).sort();
    expect(found.find(({ kind, line }) => kind === 'p' && line.startsWith(`${entity.tableName}(`))?.line.replace(/.*\(|\)/g, '').split(',').sort()).toEqual(columns);
  }
});

test('two starts at once on one empty database: one migrates, the other finds it done', async () => {
  const empty = await emptyDatabase();
  const places = [{ code: 'CN', name: { zh: '全国', en: 'The nation' } }, { code: '990000', name: { zh: '某省', en: 'Some Province' } }];
  const open = (): Promise<Database> => openDatabase({ url: empty.url, dataFolder: '/nowhere', identityKey: TEST_KEY, limits: { ...TEST_LIMITS, poolSize: 2 } }, places);
  const opened = await Promise.all([open(), open(), open()]);
  expect(await opened[0].orm.em.fork().execute('select name from mikro_orm_migrations')).toEqual(MIGRATION_NAMES.map((name) => ({ name })));
  expect(await opened[2].orm.em.fork().execute('select code, parent_code from jurisdiction order by code desc')).toEqual([{ code: 'CN', parent_code: null }, { code: '990000', parent_code: 'CN' }]);
  for (const each of opened) await each.close();
  await empty.drop();
}, 60_000);

test('places that are renamed are written anew, those that are known no more stay', async () => {
  const empty = await emptyDatabase();
  const open = (places: Parameters<typeof openDatabase>[1]): Promise<Database> => openDatabase({ url: empty.url, dataFolder: '/nowhere', identityKey: TEST_KEY, limits: TEST_LIMITS }, places);
  const nation = { code: 'CN', name: { zh: '全国', en: 'The nation' } };
  await (await open([nation, { code: '990000', name: { zh: '某省', en: 'Some Province' } }, { code: '980000', name: { zh: '旧省', en: 'Old Province' } }])).close();
  const later = await open([nation, { code: '990000', name: { zh: '新省', en: 'New Province' } }, { code: '990100', name: { zh: '新市', en: 'New City' } }]);
  expect(await later.orm.em.fork().execute('select code, name_zh, parent_code from jurisdiction order by code')).toEqual([
    { code: '980000', name_zh: '旧省', parent_code: 'CN' },
    { code: '990000', name_zh: '新省', parent_code: 'CN' },
    { code: '990100', name_zh: '新市', parent_code: '990000' },
    { code: 'CN', name_zh: '全国', parent_code: null },
  ]);
  await later.close();
  await empty.drop();
}, 60_000);

test('values come as they are meant, through the mapper and by a connection of its own', async () => {
  const query = `select '2025-12-31'::date as day, 9007199254740993::bigint as units, '{"a": 1}'::jsonb as document, '2025-12-31T01:02:03.004Z'::timestamptz as instant, null::date as none`;
  const expected = { day: '2025-12-31', units: '9007199254740993', document: { a: 1 }, instant: '2025-12-31 01:02:03.004+00', none: null };
  expect(await database.admin.em.fork().execute(query)).toEqual([expected]);
  const client = await database.connect();
  expect((await client.query(query)).rows).toEqual([expected]);
  await client.end();
});

test('the command line of the mapper reads the same configuration', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['node_modules/@mikro-orm/cli/cli.js', 'migration:list'], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' } });
  expect(stdout + stderr).toContain(MIGRATION_NAMES[0]);
}, 60_000);
