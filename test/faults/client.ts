import { request } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: GraphqlBody;
}

export interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A request under way. */
export interface Sent {
  /** What came back; `broken`: the connection ended before there was an answer. Never rejects. */
  readonly outcome: Promise<HttpAnswer | { readonly broken: string }>;
  isSettled(): boolean;
  /** Leaves, as a client does whose connection breaks. */
  leave(): void;
}

export const isAnswer = (outcome: HttpAnswer | { readonly broken: string }): outcome is HttpAnswer => 'status' in outcome;

/** Sends one operation on a connection of its own. */
export function send(url: URL, body: object, headers: Readonly<Record<string, string>> = {}): Sent {
  let isSettled = false;
  let leave = (): void => undefined;
  const outcome = new Promise<HttpAnswer | { readonly broken: string }>((resolve) => {
    const settle = (found: HttpAnswer | { readonly broken: string }): void => {
      isSettled = true;
      resolve(found);
    };
    const sent = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => (text += data));
      response.on('error', (error: NodeJS.ErrnoException) => settle({ broken: error.code ?? error.message }));
      response.on('end', () => settle({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null, body: JSON.parse(text) as GraphqlBody }));
    });
    leave = () => sent.socket?.resetAndDestroy() ?? sent.destroy();
    sent.on('error', (error: NodeJS.ErrnoException) => settle({ broken: error.code ?? error.message })).end(JSON.stringify(body));
  });
  return { outcome, isSettled: () => isSettled, leave: () => leave() };
}

export const codesOfAnswer = ({ body }: HttpAnswer): unknown[] => (body.errors ?? []).map(({ extensions }) => extensions['code']);

export type Health = 'ready' | 'not ready' | 'no answer';

/** What `/health/ready` says, with the moments between which it said so. */
export async function readiness(url: URL): Promise<{ readonly health: Health; readonly from: number; readonly to: number }> {
  const from = performance.now();
  const health = await fetch(new URL('/health/ready', url), { headers: { connection: 'close' } }).then(({ status }): Health => (status === 200 ? 'ready' : 'not ready'), (): Health => 'no answer');
  return { health, from, to: performance.now() };
}
