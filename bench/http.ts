import { post, requestsPerSecond, withoutCost } from './client.ts';
import { compare } from './measure.ts';
import type { Comparison } from './measure.ts';
import { endProcess, startProcess } from './processes.ts';
import { page, QUERY } from './questions.ts';

const PEOPLE = 50;
const ROUNDS = 8;
const MILLISECONDS = 2_000;
const WARM_UP = 4_000;
const CONNECTIONS = 4;

/** Requests a second of `assessMany` against the bare route of the same process; the client is this process. */
export async function benchHttp(): Promise<Comparison[]> {
  const server = await startProcess('./server.js');
  try {
    const { graphql, bare } = JSON.parse(server.line) as { readonly graphql: string; readonly bare: string };
    const body = Buffer.from(JSON.stringify({ query: QUERY, variables: { inputs: page(PEOPLE) } }));
    await requireSameAnswer(graphql, bare, body);
    for (const url of [graphql, bare]) await requestsPerSecond(url, body, CONNECTIONS, WARM_UP);
    return [
      await compare(
        { name: `assessMany of ${PEOPLE} people of four places`, unit: 'requests/s', target: { relation: 'atLeast', ratio: 0.6 } },
        ROUNDS,
        () => requestsPerSecond(graphql, body, CONNECTIONS, MILLISECONDS),
        () => requestsPerSecond(bare, body, CONNECTIONS, MILLISECONDS),
      ),
    ];
  } finally {
    await endProcess(server);
  }
}

async function requireSameAnswer(graphql: string, bare: string, body: Buffer): Promise<void> {
  const [ours, theirs] = await Promise.all([graphql, bare].map((url) => post(url, body)));
  if (withoutCost(ours) !== theirs) throw new Error('the two routes give different answers');
}
