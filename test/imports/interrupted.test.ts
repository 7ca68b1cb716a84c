import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SourceFile } from '../../src/imports/import-files.ts';
import type { TestDatabase } from '../support/database.ts';
import { sqlErrorKind } from '../../src/persistence/sql-errors.ts';
import { testDatabase } from '../support/database.ts';
import { allFour, fileOf, importInto, rowsOf } from '../support/imports.ts';

// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, allFour());
});
afterAll(() => database.close());

const HEADER = 'key,teacher,jurisdiction,amount,completedOn\n';
const rows = (prefix: string, count: number): string => Array.from({ length: count }, (_, index) => `${prefix}${index},T1,310104,1,2018-01-01\n`).join('');
const entries = (prefix: string) => rowsOf(database, `select count(*)::int as entries from credit_ledger where source_key like '${prefix}%'`);
/** Ends the connections of imports, as a server does that is stopped. */
const terminate = (): Promise<object[]> => rowsOf(database, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'shixun' and pid <> pg_backend_pid() and state <> 'idle' or (datname = current_database() and state = 'idle in transaction')`);

/** A file that does something when it has been read half. */
function interruptedFile(prefix: string, interrupt: () => Promise<unknown> | void): SourceFile {
  return {
    name: 'entries.csv',
    kind: 'credits',
    async *open() {
      yield Buffer.from(HEADER + rows(prefix, 5_000));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await interrupt();
      for (let part = 0; part < 40; part++) yield Buffer.from(rows(`${prefix}${part}-`, 2_000));
    },
  };
}

describe('an import that is broken off leaves nothing', () => {
  test('when the connection is lost while the file is read', async () => {
    const error: unknown = await importInto(database, [interruptedFile('lost', terminate)]).catch((reason: unknown) => reason);
    expect(['connectionLost', 'shuttingDown']).toContain(sqlErrorKind(error));
    expect(await entries('lost')).toEqual([{ entries: 0 }]);
  });

  test('when the connection is lost while rows are written', async () => {
    let ended: Promise<unknown> | undefined;
    const onProgress = ({ phase }: { phase: string }): void => {
      if (phase === 'taking') ended ??= new Promise((resolve) => setTimeout(() => resolve(terminate()), 30));
    };
    const error: unknown = await importInto(database, [fileOf('entries.csv', HEADER + rows('taking', 50_000))], { onProgress }).catch((reason: unknown) => reason);
    await ended;
    expect(['connectionLost', 'shuttingDown']).toContain(sqlErrorKind(error));
    expect(await entries('taking')).toEqual([{ entries: 0 }]);
  });

  test('when the file cannot be read to its end', async () => {
    const broken = interruptedFile('broken', () => Promise.reject(new Error('the disk is gone')));
    await expect(importInto(database, [broken])).rejects.toThrow('the disk is gone');
    expect(await entries('broken')).toEqual([{ entries: 0 }]);
  });

  test('when it is given up, while reading or while writing', async () => {
    const reading = new AbortController();
    await expect(importInto(database, [interruptedFile('given', () => reading.abort(new Error('enough')))], { signal: reading.signal })).rejects.toThrow('enough');
    const writing = new AbortController();
    const onProgress = ({ phase }: { phase: string }): void => {
      if (phase === 'taking') setTimeout(() => writing.abort(new Error('enough')), 30);
    };
    await expect(importInto(database, [fileOf('entries.csv', HEADER + rows('given', 50_000))], { onProgress, signal: writing.signal })).rejects.toThrow('enough');
    expect(await entries('given')).toEqual([{ entries: 0 }]);
  });

  test('and the next one goes on as if there had been none', async () => {
    const [result] = await importInto(database, [fileOf('entries.csv', HEADER + rows('next', 10))]);
    expect(result).toMatchObject({ status: 'taken', effects: { added: 10 } });
    expect(await rowsOf(database, `select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`)).toEqual([{ open: 0 }]);
  });
});
