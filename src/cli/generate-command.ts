import { resolve } from 'node:path';
import type { Text } from '../kernel/text.ts';
import { text } from '../kernel/text.ts';
import { loadRegistry } from '../load-registry.ts';
import { formatFaults } from '../plugin-host/faults.ts';
import { InvalidPopulation, loadSpecs, Population } from '../population/generate.ts';
import { writeFiles } from '../population/write-files.ts';
import type { Written } from '../population/write-files.ts';
import { describeStartError, StartError } from '../start-error.ts';
import { readGenerateOptions } from './generate-options.ts';

const bilingual = ({ zh, en }: Text): string => `${zh}\n${en}\n`;
const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** How long between two lines of progress. */
const PROGRESS_MS = 200;

/** Writes an invented population into files that `npm run import` takes. Ends with 0, or with 1 and what is wrong. */
export async function generate(given: readonly string[]): Promise<void> {
  try {
    const registry = await loadRegistry();
    const specs = await loadSpecs(registry).catch((error: unknown) => {
      throw error instanceof InvalidPopulation ? new StartError([text(formatFaults(error.faults, 'zh'), formatFaults(error.faults, 'en'))]) : error;
    });
    const read = readGenerateOptions(given, specs);
    if ('problems' in read) {
      process.stderr.write(read.problems);
      process.exitCode = 2;
      return;
    }
    const folder = resolve(read.options.out);
    const began = performance.now();
    const written = await writeFiles(new Population(registry, specs, read.options), folder, progressFor(read.options.teachers)).catch((error: unknown) => {
      throw unwritable(error, folder) ?? error;
    });
    process.stdout.write(summary(written, folder, performance.now() - began));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(describeStartError(error));
    process.exitCode = 1;
  }
}

/** One line that is written over, on a terminal alone. */
function progressFor(teachers: number): (written: Written) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let shownAt = 0;
  return ({ teachers: done, rows }) => {
    if (performance.now() - shownAt < PROGRESS_MS) return;
    shownAt = performance.now();
    process.stderr.write(`\r\u001b[K${Math.floor((100 * done) / teachers)}% ${grouped(done)} / ${grouped(teachers)}, ${grouped(rows.credits)} credits.csv`);
  };
}

function summary({ teachers, rows }: Written, folder: string, took: number): string {
  const clear = process.stderr.isTTY ? '\r\u001b[K' : '';
  if (clear !== '') process.stderr.write(clear);
  const seconds = (took / 1_000).toFixed(1);
  return bilingual(
    text(
      `${grouped(teachers)} 名虚构教师、${grouped(rows.institutions)} 个单位、${grouped(rows.credits)} 条学分已写入 ${folder}(${seconds} 秒)。导入:npm run import -- ${folder}/*.csv`,
      `${grouped(teachers)} invented teachers, ${grouped(rows.institutions)} institutions and ${grouped(rows.credits)} credits are in ${folder} (${seconds} s). To take them in: npm run import -- ${folder}/*.csv`,
    ),
  );
}

function unwritable(error: unknown, folder: string): StartError | null {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartError([text(`磁盘已满,无法写入 ${folder}。请腾出空间,或用 --out 换一个目录。`, `The disk is full: ${folder} cannot be written. Make room, or name another folder with --out.`)]);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return new StartError([text(`无法写入目录 ${folder}(${code})。请用 --out 换一个目录。`, `The folder ${folder} cannot be written (${code}). Name another with --out.`)]);
    default:
      return null;
  }
}
