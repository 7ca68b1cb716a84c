import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A statement as it passes by. */
export interface Statement {
  readonly sql: string;
  /** What came of it, such as `COMMIT` or `INSERT 0 1`, as soon as its answer was seen; `ERROR` for one that failed. */
  answer: string | null;
}

/** One connection to the database as the proxy sees it. */
export interface Line {
  /** All statements of the connection, those held back too. */
  readonly statements: readonly Statement[];
  /** Number of the process of the database that serves it; null: it has not said so yet. */
  readonly backend: number | null;
  /** Passes on what was held, and all that follows. */
  release(): void;
  /** Ends it on both sides at once, with what was held: as a network does that breaks. */
  cut(): void;
}

/**
 * Is asked before a statement is passed on, and before its answer is. `hold`: it and all that follows on this connection
 * waits; `hold answers`: it is passed on, and nothing comes back.
 */
export type Watch = (moment: 'asked' | 'answered', statement: Statement, line: Line) => 'hold' | 'hold answers' | null;

/**
 * Stands before a database and can stop passing anything on, as a machine does that has stalled; be slow; break its
 * connections; and hold one of them at a given statement.
 */
export interface DatabaseProxy {
  readonly url: string;
  readonly lines: ReadonlySet<Line>;
  watch: Watch | null;
  /** How long each message takes, in milliseconds. */
  delayMs: number;
  /** Nothing is refused, and nothing answered. */
  stall(): void;
  resume(): void;
  /** Ends all connections at once, as a machine does that is gone. */
  reset(): void;
  close(): void;
}

export async function databaseProxy(target: string): Promise<DatabaseProxy> {
  const to = new URL(target);
  const lines = new Set<OpenLine>();
  let isStalled = false;
  const server = createServer((near) => {
    const line: OpenLine = new OpenLine(near, connect(Number(to.port), to.hostname), proxy, () => lines.delete(line));
    lines.add(line);
    if (isStalled) line.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: DatabaseProxy = {
    url: Object.assign(new URL(target), { port: String((server.address() as AddressInfo).port) }).toString(),
    lines,
    watch: null,
    delayMs: 0,
    stall() {
      isStalled = true;
      for (const line of lines) line.pause();
    },
    resume() {
      isStalled = false;
      for (const line of lines) line.resume();
    },
    reset: () => [...lines].forEach((line) => line.cut()),
    close() {
      server.close();
      proxy.reset();
    },
  };
  return proxy;
}

type Side = 'near' | 'far';

class OpenLine implements Line {
  readonly statements: Statement[] = [];
  backend: number | null = null;
  readonly #sockets: Readonly<Record<Side, Socket>>;
  readonly #proxy: DatabaseProxy;
  /** What is held on its way to a side; null: everything is passed on. */
  readonly #held: Record<Side, Buffer[] | null> = { near: null, far: null };
  /** The database has gone, and what it said last is held. */
  #isOver = false;
  #late: Promise<void> = Promise.resolve();

  constructor(near: Socket, far: Socket, proxy: DatabaseProxy, onEnd: () => void) {
    this.#sockets = { near, far };
    this.#proxy = proxy;
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', () => undefined).on('close', onEnd);
    near.on('close', () => far.destroy());
    // What the database said before it went is still to be heard.
    far.on('close', () => (this.#held.near ? (this.#isOver = true) : near.destroy()));
    // The first message of a client has no type.
    near.on('data', splitter(true, (type, message) => this.#pass('far', message, () => this.#asked(type, message))));
    far.on('data', splitter(false, (type, message) => this.#pass('near', message, () => this.#answered(type, message))));
  }

  pause(): void {
    for (const socket of Object.values(this.#sockets)) socket.pause();
  }

  resume(): void {
    for (const socket of Object.values(this.#sockets)) socket.resume();
  }

  release(): void {
    for (const side of ['far', 'near'] as const) {
      const held = this.#held[side];
      this.#held[side] = null;
      for (const message of held ?? []) this.#sockets[side].write(message);
    }
    if (this.#isOver) this.#sockets.near.end();
  }

  cut(): void {
    this.#held.near = this.#held.far = null;
    for (const socket of Object.values(this.#sockets)) socket.resetAndDestroy();
  }

  #pass(to: Side, message: Buffer, look: () => ReturnType<Watch>): void {
    const wanted = this.#held[to] ? null : look();
    if (wanted === 'hold') this.#held[to] ??= [];
    if (wanted !== null) this.#held.near ??= [];
    const held = this.#held[to];
    if (held) return void held.push(message);
    const write = (): void => void this.#sockets[to].write(message);
    if (this.#proxy.delayMs === 0) return write();
    this.#late = this.#late.then(() => new Promise<void>((resolve) => setTimeout(resolve, this.#proxy.delayMs))).then(write);
  }

  #asked(type: string, message: Buffer): ReturnType<Watch> {
    // A query, or the parsing of one with parameters: behind the name of the prepared statement, which is empty.
    const from = type === 'Q' ? 5 : type === 'P' ? message.indexOf(0, 5) + 1 : null;
    if (from === null) return null;
    const statement: Statement = { sql: message.toString('utf8', from, message.indexOf(0, from)), answer: null };
    this.statements.push(statement);
    return this.#proxy.watch?.('asked', statement, this) ?? null;
  }

  #answered(type: string, message: Buffer): ReturnType<Watch> {
    if (type === 'K') this.backend = message.readInt32BE(5);
    const statement = this.statements.at(-1);
    if (!statement || statement.answer !== null || (type !== 'C' && type !== 'E')) return null;
    statement.answer = type === 'C' ? message.toString('utf8', 5, message.length - 1) : 'ERROR';
    return this.#proxy.watch?.('answered', statement, this) ?? null;
  }
}

/** Cuts a stream into the messages of the protocol, each with its head. */
function splitter(isFirstWithoutType: boolean, each: (type: string, message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let hasType = !isFirstWithoutType;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = hasType ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = hasType ? String.fromCharCode(message[0] ?? 0) : '';
      hasType = true;
      each(type, message);
    }
  };
}
