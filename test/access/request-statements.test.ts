import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRecords } from '../../src/records/open-records.ts';
import type { Records } from '../../src/records/open-records.ts';
import { holderOf, makeWorld } from '../support/access-world.ts';
import { TEST_LIMITS, testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { statementsOf } from '../support/query-count.ts';
import { ask, testApp } from '../support/server.ts';

const PAGE = '{ teachers(first: 50, at: "2020-12-31T12:00:00+08:00") { nodes { name assessment(decision: "creditCompletion") { assessment { verdict } } } } }';
const REQUESTS = 8;

let database: TestDatabase;
let records: Records;
let app: FastifyInstance;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  await makeWorld(database);
  folder = mkdtempSync(join(tmpdir(), 'shixun-statements-'));
  records = await openRecords({ orm: database.orm, url: database.url, dataFolder: folder }, { auditKey: null, limits: TEST_LIMITS, clock: Date.now, log: { warn: () => undefined, error: () => undefined, info: () => undefined } });
  app = await testApp({ database, records, registry: await loadRegistry(), now: Date.now() as never, budgets: undefined, as: holderOf('AUTHORITY') });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a page that is signed in, charged and put on record is four statements beside its data', async () => {
  const sent: string[][] = [];
  for (let request = 0; request < REQUESTS; request++) sent.push(await statementsOf(() => ask(app, PAGE)));
  const forRequest = sent.map((statements) => statements.filter((statement) => /^(begin|commit|select access_enter|insert into access_record)|budget_charge/i.test(statement.trim())).length);
  // The first also charges for those that follow it.
  expect(forRequest).toEqual([5, ...Array.from({ length: REQUESTS - 1 }, () => 4)]);
  for (const [index, statements] of sent.entries()) if (index > 0) expect(statements.length - 4, statements.join('\n')).toBeLessThanOrEqual(6);
  expect(sent.at(-1)?.some((statement) => statement.includes('access_record'))).toBe(true);
});
