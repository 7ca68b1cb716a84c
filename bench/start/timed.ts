import { demoSubject } from '../../src/access/tokens/demo-identities.ts';
import { DEVELOPMENT_KEY_FILE, issueToken } from '../../src/access/tokens/development-issuer.ts';
import { secretIn } from '../../src/persistence/embedded/secret.ts';
import { post } from '../client.ts';
import { endProcess, startProcess } from '../processes.ts';

const MAIN = '../src/main.js';

interface FirstAnswer {
  readonly body: Buffer;
  /** What the answer has to hold; else what was timed is a refusal. */
  readonly holds: string;
  /** The demo identity that asks; absent: nobody. */
  readonly as?: string;
}

/** Milliseconds from the start of a process to its first answer. The process is ended before this comes back. */
export async function startToAnswer(file: string, environment: Readonly<Record<string, string>>, { body, holds, as }: FirstAnswer): Promise<number> {
  const start = performance.now();
  const server = await startProcess(file, { PORT: '0', LOG_LEVEL: 'warn', ...environment }, (line) => line.includes('http://'));
  try {
    const headers: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${await issueToken(secretIn(environment['DATA_DIR'] ?? '', DEVELOPMENT_KEY_FILE), 'shixun', demoSubject(as), false, 1)}` };
    const answer = await post(/http:\S+/.exec(server.line)?.[0] ?? '', body, false, headers);
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
