import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAuditVerify } from '../../src/cli/audit-verify-command.ts';
import { startOf, day } from '../../src/kernel/civil-day.ts';
import type { Instant } from '../../src/kernel/civil-day.ts';
import { sqlOf } from '../../src/persistence/sql.ts';
import { AuditTrail } from '../../src/records/audit-trail.ts';
import { HEADS_FOLDER, headLines, HeadSigner } from '../../src/records/chain-head.ts';
import { CHAIN_BEGINNING, linkOf } from '../../src/records/chain-row.ts';
import { headSigner, recordKeys } from '../../src/records/record-secrets.ts';
import { readChains } from '../../src/records/verify/read-chains.ts';
import { verifyRecords } from '../../src/records/verify/verify-records.ts';
import type { Verification } from '../../src/records/verify/verify-records.ts';
import { TEST_KEY } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { access, audit, AUDIT_KEY, openBench } from './records.ts';
import type { Bench } from './records.ts';

const ROWS = 50;

let bench: Bench;
/** The two chains of accesses: 10 rows each. */
let chains: string[];
beforeAll(async () => {
  bench = await openBench();
  for (let i = 1; i <= ROWS; i++) await bench.append(audit({ action: `action-${i}`, after: { name: `Somebody ${i}` } }));
  for (let i = 1; i <= 10; i++) await bench.records.access.record(access({ requestId: `request-${i}` }));
  await bench.records.close();
  const second = await openBench(bench.database);
  for (let i = 1; i <= 10; i++) await second.records.access.record(access({ requestId: `later-${i}` }));
  await second.records.close();
  // Two processes have one data folder.
  for (const { text } of headLines(second.folder)) {
    const read = headSigner(second.folder).read(text);
    if (read) writeFileSync(join(bench.folder, HEADS_FOLDER, 'second.ndjson'), `${headSigner(bench.folder).line(read.head, 0)}\n`);
  }
  await second.close();
  const found = await bench.em().execute<{ chain: string }[]>('select chain::text as chain from access_record group by 1 order by min(recorded_at), 1');
  chains = found.map(({ chain }) => chain);
});
afterAll(() => bench.close());

const keys = recordKeys(AUDIT_KEY, '');
const signer = (): HeadSigner => headSigner(bench.folder);

/** What is found after somebody with all rights did something, which is undone. */
async function found(statements: readonly string[], { heads = headLines(bench.folder), from = null as Instant | null, work = async (_client: pg.Client): Promise<void> => undefined } = {}): Promise<Verification> {
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await work(client);
    return await verifyRecords(sqlOf(client), { keys, signer: signer(), heads, from });
  } finally {
    await client.end();
  }
}

const told = async (...statements: string[]): Promise<string[]> => (await found(statements)).findings.map(({ code, table, seq, expected, found: was }) => `${code} ${table} ${seq} ${['ALTERED', 'INSERTED', 'HEAD_MISMATCH'].includes(code) ? '' : `${expected}/${was}`}`.trim());

describe('records that nobody touched', () => {
  test('are whole', async () => {
    expect(await found([])).toEqual({ findings: [], rows: { audit_trail: ROWS, access_record: 20 }, chains: 3, heads: expect.any(Number) });
    expect(chains).toHaveLength(2);
  });

  test('are whole from a day on, too', async () => {
    expect(await found([], { from: startOf(day('2020-01-01')) })).toMatchObject({ findings: [], rows: { audit_trail: ROWS } });
    expect(await found([], { from: startOf(day('2100-01-01')) })).toMatchObject({ findings: [], rows: { audit_trail: 0, access_record: 0 } });
    const [middle] = await bench.em().execute<{ at: string }[]>(`select (extract(epoch from recorded_at) * 1000)::bigint::text as at from audit_trail where seq = 20`);
    expect(await found([], { from: Number(middle?.at) as Instant })).toMatchObject({ findings: [], rows: { audit_trail: ROWS - 19 } });
    expect((await found([`update audit_trail set action = 'x' where seq in (10, 30)`], { from: Number(middle?.at) as Instant })).findings.map(({ code, seq }) => `${code} ${seq}`)).toEqual(['ALTERED 30']);
  });
});

