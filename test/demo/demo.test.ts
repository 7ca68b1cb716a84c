import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillDemo } from '../../src/demo/fill-demo.ts';
import { DEMO_SOURCE, demoAtFirstStart, isWithoutPeople } from '../../src/demo/first-start.ts';
import { importFiles } from '../../src/imports/import-files.ts';
import type { TestDatabase } from '../support/database.ts';
import { record } from '../../src/persistence/recording.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';
import { bytesOf } from '../../src/population/source-file.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry();
const FEW = 40;
const TIMEOUT = 60_000;
/** Where nothing is taken in nothing is put on record. */
const NO_RECORDS = { audit: null as never };
let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const count = async (table: string): Promise<number> => Number((await database.admin.em.fork().execute<{ count: string }[]>(`select count(*) from ${table}`))[0]?.count);

test('an empty store is filled once', async () => {
  expect(await isWithoutPeople(database)).toBe(true);
  await fillDemo(database, registry, FEW);
  expect(await count('person')).toBe(FEW);
  expect(await count('credit_ledger')).toBeGreaterThan(FEW * 15);
  expect(await isWithoutPeople(database)).toBe(false);
}, TIMEOUT);

test('what a killed start left behind is completed by the next', async () => {
  const population = new Population(registry, await loadSpecs(registry), { teachers: FEW, seed: 20_251_231 });
  await importFiles({ database, registry, source: DEMO_SOURCE, files: (['institutions', 'teachers'] as const).map((kind) => ({ name: kind, kind, open: () => bytesOf(population, kind) })) });
  expect(await isWithoutPeople(database)).toBe(true);
  await fillDemo(database, registry, FEW);
  expect(await count('person')).toBe(FEW);
  expect(await count('credit_ledger')).toBeGreaterThan(FEW * 15);
}, TIMEOUT);

test('a store in which an office has recorded anything is left alone', async () => {
  await database.admin.em.fork().transactional((em) => record(em, { source: 'import:office', what: 'import teachers', counts: {} }));
  expect(await isWithoutPeople(database)).toBe(false);
  await demoAtFirstStart('always', database, registry, NO_RECORDS, () => undefined);
  expect(await count('person')).toBe(0);
});

test.each([
  { setting: 'never', isEmbedded: true },
  { setting: 'embedded', isEmbedded: false },
] as const)('nobody is invented with $setting where embedded is $isEmbedded', async ({ setting, isEmbedded }) => {
  const said: string[] = [];
  await demoAtFirstStart(setting, { ...database, isEmbedded }, registry, NO_RECORDS, (line) => said.push(line));
  expect(await count('person')).toBe(0);
  expect(said).toEqual([]);
});
