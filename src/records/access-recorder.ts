import { randomUUID } from 'node:crypto';
import type { Instant } from '../kernel/civil-day.ts';
import { sqlErrorKind, isPassing } from '../persistence/sql-errors.ts';
import { timestamp } from '../persistence/sql.ts';
import { checkEntry, contentOfAccess } from './access-row.ts';
import type { AccessEntry } from './access-row.ts';
import { CHAIN_BEGINNING, linkOf, yearOfInstant } from './chain-row.ts';
import type { Advance } from './head-writer.ts';
import type { RecordKeys } from './keys.ts';
import { RecordError } from './record-error.ts';

/** A connection of the recorder's own: requests that wait for it may hold all others. */
export interface RecorderConnection {
  query(text: string, values: unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

export interface AccessRecorderOptions {
  readonly connect: () => Promise<RecorderConnection>;
  readonly keys: RecordKeys;
  readonly advance: Advance;
  readonly clock: () => number;
  /** How many entries may wait; more are refused at once. */
  readonly maxWaiting?: number;
  /** How many are stored by one statement. */
  readonly batchSize?: number;
  /** How long an entry may wait before it is refused. */
  readonly timeoutMs?: number;
  /** Told of each statement that failed, with what is tried again and what is given up. */
  readonly onFailure?: (error: unknown, isGivenUp: boolean) => void;
}

interface Waiting {
  readonly entry: AccessEntry;
  readonly since: number;
  resolve(): void;
  reject(error: RecordError): void;
}

/** Where the chain of this process stands. */
interface Chain {
  readonly id: string;
  readonly seq: bigint;
  readonly link: Buffer;
  readonly at: number;
}

const newChain = (): Chain => ({ id: randomUUID(), seq: 0n, link: CHAIN_BEGINNING, at: 0 });

const INSERT = `
  insert into access_record (chain, seq, recorded_at, key_id, request_id, account_id, on_behalf_of, delegation_id, operation, purpose, persons, kinds, count, link)
  select chain, seq, at, key_id, request_id, account_id, on_behalf_of, delegation_id, operation, purpose, persons::bigint[], kinds::text[], count, decode(link, 'hex')
  from json_to_recordset($1::json) as given (chain uuid, seq bigint, at timestamptz, key_id text, request_id text, account_id bigint, on_behalf_of bigint, delegation_id bigint, operation text, purpose text, persons text, kinds text, count int, link text)
  on conflict do nothing`;

const RETRY_MS = 50;

/**
 * Stores who read whose data, before the data are given out. All entries that wait while a statement runs go with the next
 * one. Links are made here, in the order of the rows; a batch whose fate a lost connection left open is sent again as it
 * was, and rows that are there stay. When it has to be given up its chain ends there and another begins, so that it does
 * not matter whether it was stored in the end.
 */
export class AccessRecorder {
  readonly #options: Required<AccessRecorderOptions>;
  #waiting: Waiting[] = [];
  #chain: Chain = newChain();
  #connection: Promise<RecorderConnection> | null = null;
  readonly #years = new Set<number>();
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor({ maxWaiting = 5_000, batchSize = 500, timeoutMs = 5_000, onFailure = () => undefined, ...rest }: AccessRecorderOptions) {
    this.#options = { maxWaiting, batchSize, timeoutMs, onFailure, ...rest };
  }

  /** How many entries are not stored yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Connects before there is anything to store, and sees to where it will lie. Where that fails the first entry tries again. */
  connect(): void {
    const connection = (this.#connection ??= this.#options.connect());
    const year = yearOfInstant(this.#options.clock() as Instant);
    connection.then(
      (made) => this.#ensureYear(made, year).catch(() => undefined),
      () => {
        if (this.#connection === connection) this.#connection = null;
      },
    );
  }

  /** Resolves once the entry is stored. Throws a RecordError ACCESS_RECORD_UNAVAILABLE when it cannot be: then nothing may be given out. */
  record(entry: AccessEntry): Promise<void> {
    checkEntry(entry);
    if (this.#isClosed || this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, since: performance.now(), resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Stores what still waits; what comes later is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    await this.#disconnect();
  }

  async #run(): Promise<void> {
    // Entries of the same turn of the event loop go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#options.batchSize);
      this.#waiting = this.#waiting.slice(batch.length);
      await this.#store(batch).catch((error: unknown) => this.#refuse(batch, error));
    }
    // At once with the finding that nothing waits: what comes now starts anew.
    this.#running = null;
  }

  async #store(batch: readonly Waiting[]): Promise<void> {
    const { rows, end, years } = this.#linked(batch);
    const values = [JSON.stringify(rows)];
    for (;;) {
      try {
        const connection = await (this.#connection ??= this.#options.connect());
        for (const year of years) await this.#ensureYear(connection, year);
        await connection.query(INSERT, values);
        this.#chain = end;
        this.#options.advance({ table: 'access_record', chain: end.id, seq: end.seq, link: end.link });
        for (const { resolve } of batch) resolve();
        return;
      } catch (error) {
        await this.#disconnect();
        const isGivenUp = !isPassing(sqlErrorKind(error)) || performance.now() - (batch[0]?.since ?? 0) > this.#options.timeoutMs;
        this.#options.onFailure(error, isGivenUp);
        if (isGivenUp) {
          this.#chain = newChain();
          this.#refuse(batch, error);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Those of the batch, and whoever has waited as long. */
  #refuse(batch: readonly Waiting[], cause: unknown): void {
    for (const { reject } of batch) reject(unavailable(cause));
    const since = performance.now() - this.#options.timeoutMs;
    for (const waiting of this.#waiting) if (waiting.since < since) waiting.reject(unavailable(cause));
    this.#waiting = this.#waiting.filter((waiting) => waiting.since >= since);
  }

  #linked(batch: readonly Waiting[]): { readonly rows: readonly object[]; readonly end: Chain; readonly years: ReadonlySet<number> } {
    const { keys, clock } = this.#options;
    const at = Math.max(clock(), this.#chain.at) as Instant;
    let { seq, link } = this.#chain;
    const chain = this.#chain.id;
    const rows = batch.map(({ entry }) => {
      seq++;
      const content = contentOfAccess(entry, chain, seq, keys);
      link = linkOf(keys, link, { table: 'access_record', chain, seq, recordedAt: at, keyId: keys.id, content: { ...content } });
      const { requestId, accountId, onBehalfOf, delegationId, operation, purpose, persons, kinds, count } = content;
      return { chain, seq: seq.toString(), at: timestamp(at), key_id: keys.id, request_id: requestId, account_id: accountId, on_behalf_of: onBehalfOf, delegation_id: delegationId, operation, purpose, persons: `{${persons.join(',')}}`, kinds: `{${kinds.join(',')}}`, count, link: link.toString('hex') };
    });
    return { rows, end: { id: chain, seq, link, at }, years: new Set([yearOfInstant(at)]) };
  }

  async #ensureYear(connection: RecorderConnection, year: number): Promise<void> {
    if (this.#years.has(year)) return;
    await connection.query('select ensure_record_year($1, $2)', ['access_record', year]);
    this.#years.add(year);
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    // One that is lost cannot be ended either, and one that was never made need not be.
    await connection?.then((made) => made.end()).catch(() => undefined);
  }
}

const unavailable = (cause?: unknown): RecordError => new RecordError('ACCESS_RECORD_UNAVAILABLE', { retryAfterSeconds: 2, cause });