test('a key that was changed: what the former one linked and what the new one links is one chain', async () => {
  const both = recordKeys(`${Buffer.alloc(32, 10).toString('base64')},${AUDIT_KEY}`, '');
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await new AuditTrail(both, () => undefined).append(sqlOf(client), audit());
    const given = { signer: signer(), heads: headLines(bench.folder), from: null };
    expect((await verifyRecords(sqlOf(client), { ...given, keys: both })).findings).toEqual([]);
    expect((await verifyRecords(sqlOf(client), { ...given, keys })).findings.map(({ code, seq }) => `${code} ${seq}`)).toEqual([`UNKNOWN_KEY ${ROWS + 1}`]);
  } finally {
    await client.end();
  }
});

test('what a process that was ended had not yet told the heads of is whole', async () => {
  const work = async (client: pg.Client): Promise<void> => void (await bench.records.audit.append(sqlOf(client), audit()));
  expect(await found([], { work })).toMatchObject({ findings: [], rows: { audit_trail: ROWS + 1 } });
});

describe('rows altered', () => {
  test.each([
    `action = 'something-else'`,
    `account_id = 2`,
    `nodes = array['Teacher:18']`,
    `rule_ids = array['some/rule']`,
    `after = null`,
    `after = jsonb_set(after, '{name,sealed}', to_jsonb('x'::text))`,
    `request_id = null`,
    `recorded_at = recorded_at + interval '1 millisecond'`,
    `actor = null`,
    `link = decode(repeat('ab', 32), 'hex')`,
  ])('in the audit trail: %s', async (change) => {
    expect((await told(`update audit_trail set ${change} where seq = 17`)).filter((line) => !line.startsWith('HEAD_MISMATCH'))).toEqual(['ALTERED audit_trail 17']);
  });

  test.each([`persons = '{99}'`, `kinds = '{}'`, `count = 0`, `operation = 'Other'`, `account_id = null`])('in the access record: %s', async (change) => {
    expect(await told(`update access_record set ${change} where chain = '${chains[0]}' and seq = 4`)).toEqual(['ALTERED access_record 4']);
  });

  test('the first, the last, some in a row, and nearly all', async () => {
    expect(await told(`update audit_trail set action = 'x' where seq in (1, ${ROWS})`)).toEqual(['ALTERED audit_trail 1', `ALTERED audit_trail ${ROWS}`]);
    expect(await told(`update audit_trail set action = 'x' where seq between 5 and 8`)).toEqual([5, 6, 7, 8].map((seq) => `ALTERED audit_trail ${seq}`));
    expect(await told(`update audit_trail set action = 'x' where seq > 3`)).toEqual(Array.from({ length: ROWS - 3 }, (_, index) => `ALTERED audit_trail ${index + 4}`));
  });

  test('a key that nobody knows', async () => {
    expect(await told(`update audit_trail set key_id = 'abc' where seq = 9`)).toEqual([`UNKNOWN_KEY audit_trail 9 ${keys.id}/abc`]);
  });
});

const COLUMNS = 'key_id, request_id, account_id, actor, on_behalf_of, delegation_id, action, nodes, rule_ids, assessment_id, rulebook_hash, before, after, link';
const copyOf = (seq: number, asSeq: number, delay: string): string => `insert into audit_trail (seq, recorded_at, ${COLUMNS}) select ${asSeq}, recorded_at + interval '${delay}', ${COLUMNS} from audit_trail where seq = ${seq}`;

/** Out of the way first: rows of one millisecond may not have one number even for a moment. */
const renumbered = (as: string, which: string): readonly string[] => [`update audit_trail set seq = 1000 + ${as} where ${which}`, `update audit_trail set seq = seq - 1000 where seq > 1000`];

describe('rows inserted', () => {
  test.each([['before', '-1 millisecond'], ['after', '1 millisecond']])('beside one of the same number, %s it', async (_, delay) => {
    expect(await told(copyOf(12, 12, delay))).toEqual(['INSERTED audit_trail 12']);
  });

  test('with those behind renumbered', async () => {
    expect((await told(...renumbered('seq + 1', 'seq >= 12'), copyOf(5, 12, '0')))[0]).toBe('INSERTED audit_trail 12');
  });

  test('at the end, beyond what heads say', async () => {
    expect(await told(copyOf(ROWS, ROWS + 1, '1 millisecond'))).toEqual([`INSERTED audit_trail ${ROWS + 1}`]);
  });

  test('a whole chain', async () => {
    expect(await told(`insert into access_record (chain, seq, recorded_at, key_id, request_id, persons, kinds, count, link) values ('00000000-0000-4000-8000-000000000000', 1, now(), '${keys.id}', 'x', '{}', '{}', 0, decode(repeat('00', 32), 'hex'))`)).toEqual(['ALTERED access_record 1']);
  });
});

