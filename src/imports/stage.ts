import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';

/** Sent at once: large enough that sending costs nothing, small enough to keep. */
const CHUNK = 1 << 16;

/** Sends rows to a table by COPY, no faster than the server takes them. */
export class Copying {
  readonly #stream: import('pg-copy-streams').CopyStreamQuery;
  readonly #done: Promise<void>;
  /** Once the connection is gone: then the stream may neither end nor fail. */
  readonly #gone: Promise<unknown>;
  #waiting = '';

  private constructor(client: Client, stream: import('pg-copy-streams').CopyStreamQuery) {
    this.#stream = stream;
    this.#done = finished(stream);
    // Told where the rows are sent, or at the end.
    this.#done.catch(() => undefined);
    this.#gone = once(client, 'end');
    this.#gone.catch(() => undefined);
  }

  static async into(client: Client, table: string): Promise<Copying> {
    const { from } = await import('pg-copy-streams');
    return new Copying(client, client.query(from(`copy ${table} from stdin`)));
  }

  async send(rows: string): Promise<void> {
    this.#waiting += rows;
    if (this.#waiting.length < CHUNK) return;
    const text = this.#waiting;
    this.#waiting = '';
    if (!this.#hand(() => this.#stream.write(text))) await Promise.race([once(this.#stream, 'drain'), this.#done]);
  }

  async end(): Promise<void> {
    this.#hand(() => this.#stream.end(this.#waiting));
    await this.#done;
  }

  /** Gives up; the transaction cannot be used any more. */
  async abort(reason: unknown): Promise<void> {
    try {
      this.#stream.destroy(reason instanceof Error ? reason : new Error('given up'));
    } catch {
      // Of a connection that is gone there is nothing to give up.
      return;
    }
    await Promise.race([this.#done, this.#gone]).catch(() => undefined);
  }

  /** The stream throws where its connection is gone: it reads from what it has let go of. */
  #hand<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      throw new Error('Connection terminated unexpectedly', { cause });
    }
  }
}
