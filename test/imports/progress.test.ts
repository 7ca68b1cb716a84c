import { expect, test } from 'vitest';
import { progressOn } from '../../src/cli/import-progress.ts';
import type { Progress } from '../../src/imports/import-files.ts';

const at = (rows: number, phase: Progress['phase'] = 'reading'): Progress => ({ file: 'credits.csv', kind: 'credits', phase, rows, bytes: rows * 100, ofBytes: 2_000_000 });

function shownOn(isTTY: boolean, show: (terminal: ReturnType<typeof progressOn>) => void): string {
  let text = '';
  const terminal = { isTTY, write: (part: string) => ((text += part), true) } as unknown as NodeJS.WriteStream;
  show(progressOn(terminal, 'en'));
  return text;
}

test('a terminal shows one line with rows, megabytes and rate, and it goes away', () => {
  const text = shownOn(true, (progress) => {
    progress.show(at(10_000));
    progress.show(at(10_001));
    progress.show(at(10_001, 'taking'));
    progress.clear();
  });
  expect(text).toMatch(/^\r\x1b\[Kcredits\.csv: reading, 10000 rows, 1\.0 \/ 2\.0 MB, \d+ rows\/s\r\x1b\[Kcredits\.csv: writing, 10001 rows, .*\r\x1b\[K$/);
});

test('a pipe shows nothing', () => {
  expect(shownOn(false, (progress) => progress.show(at(10_000)))).toBe('');
});