describe('rows removed', () => {
  test('one, several, the first', async () => {
    expect(await told(`delete from audit_trail where seq = 20`)).toEqual(['REMOVED audit_trail 21 20/21']);
    expect(await told(`delete from audit_trail where seq between 20 and 25`)).toEqual(['REMOVED audit_trail 26 20–25/26']);
    expect(await told(`delete from audit_trail where seq = 1`)).toEqual(['REMOVED audit_trail 2 1/2']);
    expect(await told(`delete from access_record where chain = '${chains[1]}' and seq = 3`)).toEqual(['REMOVED access_record 4 3/4']);
  });

  test('one, with those behind renumbered', async () => {
    const lines = await told(`delete from audit_trail where seq = 20`, ...renumbered('seq - 1', 'seq > 20'));
    expect(lines[0]).toBe('REMOVED audit_trail 20 21/20');
    expect(lines.at(-1)).toMatch(/^CUT_TAIL/);
  });
});

describe('rows reordered', () => {
  const swap = (a: number, b: number): readonly string[] => renumbered(`case seq when ${a} then ${b} else ${a} end`, `seq in (${a}, ${b})`);
  test.each([[20, 21], [1, 2], [49, 50], [20, 22], [5, 45]])('%i and %i', async (a, b) => {
    expect((await told(...swap(a, b))).filter((line) => !line.startsWith('HEAD_MISMATCH'))).toEqual([`REORDERED audit_trail ${a} ${b}/${a}`, `REORDERED audit_trail ${b} ${a}/${b}`]);
  });
});

describe('a tail cut off', () => {
  test('of either table', async () => {
    expect(await told(`delete from audit_trail where seq > 40`)).toEqual([`CUT_TAIL audit_trail 41 ${ROWS}/40`]);
    expect(await told(`delete from access_record where chain = '${chains[0]}' and seq > 9`)).toEqual(['CUT_TAIL access_record 10 10/9']);
  });

  test('down to nothing', async () => {
    expect(await told(`delete from audit_trail`)).toEqual([`CUT_TAIL audit_trail 1 ${ROWS}/0`]);
    expect(await told(`delete from access_record where chain = '${chains[1]}'`)).toEqual(['CUT_TAIL access_record 1 10/0']);
    expect((await told('truncate audit_trail, access_record')).filter((line) => line.startsWith('CUT_TAIL'))).toHaveLength(3);
  });

  test('and grown again by somebody who has the key: the heads say otherwise', async () => {
    const { findings } = await found(['select 1'], {
      async work(client) {
        await client.query(`update audit_trail set action = 'something-else' where seq = 45`);
        let before = CHAIN_BEGINNING;
        const rows = [];
        for await (const each of readChains(sqlOf(client), 'audit_trail')) rows.push(each);
        for (const { row } of rows) {
          before = linkOf(keys, before, row);
          await client.query(`update audit_trail set link = $1 where seq = $2`, [before, row.seq.toString()]);
        }
      },
    });
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['HEAD_MISMATCH']));
    expect(findings.at(-1)?.seq).toBe(String(ROWS));
  });
});

describe('heads', () => {
  const line = (by: HeadSigner): string => by.line({ table: 'audit_trail', chain: 'audit', seq: 9n, link: Buffer.alloc(32) }, 0);

  test('that somebody else signed', async () => {
    const heads = [...headLines(bench.folder), { file: 'planted.ndjson', line: 1, text: line(new HeadSigner([Buffer.alloc(32, 5)])) }];
    expect((await found([], { heads })).findings).toEqual([{ code: 'FOREIGN_HEAD', table: 'audit_trail', chain: 'audit', seq: '9', expected: '', found: 'planted.ndjson:1' }]);
  });

  test('that were changed', async () => {
    const heads = headLines(bench.folder).map((each) => ({ ...each, text: each.text.replace(`"seq":"${ROWS}"`, '"seq":"7"') }));
    expect((await found([], { heads })).findings.map(({ code }) => code)).toContain('FOREIGN_HEAD');
  });

  test('that are not whole, or not there, are noted and no more', async () => {
    const torn = [...headLines(bench.folder), { file: 'torn.ndjson', line: 3, text: line(signer()).slice(0, 70) }];
    expect((await found([], { heads: torn })).findings).toEqual([expect.objectContaining({ code: 'TORN_HEAD', found: 'torn.ndjson:3', isNote: true })]);
    expect((await found([], { heads: [] })).findings).toEqual([expect.objectContaining({ code: 'NO_HEADS', isNote: true })]);
  });
});

