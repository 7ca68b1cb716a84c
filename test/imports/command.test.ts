import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runImport } from '../../src/cli/import-command.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { TEST_KEY, testDatabase } from '../support/database.ts';
import { COURSES, CREDITS, INSTITUTIONS, TEACHERS } from '../support/imports.ts';
import { loadRegistry } from '../support/plugins.ts';

const registry = await loadRegistry();
// Other work may go on beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'shixun-import-'));
  for (const [name, content] of Object.entries({ institutions: INSTITUTIONS, teachers: TEACHERS, courses: COURSES, credits: CREDITS })) writeFileSync(join(folder, `${name}.csv`), content);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...given: string[]) => runOn(database, ...given);

async function runOn({ url, ownerUrl }: Database, ...given: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const terminal = { isTTY: false } as NodeJS.WriteStream;
  const code = await runImport(given, registry, 'en', { out: (text) => (out += text), error: (text) => (error += text), terminal }, { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl ?? '', DATA_DIR: folder, IDENTITY_KEY: TEST_KEY });
  return { code, out, error };
}
const at = (...names: string[]): string[] => names.map((name) => join(folder, name));

describe('npm run import', () => {
  test('takes several files in their order, and says what became of each', async () => {
    const { code, out, error } = await run('auto', ...at('credits.csv', 'teachers.csv', 'courses.csv', 'institutions.csv'), '--source', 'office');
    expect([code, error]).toEqual([0, '']);
    expect(out.split('\n').map((line) => line.replace(folder, ''))).toEqual([
      '/institutions.csv (institutions): taken; 3 rows, 3 added, 0 unchanged, 0 advanced, 0 amended, 0 refused',
      '/teachers.csv (teachers): taken; 3 rows, 3 added, 0 unchanged, 0 advanced, 0 amended, 0 refused',
      '/courses.csv (courses): taken; 1 rows, 1 added, 0 unchanged, 0 advanced, 0 amended, 0 refused',
      '/credits.csv (credits): taken; 5 rows, 5 added, 0 unchanged, 0 advanced, 0 amended, 0 refused',
      '',
    ]);
  });

  test('names file, line, column, value and expectation of what is wrong, and ends with 1', async () => {
    writeFileSync(join(folder, 'wrong.csv'), CREDITS.replace('校级', '校及').replace(',24,', ',24.001,'));
    const english = await run('credits', ...at('wrong.csv'), '--source=office');
    expect(english.code).toBe(1);
    expect(english.error.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^wrong\.csv:3 \[level\] "校及": Expected one of: .*school \(.*\).* Did you mean: 校级.* \(UNKNOWN_VALUE\)$/),
      'wrong.csv:4 [amount] "24.001": The smallest unit is 0.01; the nearest are 24, 24.01. (TOO_FINE)',
    ]);
    expect(english.out).toBe('wrong.csv (credits): refused, nothing of it was written; 5 rows, 0 added, 0 unchanged, 0 advanced, 0 amended, 5 refused; 2 problems\n');
    const chinese = await run('credits', ...at('wrong.csv'), '--source', 'office', '--lang', 'zh');
    expect(chinese.error).toContain('wrong.csv:4 [amount]“24.001”: 最小单位为 0.01;最接近的是 24、24.01。 (TOO_FINE)');
    expect(chinese.out).toContain('未导入,没有写入任何内容');
  });

  test('ends with 2 when it cannot understand, and names everything at once', async () => {
    const { code, error } = await run('credit', 'x.csv', '--partail', '--jurisdiction', '999999', '--encoding', 'big5');
    expect(code).toBe(2);
    for (const part of ['did you mean credits', 'did you mean --partial', '--jurisdiction 999999', '--encoding big5', '--source', 'npm run import']) expect(error).toContain(part);
    expect(await run('credits', ...at('absent.csv'), '--source', 'x')).toMatchObject({ code: 2, error: expect.stringContaining('there is no such file') as string });
  });

  test.each(['zh', 'en'])('makes templates (%s) that it takes', async (language) => {
    const files = at(...['institutions', 'teachers', 'courses', 'credits'].map((kind) => `${language}-${kind}.xlsx`));
    for (const [index, kind] of ['institutions', 'teachers', 'courses', 'credits'].entries()) {
      expect(await run('template', kind, '-o', files[index] ?? '', '--lang', language, ...(language === 'zh' ? ['--jurisdiction', '330000'] : []))).toMatchObject({ code: 0 });
    }
    const empty = await testDatabase();
    expect(await runOn(empty, 'auto', ...files, '--source', 'templates')).toMatchObject({ code: 0, error: '' });
    await empty.close();
  });
});
