import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAuditArchive } from '../../src/cli/audit-archive-command.ts';
import type { ArchiveSurroundings } from '../../src/cli/audit-archive-command.ts';
import { runAuditVerify } from '../../src/cli/audit-verify-command.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { TEST_KEY } from '../support/database.ts';
import { loadRegistry } from '../support/plugins.ts';
import { access, audit, AUDIT_KEY, openBench } from './records.ts';
import type { Bench } from './records.ts';

const NOW = instantOf('2030-06-01T00:00:00Z');

let bench: Bench;
let target: string;
let registry: Registry;
beforeEach(async () => {
  registry ??= await loadRegistry();
  bench = await openBench();
  target = mkdtempSync(join(tmpdir(), 'shixun-archive-'));
  for (const year of [2015, 2018, 2019, 2020, 2026]) {
    for (let i = 0; i < 3; i++) await bench.append(audit({ recordedAt: `${year}-05-0${i + 1}T00:00:00.000Z`, after: { name: 'Marker-Name' } }));
    bench.now = Date.parse(`${year}-05-05T00:00:00Z`);
    for (let i = 0; i < 2; i++) await bench.records.access.record(access({ requestId: `${year}-${i}` }));
  }
  await bench.records.close();
});
afterEach(async () => {
  await bench.close();
  rmSync(target, { recursive: true, force: true });
});

