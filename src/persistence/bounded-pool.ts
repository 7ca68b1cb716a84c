import type { Client, Pool, PoolClient } from 'pg';

/** How many may wait for a connection of the pool, and how long. */
export interface QueueLimits {
  readonly queueSize: number;
  readonly queueTimeoutMs: number;
  /** How long the client waits for an answer to a statement: longer than the server's own limit, which acts unless the server is stalled. */
  readonly answerTimeoutMs: number;
}

/** Thrown instead of waiting longer, or in a longer queue, for a connection. */
export class OverloadError extends Error {
  readonly code = 'OVERLOADED';

  constructor(reason: string) {
    super(reason);
    this.name = 'OverloadError';
  }
}

/** What the pool does just now. */
export interface PoolState {
  readonly inUse: number;
  readonly idle: number;
  readonly waiting: number;
  readonly size: number;
}

type Callback = (error?: Error, client?: PoolClient, release?: PoolClient['release']) => void;

/** What of a client its types do not say. */
interface Inner {
  readonly connectionParameters: { query_timeout: number | false };
  _activeQuery?: unknown;
  query: Client['query'];
}

/**
 * Bounds the queue in front of a pool: who would be one too many is refused at once, and who has waited too long is too.
 * The pool's own time-out cannot tell a queue from a server that does not answer, and has no bound on numbers. A
 * connection whose statement never ended is closed when it is given back, so that a stalled server keeps none for ever.
 */
export function boundQueue(pool: Pool, limits: QueueLimits): () => PoolState {
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  let waiting = 0;
  const known = new WeakSet<PoolClient>();
  const taken = (client: PoolClient): PoolClient => {
    const inner = client as unknown as Inner;
    if (!known.has(client)) {
      known.add(client);
      inner.connectionParameters.query_timeout = limits.answerTimeoutMs;
      // Why the server ended the connection (a transaction that was idle too long) it says once, to nobody in particular.
      client.once('error', (error) => {
        inner.query = (() => Promise.reject(error)) as unknown as Client['query'];
        // Whoever has it may fail to give it back: a transaction that cannot be rolled back does.
        client.release(true);
      });
      giveUpOnce(client, inner);
    }
    const { release } = client;
    let isReleased = false;
    client.release = (reason) => {
      if (isReleased) return;
      isReleased = true;
      release.call(client, reason ?? (inner._activeQuery ? true : undefined));
    };
    return client;
  };
  const wait = async (): Promise<PoolClient> => {
    if (waiting >= limits.queueSize) throw new OverloadError(`${waiting} already wait for a connection`);
    waiting++;
    try {
      return await inTime(connect(), limits.queueTimeoutMs);
    } finally {
      waiting--;
    }
  };
  const isFull = (): boolean => pool.idleCount === 0 && pool.totalCount >= pool.options.max;
  const take = async (): Promise<PoolClient> => taken(await (isFull() ? wait() : connect()));
  pool.connect = ((callback?: Callback) => (callback ? void take().then((client) => callback(undefined, client, client.release), callback) : take())) as typeof pool.connect;
  return () => ({ inUse: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting, size: pool.options.max });
}

/** A server that has not answered one statement in time answers no other: what is to be rolled back is not waited for once more. */
function giveUpOnce(client: PoolClient, inner: Inner): void {
  inner.query = ((...args: unknown[]) => {
    const answer: unknown = (Object.getPrototypeOf(client) as { query(...given: unknown[]): unknown }).query.apply(client, args);
    // Heard once, above.
    if (answer instanceof Promise) answer.catch((error: Error) => void (error.message === 'Query read timeout' && client.listenerCount('error') > 0 && client.emit('error', error)));
    return answer;
  }) as unknown as Client['query'];
}

/** A connection that comes too late is given back. */
function inTime(connected: Promise<PoolClient>, milliseconds: number): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new OverloadError(`no connection was free within ${milliseconds} ms`));
    }, milliseconds);
    connected.then(
      (client) => (isLate ? client.release() : resolve(client)),
      (error: Error) => reject(/timeout exceeded when trying to connect/.test(error.message) ? new OverloadError('no connection was free in time') : error),
    ).finally(() => clearTimeout(timer));
  });
}
