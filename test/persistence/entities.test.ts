import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/persistence/database.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.close());

test('entities have the columns, types and references of the store; what the mapper cannot say stands in the migration alone', async () => {
  const lines = (await database.orm.schema.getUpdateSchemaSQL({ wrap: false, safe: false })).split('\n').filter((line) => line.trim() !== '');
  // Indexes, triggers and constraints have names and forms there that the mapper does not know.
  const leftToMigration = /^(drop (index|trigger|function) |alter table "\w+" (drop|add) constraint |alter table "\w+" alter column "(counts|attributes|revision)" drop default|drop table if exists "mikro_orm_migrations")/;
  expect(lines.filter((line) => !leftToMigration.test(line))).toEqual([]);
  const references = (verb: string, ending: string): string[] => lines.flatMap((line) => new RegExp(`^alter table "(\\w+)" ${verb} constraint "(\\w+?)_${ending}"`).exec(line)?.[2] ?? []).sort();
  expect(references('add', 'foreign')).toEqual(expect.arrayContaining(references('drop', 'fkey')));
});
