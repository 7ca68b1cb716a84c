import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runAuditVerify } from '../../src/cli/audit-verify-command.ts';
import { grantFirst } from '../../src/cli/grant-command.ts';
import { runImport } from '../../src/cli/import-command.ts';
import { demoAtFirstStart } from '../../src/demo/first-start.ts';
import { openRecords } from '../../src/records/open-records.ts';
import { TEST_KEY, TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { INSTITUTIONS, rowsOf } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'shixun-operator-'));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: folder, IDENTITY_KEY: TEST_KEY });
const trail = () => rowsOf<{ account_id: string | null; action: string; nodes: string[]; after: Record<string, unknown> }>(database, 'select account_id, action, nodes, after from audit_trail order by seq');
const quiet = { out: () => undefined, error: () => undefined };

test('what the operator does by commands is in the audit trail, which stays whole', async () => {
  const grant = (...more: string[]): Promise<number> => grantFirst(['--issuer', 'op', '--subject', 'first', '--role', 'AUDITOR', '--jurisdiction', 'CN', ...more], environment(), quiet);
  expect([await grant(), await grant()]).toEqual([0, 0]);
  // Given once, so put down once.
  expect(await trail()).toEqual([{ account_id: null, action: 'roleGrant', nodes: [expect.stringMatching(/^RoleGrant:\d+$/), expect.stringMatching(/^Account:\d+$/)], after: { role: { open: 'AUDITOR' }, scope: { open: 'CN' } } }]);
  expect(await grantFirst(['--issuer', 'op', '--subject', 'first', '--role', 'SYSTEM_ADMINISTRATOR', '--jurisdiction', 'CN'], environment(), quiet)).toBe(1);
  // Nor in one person with two accounts.
  const em = database.admin.em.fork();
  await em.execute(`insert into source (name, recorded_at) values ('test', now())`);
  await em.execute(`insert into person (name, name_key, recorded_at, source_id, source_key) select '甲', 'jia', now(), id, 'x' from source where name = 'test'`);
  await em.execute(`update account set person_id = (select max(id) from person) where subject = 'first'`);
  await em.execute(`insert into account (issuer, subject, kind, person_id, recorded_at) select 'op', 'second', 'person', max(id), now() from person`);
  expect(await grantFirst(['--issuer', 'op', '--subject', 'second', '--role', 'SECURITY_OFFICER', '--jurisdiction', 'CN'], environment(), quiet)).toBe(1);
  expect(await trail()).toHaveLength(1);

  writeFileSync(join(folder, 'institutions.csv'), INSTITUTIONS);
  const take = (): Promise<number> => runImport(['institutions', join(folder, 'institutions.csv'), '--source', 'office'], { ...registry }, 'en', { ...quiet, terminal: { isTTY: false } as NodeJS.WriteStream }, environment());
  expect([await take(), await take()]).toEqual([0, 0]);
  const [, imported, ...others] = await trail();
  expect([imported, others]).toEqual([expect.objectContaining({ account_id: null, action: 'import', nodes: ['Jurisdiction:310104', 'Jurisdiction:330102', 'Jurisdiction:360102'], after: expect.objectContaining({ kind: { open: 'institutions' }, source: { open: 'office' }, added: { open: 3 }, sha256: { open: expect.stringMatching(/^[0-9a-f]{64}$/) } }) }), []]);
  expect(await runAuditVerify([], registry, 'en', quiet, environment())).toBe(0);
});

test('without the key of the records nothing is taken in: it could not be put on record', async () => {
  const other = mkdtempSync(join(tmpdir(), 'shixun-other-'));
  const before = await trail();
  const error: string[] = [];
  const given = { ...environment(), DATA_DIR: other };
  expect(await grantFirst(['--issuer', 'op', '--subject', 'third', '--role', 'ANALYST', '--jurisdiction', 'CN'], given, { ...quiet, error: (text) => void error.push(text) })).toBe(1);
  expect(error.join('')).toMatch(/AUDIT_KEY/);
  await expect(runImport(['institutions', join(folder, 'institutions.csv'), '--source', 'another'], registry, 'en', { ...quiet, terminal: { isTTY: false } as NodeJS.WriteStream }, given)).rejects.toThrow(/AUDIT_KEY/);
  expect([await trail(), await rowsOf(database, `select 1 from source where name = 'another'`)]).toEqual([before, []]);
  rmSync(other, { recursive: true, force: true });
});

test('the demo is in the audit trail: its files and its roles', async () => {
  const own = await testDatabase();
  const folderOfDemo = mkdtempSync(join(tmpdir(), 'shixun-demo-'));
  const records = await openRecords({ ...own, dataFolder: folderOfDemo }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  await demoAtFirstStart('always', own, registry, records, () => undefined);
  const rows = await rowsOf<{ action: string; n: number }>(own, `select action, count(*)::int as n from audit_trail group by action order by action`);
  const [granted] = await rowsOf<{ n: number }>(own, `select count(*)::int as n from role_grant g join account a on a.id = g.account_id where a.issuer <> 'test'`);
  expect(rows).toEqual([{ action: 'import', n: 4 }, { action: 'roleGrant', n: granted?.n }]);
  await records.close();
  await own.close();
  rmSync(folderOfDemo, { recursive: true, force: true });
});

const registry = await loadRegistry();
