import { Agent, request } from 'node:http';

/** Sends JSON and gives the text of the answer. By `node:http`, because the first `fetch` of a process takes long itself. */
export function post(url: string, body: Buffer, agent: Agent | false = false, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

/** Requests a second over so many connections that are kept open, each sending its next when the last is answered. */
export async function requestsPerSecond(url: string, body: Buffer, connections: number, milliseconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const start = performance.now();
  let answered = 0;
  const keepAsking = async (): Promise<void> => {
    while (performance.now() - start < milliseconds) {
      await post(url, body, agent);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  const elapsed = performance.now() - start;
  agent.destroy();
  return (answered / elapsed) * 1000;
}

/** An answer without what it says of its cost: the bare route knows of none. */
export const withoutCost = (answer: string | undefined): string | undefined => answer?.replace(/,"extensions":\{"cost":\{[^}]*\}\}\}$/, '}');
