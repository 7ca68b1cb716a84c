import { Agent } from 'node:http';
import { loadRegistry } from '../../src/load-registry.ts';
import { post } from '../client.ts';
import { compare, median } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { bodyOf } from '../pages/query.ts';
import { endProcess, startProcess } from '../processes.ts';
import { keptStore } from '../stores/kept-store.ts';
import { AS_HEADER } from '../stores/product.ts';
import type { GrowthPage } from './pages.ts';

const SMALL = 2_000;
const LARGE = 200_000;
const ROUNDS = 5;
const REQUESTS = 9;
const WARM_UP = 12;

interface Serving {
  readonly graphql: string;
  readonly pages: readonly GrowthPage[];
}

/** Milliseconds of a page of assessed teachers in a large store against the same kind of page in a small one. */
export async function benchGrowth(): Promise<Comparison[]> {
  const registry = await loadRegistry();
  const folders = { small: await keptStore(registry, SMALL), large: await keptStore(registry, LARGE) };
  const small = await startProcess('./growth/server.js', { DATA_DIR: folders.small });
  const large = await startProcess('./growth/server.js', { DATA_DIR: folders.large });
  try {
    const [few, many] = [small, large].map(({ line }) => JSON.parse(line) as Serving) as [Serving, Serving];
    const compared: Comparison[] = [];
    for (const [index, page] of many.pages.entries()) {
      const ours = timeOf(many, index);
      const reference = timeOf(few, index);
      for (const warm of [ours, reference]) await warm(WARM_UP);
      compared.push(await compare({ name: `${page.name}: ${LARGE.toLocaleString('en')} teachers against ${SMALL.toLocaleString('en')}`, unit: 'ms a teacher', target: { relation: 'atMost', ratio: 1.3 } }, ROUNDS, () => ours(REQUESTS), () => reference(REQUESTS)));
    }
    return compared;
  } finally {
    await Promise.all([endProcess(small), endProcess(large)]);
  }
}

/** The median of some requests, one after another over one connection, for each teacher of the page. */
function timeOf({ graphql, pages }: Serving, index: number): (requests: number) => Promise<number> {
  const { asked, as } = pages[index] as GrowthPage;
  const body = bodyOf(asked);
  const headers: Record<string, string> = as === undefined ? {} : { [AS_HEADER]: as };
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async (requests) => {
    const times: number[] = [];
    for (let request = 0; request < requests; request++) {
      const start = performance.now();
      const answer = await post(graphql, body, agent, headers);
      if (answer.includes('"errors"')) throw new Error(answer.slice(0, 300));
      times.push((performance.now() - start) / Math.max(1, answer.split('"userErrors"').length - 1));
    }
    return median(times);
  };
}
