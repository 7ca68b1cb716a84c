import { join } from 'node:path';
import { compare } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { bodyOf } from '../pages/query.ts';
import { page } from '../questions.ts';
import { temporaryCluster } from '../stores/cluster.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { productToAnswer, startToAnswer, startToLine } from './timed.ts';

const FIRST_ROUNDS = 4;
const ROUNDS = 7;

const PAGE = { body: bodyOf({ first: 50, after: null, filter: {}, at: '2025-12-31T12:00:00+08:00', decision: 'creditCompletion' }), holds: '"verdict":"NOT_MET"', as: 'authority' };
const ASSESS = 'query First($input: AssessInput!) { assess(input: $input) { assessment { verdict } } }';
const QUESTION = { body: Buffer.from(JSON.stringify({ query: ASSESS, variables: { input: page(1)[0] } })), holds: '"verdict":"MET"' };

type Environment = Readonly<Record<string, string>>;
type Measure = (environment: Environment) => Promise<number>;

const product: Measure = (environment) => productToAnswer(environment, PAGE);
const plain: Measure = (environment) => startToLine('./start/plain-server.js', environment);

/** The product with its own server against that server alone; and the product with a server that runs already against a process that answers a constant. */
export async function benchStarts(): Promise<Comparison[]> {
  return [
    await compare({ name: 'first start, demo and all, to a page of 50', unit: 'ms', target: { relation: 'atMost', ratio: 25 } }, FIRST_ROUNDS, () => inNewFolder(product), () => inNewFolder(plain)),
    await laterStarts(),
    await withoutOwnServer(),
  ];
}

async function inNewFolder(measure: Measure): Promise<number> {
  const folder = temporaryFolder();
  try {
    return await measure({ DATA_DIR: join(folder.path, 'data') });
  } finally {
    folder.remove();
  }
}

async function laterStarts(): Promise<Comparison> {
  const folder = temporaryFolder();
  const [ours, theirs] = ['product', 'plain'].map((name): Environment => ({ DATA_DIR: join(folder.path, name) })) as [Environment, Environment];
  try {
    for (let start = 0; start < 2; start++) {
      await product(ours);
      await plain(theirs);
    }
    return await compare({ name: 'later start to a page of 50', unit: 'ms', target: { relation: 'atMost', ratio: 4 } }, ROUNDS, () => product(ours), () => plain(theirs));
  } finally {
    folder.remove();
  }
}

async function withoutOwnServer(): Promise<Comparison> {
  const cluster = await temporaryCluster();
  try {
    await cluster.create('started');
    const environment = { DATABASE_URL: cluster.url('started'), DATA_DIR: cluster.folder };
    const ours = (): Promise<number> => productToAnswer(environment, QUESTION);
    const reference = (): Promise<number> => startToAnswer('./start/constant-server.js', {}, QUESTION);
    // The first runs migrate the database and write the compile cache.
    for (const warmUp of [ours, reference, ours, reference]) await warmUp();
    return await compare({ name: 'start with DATABASE_URL to first answer', unit: 'ms', target: { relation: 'atMost', ratio: 4 } }, ROUNDS, ours, reference);
  } finally {
    await cluster.stop();
  }
}
