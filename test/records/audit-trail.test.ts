import { IsolationLevel } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../../src/persistence/sql.ts';
import { record } from '../../src/persistence/recording.ts';
import type { NodeRef } from '../../src/records/audit-row.ts';
import { open } from '../../src/records/audit-row.ts';
import { audit, AUDITOR, AUDITOR_OF_PEOPLE, openBench, page, seeing } from './records.ts';
import type { Page } from '../../src/persistence/keyset.ts';
import type { Bench } from './records.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const read = (node: NodeRef, change: Partial<Page> = {}, reach = AUDITOR, classes: readonly string[] = ['audit', 'private']) => seeing(bench.em(), classes, (sql) => bench.records.audit.ofNode(sql, node, page(change), reach));
const rows = (query: string) => bench.em().execute<Record<string, unknown>[]>(query);

describe('the audit trail', () => {
  test('says who did what to what, for whom, when, from what to what, by which rules', async () => {
    const { recordedAt, seq } = await bench.em().transactional(async (em) => {
      const recording = await record(em, { source: 'api', what: 'test', counts: {} });
      const appended = await bench.records.audit.append(em, {
        who: { accountId: '5', displayName: 'Office Five', onBehalfOf: '17', delegationId: '3' },
        requestId: 'request-5',
        action: 'assessmentRecord',
        nodes: [{ type: 'Teacher', id: '17' }, { type: 'StoredAssessment', id: '4' }],
        before: { name: 'Marker-Before', role: open('TEACHER') },
        after: { name: 'Marker-After', phones: ['Marker-Phone', null, 1.5] },
        ruleIds: ['doc/1-rule', 'doc/2-rule'],
        assessmentId: '4',
        rulebookHash: 'abc',
        recordedAt: recording.recordedAt,
      });
      return { ...recording, seq: appended.seq };
    });
    const node = { type: 'StoredAssessment', id: '4' };
    const found = await read(node, {}, AUDITOR_OF_PEOPLE);
    expect([found.hasNext, found.hasPrevious]).toEqual([false, false]);
    expect(found.rows).toEqual([
      {
        seq,
        recordedAt: Date.parse(recordedAt),
        accountId: '5',
        actor: 'Office Five',
        onBehalfOf: '17',
        delegationId: '3',
        requestId: 'request-5',
        action: 'assessmentRecord',
        nodes: [{ type: 'Teacher', id: '17' }, node],
        persons: ['17'],
        ruleIds: ['doc/1-rule', 'doc/2-rule'],
        assessmentId: '4',
        rulebookHash: 'abc',
        before: { name: { value: 'Marker-Before' }, role: { value: 'TEACHER' } },
        after: { name: { value: 'Marker-After' }, phones: { value: ['Marker-Phone', null, 1.5] } },
      },
    ]);
    // By the API alone, and by the database alone.
    for (const [reach, classes] of [[AUDITOR, ['audit', 'private']], [AUDITOR_OF_PEOPLE, ['audit']]] as const) {
      const [sealed] = (await read(node, {}, reach, classes)).rows;
      expect([sealed?.actor, sealed?.before, sealed?.after]).toEqual(['Office Five', { name: { isSealed: true }, role: { value: 'TEACHER' } }, { name: { isSealed: true }, phones: { isSealed: true } }]);
    }
    expect((await read(node, {}, AUDITOR_OF_PEOPLE, [])).rows).toEqual([]);
    // Whoever has the database alone reads no name.
    const text = JSON.stringify(await rows('select t::text from audit_trail t'));
    for (const marker of ['Marker-', 'Office Five']) expect(text).not.toContain(marker);
  });

  test('goes page by page, the newest first, from both ends', async () => {
    const node = { type: 'Paged', id: '1' };
    for (let i = 0; i < 7; i++) await bench.append(audit({ who: { accountId: '7', displayName: null }, nodes: [node, { type: 'Paged', id: `3${i}` }] }));
    const walk = async (fromEnd: boolean): Promise<string[]> => {
      const seen: string[] = [];
      let at: string | null = null;
      for (;;) {
        const found: Awaited<ReturnType<typeof read>> = await read(node, { size: 3, fromEnd, [fromEnd ? 'before' : 'after']: at && { key: '', id: at } });
        const numbers = found.rows.map(({ seq }) => seq);
        seen.splice(fromEnd ? 0 : seen.length, 0, ...numbers);
        expect(fromEnd ? found.hasNext : found.hasPrevious).toBe(at !== null);
        if (!(fromEnd ? found.hasPrevious : found.hasNext)) return seen;
        at = (fromEnd ? numbers[0] : numbers.at(-1)) ?? null;
      }
    };
    const seen = await walk(false);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...seen].sort((a, b) => Number(b) - Number(a)));
    expect(await walk(true)).toEqual(seen);
    const count = (of: NodeRef, limit: number, classes = ['audit']) => seeing(bench.em(), classes, (sql) => bench.records.audit.countOfNode(sql, of, limit, AUDITOR));
    expect([await count(node, 100), await count(node, 4), await count({ type: 'Paged', id: '34' }, 9), await count({ type: 'Paged', id: '2' }, 9), await count(node, 9, [])]).toEqual([7, 4, 1, 0, 0]);
    expect((await read({ type: 'Paged', id: '2' })).rows).toEqual([]);
  });

  test('has one link after the other, however many write at once', async () => {
    const before = Number((await rows('select max(seq) as seq from audit_trail'))[0]?.['seq'] ?? 0);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        bench.em().transactional(async (em) => {
          if (index % 2) await record(em, { source: 'api', what: 'test', counts: {} });
          await bench.records.audit.append(em, audit());
        }),
      ),
    );
    const [after] = await rows(`select max(seq)::int as seq, count(*)::int as count, count(distinct link)::int as links from audit_trail`);
    expect(after).toEqual({ seq: before + 12, count: before + 12, links: before + 12 });
    const both = await bench.em().transactional(async (em) => [await bench.records.audit.append(em, audit()), await bench.records.audit.append(em, audit())]);
    expect(both.map(({ seq }) => Number(seq))).toEqual([before + 13, before + 14]);
  });

  test('is not written where the last link may be hidden', async () => {
    const stale = bench.em().transactional((em) => bench.records.audit.append(em, audit()), { isolationLevel: IsolationLevel.REPEATABLE_READ });
    await expect(stale).rejects.toThrow(/read committed/);
  });

  test('has nothing of what failed', async () => {
    const count = async () => (await rows('select count(*)::int as count from audit_trail'))[0]?.['count'];
    const before = await count();
    const failing = bench.em().transactional(async (em) => {
      await bench.records.audit.append(em, audit());
      throw new Error('failed on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await count()).toBe(before);
  });

  test.each(['update audit_trail set action = action', 'delete from audit_trail', 'truncate audit_trail', 'delete from audit_trail_2026', 'truncate audit_trail_2027', 'update access_record set count = 0', 'delete from record_year', 'delete from audit_archive', 'update idempotency set key = key', 'truncate idempotency'])('only grows: %s', async (statement) => {
    await expect(bench.em().execute(statement)).rejects.toMatchObject({ code: '23001' });
  });

  test('makes the year that is missing, and once it is made two that need it do not wait for ever', async () => {
    const at = (year: number): string => `${year}-06-01T00:00:00.000Z`;
    const append = (year: number) => bench.em().transactional((em: Sql) => bench.records.audit.append(em, audit({ recordedAt: at(year), nodes: [{ type: 'Future', id: '1' }] })));
    await Promise.all([append(2044), append(2044)]);
    await append(2045);
    expect((await read({ type: 'Future', id: '1' })).rows).toHaveLength(3);
    expect(await rows(`select count(*)::int as count from pg_inherits where inhparent = 'audit_trail'::regclass and inhrelid::regclass::text in ('audit_trail_2044', 'audit_trail_2045')`)).toEqual([{ count: 2 }]);
  });

  test('the year is that of the zone of days', async () => {
    const own = await openBench();
    await own.append(audit({ recordedAt: '2049-12-31T15:59:59.999Z' }));
    await own.append(audit({ recordedAt: '2049-12-31T16:00:00.000Z' }));
    expect(await own.em().execute('select tableoid::regclass::text as part from audit_trail order by seq')).toEqual([{ part: 'audit_trail_2049' }, { part: 'audit_trail_2050' }]);
    await own.close();
  });
});