describe('partitions', () => {
  test('taken away', async () => {
    expect(await told(`drop table audit_trail_2030`)).toEqual(['MISSING_PARTITION audit_trail null audit_trail_2030/']);
    const lines = await told(`drop table access_record_${new Date().getFullYear()}`);
    expect(lines[0]).toMatch(/^MISSING_PARTITION access_record/);
    expect(lines.filter((each) => each.startsWith('CUT_TAIL'))).toHaveLength(2);
  });

  test('taken away, with a closing row that somebody made up', async () => {
    const closing = `insert into audit_archive (table_name, year, chain, first_seq, last_seq, last_link, row_count, file_name, file_hash, key_id, recorded_at, mac) select 'audit_trail', 2030, 'audit', 1, 7, link, 7, 'x', 'x', '${keys.id}', now(), link from audit_trail where seq = 7`;
    expect(await told(closing, `drop table audit_trail_2030`)).toEqual(['FORGED_CLOSING audit_trail 1 /2030', 'MISSING_PARTITION audit_trail null audit_trail_2030/']);
  });
});

describe('npm run audit:verify', async () => {
  const registry = await loadRegistry();
  async function run(...given: string[]): Promise<{ code: number; out: string; error: string }> {
    let out = '';
    let error = '';
    const code = await runAuditVerify(given, registry, 'en', { out: (text) => (out += text), error: (text) => (error += text) }, { DATABASE_URL: bench.database.url, DATABASE_OWNER_URL: bench.ownerUrl, DATA_DIR: bench.folder, IDENTITY_KEY: TEST_KEY, AUDIT_KEY });
    return { code, out, error };
  }

  test('says that all is well, and how much that is', async () => {
    expect(await run()).toEqual({ code: 0, out: expect.stringMatching(/^The records are whole: 50 audit entries, 20 accesses, 3 chains, \d+ signed heads\.\n$/), error: '' });
    expect((await run('--from', '2100-01-01', '--lang=zh')).out).toMatch(/^记录完好:审计 0 条/);
  });

  test('names what it does not understand', async () => {
    expect(await run('--form', '--from=2026-02-30')).toMatchObject({ code: 2, error: expect.stringMatching(/--form.*did you mean --from[\s\S]*--from 2026-02-30: a day[\s\S]*npm run audit:verify/) });
  });

  test('prints what is wrong with table, number and expectation, in both languages, and ends with 1', async () => {
    mkdirSync(join(bench.folder, HEADS_FOLDER), { recursive: true });
    appendFileSync(join(bench.folder, HEADS_FOLDER, 'planted.ndjson'), `${new HeadSigner([Buffer.alloc(32, 5)]).line({ table: 'audit_trail', chain: 'audit', seq: 9n, link: Buffer.alloc(32) }, 0)}\n`);
    await bench.asSuperuser(`update audit_trail set action = 'x' where seq = 17`, `delete from access_record where chain = '${chains[0]}' and seq = 3`);
    const english = await run();
    expect(english.code).toBe(1);
    expect(english.error.split('\n')).toEqual([
      'audit_trail seq 9: the head in planted.ndjson:1 is not signed by this installation.',
      expect.stringMatching(/^audit_trail seq 17: its content or link was altered; the link should be [0-9a-f]{16}, found [0-9a-f]{16}\.$/),
      `access_record ${chains[0]} seq 4: number 3 is missing before it; found 4.`,
      '',
    ]);
    expect(english.out).toMatch(/^3 findings \(50 audit entries, 19 accesses, 3 chains/);
    const chinese = await run('--lang', 'zh');
    expect(chinese.error).toContain('audit_trail seq 17:内容或校验链接被改动');
    expect(chinese.out).toMatch(/^发现 3 处问题/);
  });

  test('refuses another key than that of the store', async () => {
    const given = { DATABASE_URL: bench.database.url, DATABASE_OWNER_URL: bench.ownerUrl, DATA_DIR: bench.folder, IDENTITY_KEY: TEST_KEY, AUDIT_KEY: Buffer.alloc(32, 99).toString('base64') };
    await expect(runAuditVerify([], registry, 'en', { out: () => undefined, error: () => undefined }, given)).rejects.toThrow(/AUDIT_KEY/);
  });
});
