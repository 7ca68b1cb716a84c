import { afterAll, describe, expect, test } from 'vitest';
import { importFiles } from '../../src/imports/import-files.ts';
import { FILES } from '../../src/population/columns.ts';
import { bytesOf } from '../../src/population/source-file.ts';
import { testDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { populationOf } from '../support/population.ts';

const registry = await loadRegistry();
const database = await testDatabase();
const population = await populationOf(registry, 400);
const TIMEOUT = 60_000;
const people = [...population.people()];

const importAll = () =>
  importFiles({ database, registry, source: 'generated', files: FILES.map((kind) => ({ name: `${kind}.csv`, kind, open: () => bytesOf(population, kind) })) });

afterAll(() => database.close());

const count = async (sql: string): Promise<number> => {
  const [row] = await database.admin.em.fork().execute<{ count: string }[]>(sql);
  return Number(row?.count);
};

describe('a generated population', () => {
  test('is taken by the import without a wrong row', async () => {
    const results = await importAll();
    expect(results.map(({ kind, status, problemCount, problems }) => ({ kind, status, problemCount, problems: problems.slice(0, 3) }))).toEqual(FILES.map((kind) => ({ kind, status: 'taken', problemCount: 0, problems: [] })));
    expect(await count('select count(*) from person')).toBe(people.length);
    expect(await count('select count(*) from employment')).toBe(people.reduce((sum, { employments }) => sum + employments.length, 0));
    expect(await count('select count(*) from credit_ledger where entry_id is null')).toBe(people.reduce((sum, { entries }) => sum + entries.length, 0));
  }, TIMEOUT);

  test('changes nothing when it is taken again', async () => {
    const before = await count('select count(*) from credit_ledger');
    expect((await importAll()).map(({ status }) => status)).toEqual(FILES.map(() => 'taken'));
    expect(await count('select count(*) from credit_ledger')).toBe(before);
  }, TIMEOUT);
});
