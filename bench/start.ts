import { post } from './client.ts';
import { compare } from './measure.ts';
import type { Comparison } from './measure.ts';
import { endProcess, startProcess } from './processes.ts';
import { page } from './questions.ts';

const ROUNDS = 11;

const QUERY = 'query First($input: AssessInput!) { assess(input: $input) { assessment { verdict } } }';

/** Milliseconds from the start of the process to its first answer to a question. Both are asked the same. */
async function startToAnswer(file: string): Promise<number> {
  const start = performance.now();
  const server = await startProcess(file, { PORT: '0', LOG_LEVEL: 'warn' });
  try {
    const address = /http:\S+/.exec(server.line)?.[0];
    const answer = await post(address ?? '', Buffer.from(JSON.stringify({ query: QUERY, variables: { input: page(1)[0] } })));
    const elapsed = performance.now() - start;
    if (!answer.includes('"verdict":"MET"')) throw new Error(`${file} answered ${answer}`);
    return elapsed;
  } finally {
    await endProcess(server);
  }
}

/** `npm start` without its build against a server that answers a constant, as processes of their own. */
export async function benchStart(): Promise<Comparison[]> {
  const ours = (): Promise<number> => startToAnswer('../src/main.js');
  const reference = (): Promise<number> => startToAnswer('./constant-server.js');
  // The first runs write the compile cache.
  for (const warmUp of [ours, reference, ours, reference]) await warmUp();
  return [await compare({ name: 'start to first answer', unit: 'ms', target: { relation: 'atMost', ratio: 4 } }, ROUNDS, ours, reference)];
}
