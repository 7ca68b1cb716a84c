import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import pg from 'pg';
import { AccessRecorder } from '../../src/records/access-recorder.ts';
import type { AccessRecorderOptions, RecorderConnection } from '../../src/records/access-recorder.ts';
import type { ChainHead } from '../../src/records/chain-head.ts';
import { WHOLE } from '../../src/access/reach.ts';
import { accessPosition } from '../../src/records/access-reads.ts';
import type { Page, Position } from '../../src/persistence/keyset.ts';
import { access, openBench, page, seeing } from './records.ts';
import type { Bench } from './records.ts';

let bench: Bench;
let heads: ChainHead[];
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(() => {
  heads = [];
});
afterAll(() => bench.close());

const ofPerson = (id: string, change?: Partial<Page>, classes: readonly string[] = ['accesses']) => seeing(bench.em(), classes, (sql) => bench.records.accesses.ofPerson(sql, id, page(change), WHOLE));
const rows = (query: string) => bench.em().execute<Record<string, unknown>[]>(query);
const countOf = async (requestId: string): Promise<unknown> => (await rows(`select count(*)::int as count from access_record where request_id = '${requestId}'`))[0]?.['count'];

async function connect(): Promise<RecorderConnection> {
  const client = new pg.Client({ connectionString: bench.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const recorder = (options: Partial<AccessRecorderOptions> = {}): AccessRecorder => new AccessRecorder({ connect, keys: bench.records.keys, advance: (head) => void heads.push(head), clock: () => Date.now(), ...options });

/** A connection on which the statement that stores goes wrong as often as said: before it was run, or after. */
function failing(times: number, moment: 'before' | 'after', error: object = { code: 'ECONNRESET' }): () => Promise<RecorderConnection> {
  let left = times;
  return async () => {
    const connection = await connect();
    return {
      end: () => connection.end(),
      async query(text, values) {
        if (!text.includes('insert') || left === 0) return connection.query(text, values);
        left--;
        if (moment === 'after') await connection.query(text, values);
        throw Object.assign(new Error('connection lost'), error);
      },
    };
  };
}

describe('the access record', () => {
  test('says who saw whom, for whom, what, when, in which request and what for', async () => {
    bench.now = Date.parse('2026-11-26T01:02:03.004Z');
    await bench.records.access.record({ accountId: '5', onBehalfOf: '17', delegationId: '3', requestId: 'request-5', operation: 'Reveal', purpose: 'Marker-Purpose', persons: ['1001', '1002'], kinds: ['IDENTITY_NUMBER', 'Teacher.phone'], count: 4 });
    bench.now = null;
    const { rows: records, hasNext, hasPrevious } = await ofPerson('1002');
    expect([hasNext, hasPrevious]).toEqual([false, false]);
    // Who else was seen, and how many, is not told.
    expect(records).toEqual([
      { chain: expect.any(String), seq: '1', recordedAt: Date.parse('2026-11-26T01:02:03.004Z'), accountId: '5', accountName: null, isClient: false, isOneself: false, roles: [], isOnBehalf: false, requestId: 'request-5', operation: 'Reveal', purpose: 'Marker-Purpose', kinds: ['IDENTITY_NUMBER', 'Teacher.phone'] },
    ]);
    expect(await seeing(bench.em(), ['accesses'], (sql) => bench.records.accesses.countOfPerson(sql, '1002', 10, WHOLE))).toBe(1);
    expect((await ofPerson('1002', {}, [])).rows).toEqual([]);
    expect(JSON.stringify(await rows('select a::text from access_record a'))).not.toContain('Marker-');
    expect((await ofPerson('1003')).rows).toEqual([]);
  });

  test('goes page by page, the newest first', async () => {
    const own = recorder();
    for (let i = 0; i < 7; i++) await own.record(access({ accountId: '70', requestId: `page-${i}`, persons: ['2001'] }));
    await own.close();
    const seen: string[] = [];
    const ids = (found: Awaited<ReturnType<typeof ofPerson>>): string[] => found.rows.map(({ requestId }) => requestId);
    let after: Position | null = null;
    for (;;) {
      const found: Awaited<ReturnType<typeof ofPerson>> = await ofPerson('2001', { size: 3, after });
      seen.push(...ids(found));
      expect(found.hasPrevious).toBe(after !== null);
      const last = found.rows.at(-1);
      if (!found.hasNext || !last) break;
      after = accessPosition(last);
    }
    expect(seen).toEqual(['page-6', 'page-5', 'page-4', 'page-3', 'page-2', 'page-1', 'page-0']);
    const end = await ofPerson('2001', { size: 2, fromEnd: true });
    expect([ids(end), end.hasPrevious, end.hasNext]).toEqual([['page-1', 'page-0'], true, false]);
    // `after` stands at page-1, behind which page-0 came.
    expect(ids(await ofPerson('2001', { size: 2, fromEnd: true, before: after }))).toEqual(['page-3', 'page-2']);
  });

  test('is stored before record() returns; all that wait go together', async () => {
    let statements = 0;
    const own = recorder({
      connect: async () => {
        const connection = await connect();
        return { end: () => connection.end(), query: (text, values) => (text.includes('insert') && statements++, connection.query(text, values)) };
      },
    });
    await Promise.all(Array.from({ length: 300 }, async (_, index) => {
      await own.record(access({ requestId: `together-${index}` }));
      if (index === 0) expect(await countOf('together-0')).toBe(1);
    }));
    expect(statements).toBeLessThan(5);
    expect(await rows(`select count(*)::int as count, min(seq)::int as first, max(seq)::int as last from access_record where request_id like 'together-%'`)).toEqual([{ count: 300, first: 1, last: 300 }]);
    expect(heads.at(-1)?.seq).toBe(300n);
    await own.close();
  });

  test.each(['before', 'after'] as const)('a connection lost %s the statement costs nothing and doubles nothing', async (moment) => {
    const id = `lost-${moment}`;
    const own = recorder({ connect: failing(2, moment) });
    await Promise.all([own.record(access({ requestId: id })), own.record(access({ requestId: id }))]);
    await own.record(access({ requestId: id }));
    await own.close();
    expect(await countOf(id)).toBe(3);
    expect(await rows(`select distinct chain from access_record where request_id = '${id}'`)).toHaveLength(1);
  });

  test('a connection that was ended by the server is made anew', async () => {
    const own = recorder();
    await own.record(access({ requestId: 'ended' }));
    await rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = ''`);
    await own.record(access({ requestId: 'ended' }));
    await own.close();
    expect(await countOf('ended')).toBe(2);
  });

  test.each([['for too long', { timeoutMs: 200 }, { code: 'ECONNRESET' }], ['for a reason that does not pass', {}, { code: '53100' }]])('what cannot be stored %s is refused by code, and what comes later begins another chain', async (_, options, error) => {
    const failures: boolean[] = [];
    const id = `given-up-${error.code}`;
    const own = recorder({ connect: failing('timeoutMs' in options ? 6 : 1, 'after', error), ...options, onFailure: (_error, isGivenUp) => void failures.push(isGivenUp) });
    await expect(own.record(access({ requestId: id }))).rejects.toMatchObject({ code: 'ACCESS_RECORD_UNAVAILABLE', retryAfterSeconds: 2 });
    expect(failures.at(-1)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let tries = 0; tries < 5; tries++) if (await own.record(access({ requestId: `${id}-later` })).then(() => true, () => false)) break;
    await own.close();
    expect(await countOf(`${id}-later`)).toBeGreaterThan(0);
    expect(await rows(`select seq::text from access_record where request_id = '${id}-later' order by recorded_at desc limit 1`)).toEqual([{ seq: '1' }]);
  });

  test('a store that is busy is waited for, but not for ever; it is given out again when it is free', async () => {
    const impatient = async (): Promise<RecorderConnection> => {
      const connection = await connect();
      await connection.query('set lock_timeout = 60', []);
      return connection;
    };
    const own = recorder({ connect: impatient, timeoutMs: 400 });
    await own.record(access({ requestId: 'busy' }));
    const locking = new pg.Client({ connectionString: bench.ownerUrl });
    await locking.connect();
    await locking.query('begin; lock table access_record in exclusive mode');
    await expect(own.record(access({ requestId: 'busy-refused' }))).rejects.toMatchObject({ code: 'ACCESS_RECORD_UNAVAILABLE' });
    const waiting = own.record(access({ requestId: 'busy' }));
    setTimeout(() => void locking.end(), 100);
    await waiting;
    await own.close();
    expect([await countOf('busy'), await countOf('busy-refused')]).toEqual([2, 0]);
  });

  test('the queue is bounded, and closed means closed', async () => {
    const own = recorder({ maxWaiting: 3 });
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => own.record(access({ requestId: 'bounded' }))));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
    const last = own.record(access({ requestId: 'closing' }));
    await own.close();
    await last;
    expect([await countOf('bounded'), await countOf('closing')]).toEqual([3, 1]);
    await expect(own.record(access())).rejects.toMatchObject({ code: 'ACCESS_RECORD_UNAVAILABLE' });
  });

  test('who connects before there is anything to store sees to the year too, and the first entry takes one statement', async () => {
    const sent: string[] = [];
    let connections = 0;
    const early = recorder({
      connect: async () => {
        connections++;
        const connection = await connect();
        return { end: () => connection.end(), query: (text, values) => (sent.push(text.trim().split(' ')[0] ?? ''), connection.query(text, values)) };
      },
    });
    early.connect();
    await vi.waitFor(() => expect(sent).toEqual(['select']));
    await early.record(access());
    expect([sent, connections]).toEqual([['select', 'insert'], 1]);
    await early.close();
  });

  test('a year that is missing is made', async () => {
    const own = recorder({ clock: () => Date.parse('2047-01-01T00:00:00Z') });
    await own.record(access({ requestId: 'future' }));
    await own.close();
    expect(await rows(`select tableoid::regclass::text as part from access_record where request_id = 'future'`)).toEqual([{ part: 'access_record_2047' }]);
  });

  test.each([[{ persons: ['1; drop table person'] }], [{ accountId: 'x' }], [{ kinds: ['a,b'] }], [{ operation: 'x'.repeat(501) }], [{ count: -1 }], [{ persons: Array.from({ length: 10_001 }, () => '1') }]])('what is no entry is refused at once: %j', (change) => {
    expect(() => recorder().record(access(change))).toThrow(RangeError);
  });
});
