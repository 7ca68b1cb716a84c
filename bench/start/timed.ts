import { post } from '../client.ts';
import { endProcess, startProcess } from '../processes.ts';

const MAIN = '../src/main.js';

interface FirstAnswer {
  readonly body: Buffer;
  /** What the answer has to hold; else what was timed is a refusal. */
  readonly holds: string;
}

/** Milliseconds from the start of a process to its first answer. The process is ended before this comes back. */
export async function startToAnswer(file: string, environment: Readonly<Record<string, string>>, { body, holds }: FirstAnswer): Promise<number> {
  const start = performance.now();
  const server = await startProcess(file, { PORT: '0', LOG_LEVEL: 'warn', ...environment }, (line) => line.includes('http://'));
  try {
    const answer = await post(/http:\S+/.exec(server.line)?.[0] ?? '', body);
    const elapsed = performance.now() - start;
    if (!answer.includes(holds)) throw new Error(`${file} answered ${answer.slice(0, 300)}`);
    return elapsed;
  } finally {
    await endProcess(server);
  }
}

export const productToAnswer = (environment: Readonly<Record<string, string>>, answer: FirstAnswer): Promise<number> => startToAnswer(MAIN, environment, answer);

/** The same to the first word of a process that answers nothing. */
export async function startToLine(file: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const start = performance.now();
  const server = await startProcess(file, environment);
  const elapsed = performance.now() - start;
  await endProcess(server);
  return elapsed;
}
