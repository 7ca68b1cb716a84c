import { loadRegistry } from '../../src/load-registry.ts';
import { post, requestsPerSecond, withoutCost } from '../client.ts';
import { compare } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { endProcess, startProcess } from '../processes.ts';
import { keptStore } from '../stores/kept-store.ts';
import type { ChosenPage } from './choose-pages.ts';
import { bodyOf } from './query.ts';

const TEACHERS = 2_000;
const ROUNDS = 8;
const MILLISECONDS = 2_500;
const WARM_UP = 4_000;
const CONNECTIONS = 16;

interface Serving {
  readonly graphql: string;
  readonly bare: string;
  readonly pages: readonly ChosenPage[];
}

/** Requests a second of pages of assessed teachers against the bare page of the same process; the client is this process. */
export async function benchPages(): Promise<Comparison[]> {
  const server = await startProcess('./pages/server.js', { DATA_DIR: await keptStore(await loadRegistry(), TEACHERS) });
  try {
    const serving = JSON.parse(server.line) as Serving;
    const compared: Comparison[] = [];
    for (const page of serving.pages) compared.push(await comparePage(serving, page));
    return compared;
  } finally {
    await endProcess(server);
  }
}

async function comparePage({ graphql, bare }: Serving, { name, asked }: ChosenPage): Promise<Comparison> {
  const body = bodyOf(asked);
  const rate = (url: string, milliseconds: number) => requestsPerSecond(url, body, CONNECTIONS, milliseconds);
  for (const url of [graphql, bare]) await rate(url, WARM_UP);
  // Once more, because the first answers to a query are not yet those of its compiled form.
  const [ours, theirs] = await Promise.all([graphql, bare].map((url) => post(url, body)));
  if (ours === undefined || withoutCost(ours) !== theirs || ours.includes('"errors"')) throw new Error(`${name}: the two routes give different answers`);
  return compare({ name, unit: 'requests/s', target: { relation: 'atLeast', ratio: 0.6 } }, ROUNDS, () => rate(graphql, MILLISECONDS), () => rate(bare, MILLISECONDS));
}