const environment = () => ({ DATABASE_URL: bench.database.url, DATABASE_OWNER_URL: bench.ownerUrl, DATA_DIR: bench.folder, IDENTITY_KEY: TEST_KEY, AUDIT_KEY });
async function run(command: 'archive' | 'verify', given: readonly string[], surroundings: ArchiveSurroundings = { now: () => NOW }): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const output = { out: (text: string) => (out += text), error: (text: string) => (error += text) };
  const code = command === 'archive' ? await runAuditArchive(given, registry, 'en', output, environment(), surroundings) : await runAuditVerify(given, registry, 'en', output, environment());
  return { code, out, error };
}
const archive = (...given: string[]) => run('archive', [...given, '--to', target]);
const rows = (query: string) => bench.em().execute<Record<string, unknown>[]>(query);
const parts = async (): Promise<unknown[]> => (await rows(`select inhrelid::regclass::text as part from pg_inherits where inhparent in ('audit_trail'::regclass, 'access_record'::regclass) and inhrelid::regclass::text ~ '_20[12]' order by 1`)).map(({ part }) => part);
const linesOf = (name: string): Record<string, unknown>[] => gunzipSync(readFileSync(join(target, name))).toString('utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

describe('npm run audit:archive', () => {
  test('takes old years out, from which the check goes on', async () => {
    const both = await archive('--before', '2020');
    expect([both.code, both.error]).toEqual([0, '']);
    expect(both.out.split('\n').map((line) => line.replace(target, '').replace(/[0-9a-f]{64}/, 'HASH'))).toEqual([
      ...['audit_trail_2015: 3', 'audit_trail_2018: 3', 'audit_trail_2019: 3', 'access_record_2015: 2', 'access_record_2018: 2', 'access_record_2019: 2'].map((part) => `${part} rows left into /${part.replace(/:.*/, '')}.ndjson.gz (SHA-256 HASH).`),
      '',
    ]);
    expect(await parts()).not.toContain('audit_trail_2019');
    expect(await parts()).toContain('audit_trail_2020');
    expect(await run('verify', [])).toMatchObject({ code: 0, error: '' });
    // What left is there, sealed as it was.
    const lines = linesOf('audit_trail_2018.ndjson.gz');
    expect(lines.map(({ seq }) => seq)).toEqual(['4', '5', '6']);
    expect(JSON.stringify(lines)).not.toContain('Marker-');
    // The next ones go on behind it, and the archiving itself is recorded.
    expect(await rows(`select table_name, year, chain = 'audit' as is_audit, first_seq::int, last_seq::int, row_count::int from audit_archive order by 1 desc, 2`)).toEqual([
      ...[[2015, 1], [2018, 4], [2019, 7]].map(([year, first = 0]) => ({ table_name: 'audit_trail', year, is_audit: true, first_seq: first, last_seq: first + 2, row_count: 3 })),
      ...[[2015, 1], [2018, 3], [2019, 5]].map(([year, first = 0]) => ({ table_name: 'access_record', year, is_audit: false, first_seq: first, last_seq: first + 1, row_count: 2 })),
    ]);
    expect(await rows(`select count(*)::int as count from audit_trail where action = 'recordsArchive'`)).toEqual([{ count: 6 }]);
    expect((await archive('--before', '2020')).out).toBe('There is nothing before 2020 to archive.\n');
    // Later years follow what is closed.
    expect(await archive('--before', '2026', '--only', 'access_record')).toMatchObject({ code: 0, error: '' });
    expect(await run('verify', [])).toMatchObject({ code: 0, error: '' });
  });

  test('notices what goes missing at the seam', async () => {
    await archive('--before', '2020');
    await bench.asSuperuser('delete from audit_trail where seq = 10');
    expect(await run('verify', [])).toMatchObject({ code: 1, error: 'audit_trail seq 11: number 10 is missing before it; found 11.\n' });
    await bench.asSuperuser(`update audit_archive set last_seq = 10 where table_name = 'audit_trail' and year = 2019`);
    expect((await run('verify', [])).error).toMatch(/audit_trail seq 7: the closing row of 2019 was not written by this installation\./);
    await bench.asSuperuser(`delete from audit_archive where table_name = 'audit_trail' and year = 2018`);
    expect((await run('verify', [])).error).toMatch(/the partition audit_trail_2018 is missing/);
  });

  test.each([['2021', 'audit_trail', 10, '2020'], ['2028', 'access_record', 3, '2027']])('refuses what is too young: before %s, %s', async (before, table, years, allowed) => {
    const all = await parts();
    const only = await archive('--before', before, '--only', table);
    expect(only).toEqual({ code: 1, out: '', error: `${table} is kept for at least ${years} years: what lies before ${allowed} can leave now, not what lies before ${before}. Nothing was archived.\n` });
    expect((await archive('--before', before, '--lang', 'zh')).code).toBe(1);
    expect(await parts()).toEqual(all);
    expect((await archive('--before', allowed, '--only', table)).code).toBe(0);
  });

  test('names what it does not understand', async () => {
    expect(await run('archive', ['--before', 'soon', '--only', 'person'])).toMatchObject({ code: 2, error: expect.stringMatching(/--before soon: a year[\s\S]*--to: name[\s\S]*--only person[\s\S]*npm run audit:archive/) });
    expect(await run('archive', ['--before', '2020', '--to', join(target, 'nowhere')])).toMatchObject({ code: 2, error: expect.stringMatching(/there is no such folder/) });
  });

  test('does not archive what is not whole', async () => {
    await bench.asSuperuser(`update audit_trail set action = 'x' where seq = 2`);
    const all = await parts();
    expect(await archive('--before', '2020')).toMatchObject({ code: 1, error: expect.stringMatching(/audit_trail seq 2: its content[\s\S]*nothing was archived/) });
    expect(await parts()).toEqual(all);
  });

  test.each(['written', 'named', 'detached', 'committed'] as const)('ended when it was %s: nothing is lost, and it can be done again', async (step) => {
    const stop = { now: () => NOW, onStep: (reached: string) => {
      if (reached === step) throw new Error('ended');
    } };
    await expect(run('archive', ['--before', '2016', '--to', target], stop)).rejects.toThrow('ended');
    const isGone = step === 'committed';
    expect((await parts()).includes('audit_trail_2015')).toBe(!isGone);
    if (isGone) expect(linesOf('audit_trail_2015.ndjson.gz')).toHaveLength(3);
    else expect(await rows('select count(*)::int as count from audit_trail_2015')).toEqual([{ count: 3 }]);
    expect((await run('verify', [])).code).toBe(0);
    expect((await archive('--before', '2016')).code).toBe(0);
    expect([linesOf('audit_trail_2015.ndjson.gz').length, linesOf('access_record_2015.ndjson.gz').length]).toEqual([3, 2]);
    expect(existsSync(join(target, 'audit_trail_2015.ndjson.gz.part'))).toBe(false);
    expect((await run('verify', [])).code).toBe(0);
  });

  test('a file of the same name that holds something else stays, and so does the year', async () => {
    writeFileSync(join(target, 'audit_trail_2015.ndjson.gz'), 'somebody else');
    expect(await archive('--before', '2016')).toMatchObject({ code: 1, error: expect.stringMatching(/holds something else/) });
    expect(readFileSync(join(target, 'audit_trail_2015.ndjson.gz'), 'utf8')).toBe('somebody else');
    expect(await parts()).toContain('audit_trail_2015');
  });

  test('what left can be checked where it lies', async () => {
    await archive('--before', '2019');
    expect(await run('verify', ['--archives', target])).toMatchObject({ code: 0, error: '' });
    const file = join(target, 'audit_trail_2018.ndjson.gz');
    writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString('utf8').replace('"seq":"5"', '"seq":"6"')));
    rmSync(join(target, 'access_record_2015.ndjson.gz'));
    expect((await run('verify', ['--archives', target])).error.split('\n')).toEqual(['access_record 2015: its archive access_record_2015.ndjson.gz is not in the folder that was given.', expect.stringMatching(/^audit_trail 2018: the archive audit_trail_2018\.ndjson\.gz was altered/), '']);
  });

  test('a file that does not hold what was written leaves the year where it is', async () => {
    const spoil = { now: () => NOW, onStep: (reached: string) => {
      const file = join(target, 'audit_trail_2015.ndjson.gz.part');
      if (reached === 'written' && existsSync(file)) writeFileSync(file, readFileSync(file).subarray(0, -20));
    } };
    expect(await run('archive', ['--before', '2016', '--to', target], spoil)).toMatchObject({ code: 1, error: expect.stringMatching(/does not hold what was written/) });
    expect(await parts()).toContain('audit_trail_2015');
    expect((await run('verify', [])).code).toBe(0);
  });
});
