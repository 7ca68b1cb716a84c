import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ormOptions } from '../../src/persistence/orm-options.ts';
import { record } from '../../src/persistence/recording.ts';
import { onceRequest } from '../../src/records/idempotency.ts';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { TEST_LIMITS } from '../support/database.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { access, audit, AUDIT_KEY, AUDITOR, openBench, page, seeing } from './records.ts';
import type { Bench } from './records.ts';

const FUNCTIONS = ['access_head(uuid)', 'audit_of_node(text, bigint, bigint, boolean, int)', 'accesses_of_person(bigint, timestamptz, uuid, bigint, timestamptz, uuid, bigint, boolean, int)'];
/** What a role of the application needs for the records, and nothing beside. */
const PRIVILEGES = ['insert on audit_trail', 'insert on access_record', 'select, insert, delete on idempotency', ...FUNCTIONS.map((name) => `execute on function ${name}`)];
/** What `record()` needs. */
const RECORDING = ['select, insert on recording', 'select, insert, update on source'];

const role = `records_test_${process.pid}_${Date.now()}`;
let bench: Bench;
let orm: MikroORM;
let records: Records;
beforeAll(async () => {
  bench = await openBench();
  await bench.asSuperuser(`create role ${role} login password 'no-secret'`, ...PRIVILEGES.map((privilege) => `grant ${privilege} to ${role}`));
  const url = Object.assign(new URL(bench.ownerUrl), { username: role, password: 'no-secret' }).toString();
  orm = await MikroORM.init(ormOptions(url, TEST_LIMITS));
  records = await openRecords({ orm, url, dataFolder: bench.folder }, { auditKey: AUDIT_KEY, limits: TEST_LIMITS, clock: () => Date.parse('2052-01-01T00:00:00Z'), log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
});
afterAll(async () => {
  await records.close();
  await orm.close(true);
  await bench.asSuperuser(`drop owned by ${role}`, `drop role ${role}`);
  await bench.close();
});

test('are enough to write all records, in years that nobody made yet', async () => {
  await records.access.record(access());
  const append = (as: string) =>
    orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('shixun.account', ?, true)`, [as]);
      await records.audit.append(em, audit({ recordedAt: '2051-01-01T00:00:00.000Z' }));
      records.changes.committed(await records.changes.append(em, access({ accountId: as })));
    });
  await append('1');
  // Nobody writes down that somebody else did it.
  await expect(append('2')).rejects.toThrow(/row-level security/);
  const once = (as: string, principalKey = `account:${as}`) =>
    orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('shixun.account', ?, true)`, [as]);
      return (await records.idempotency.runOnce(em, principalKey, onceRequest('key-of-test', 'a', {}), async () => ({ made: 1, nodes: [] }))).earlier !== null;
    });
  expect([await once('1'), await once('1'), await once('2')]).toEqual([false, true, false]);
  // Of another account a key can neither be met nor be taken.
  await expect(once('3', 'account:1')).rejects.toThrow(/row-level security/);
  await expect(once('', 'account:4')).rejects.toThrow(/row-level security/);
  expect(await orm.em.fork().execute('select 1 as found from idempotency')).toEqual([]);
  expect(await records.idempotency.cleanUp(orm.em.fork())).toBe(0);
});

test.each(['select 1 from audit_trail', 'select 1 from access_record', 'update access_record set count = 0', 'delete from audit_trail', 'select 1 from audit_trail_2026', 'insert into audit_archive default values', 'insert into record_year default values', 'drop table audit_trail_2026'])('allow nothing else: %s', async (statement) => {
  await expect(orm.em.fork().execute(statement)).rejects.toMatchObject({ code: '42501' });
});

test('those of recordings are enough to stamp what is recorded; records are read by functions that ask who has entered', async () => {
  await bench.asSuperuser(...RECORDING.map((privilege) => `grant ${privilege} to ${role}`));
  await orm.em.fork().transactional(async (em) => {
    await em.execute(`select set_config('shixun.account', '1', true)`);
    const { recordedAt } = await record(em, { source: 'api', what: 'test', counts: {} });
    await records.audit.append(em, audit({ recordedAt, nodes: [{ type: 'Least', id: '1' }] }));
  });
  const read = (classes: readonly string[]) =>
    seeing(orm.em.fork() as never, classes, async (sql) => [(await records.audit.ofNode(sql, { type: 'Least', id: '1' }, page(), AUDITOR)).rows.length, (await records.accesses.ofPerson(sql, '17', page(), WHOLE)).rows.length]);
  expect([await read([]), await read(['audit']), await read(['accesses'])]).toEqual([[0, 0], [1, 0], [0, 2]]);
});
