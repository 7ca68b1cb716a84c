import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const read = (file: string, how: (file: string) => string): string => {
  try {
    return how(file);
  } catch {
    return '';
  }
};

/** Numbers of the processes that name a folder in their command line or run in it, by what the system tells (Linux). */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/cmdline`, (file) => readFileSync(file, 'utf8')).includes(folder) || read(`/proc/${pid}/cwd`, readlinkSync).startsWith(folder))
    .map(Number);
}

/** Waits until something holds; throws when it does not within the time. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  for (const began = performance.now(); !(await holds()); await new Promise((resolve) => setTimeout(resolve, 30))) if (performance.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${String(holds)}`);
}
