import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { HEADS_FOLDER } from './chain-head.ts';
import type { ChainHead, HeadSigner } from './chain-head.ts';

/** Is told how far a chain has come, after the commit. */
export type Advance = (head: ChainHead) => void;

export interface HeadWriterOptions {
  readonly dataFolder: string;
  readonly signer: HeadSigner;
  readonly clock: () => number;
  /** At most once in this time a head of each chain is written. */
  readonly everyMs?: number;
  /** Told once when heads can no longer be written, and once when they can again (null). */
  readonly onTrouble?: (error: NodeJS.ErrnoException | null) => void;
  /** Adds to a file and waits for the disk. */
  readonly append?: (path: string, text: string) => Promise<void>;
}

const EVERY_MS = 1_000;
const THIN_ABOVE_BYTES = 1_000_000;
/** Of a file that has become long one line in so many stays, and the last of each chain. */
const KEEP_ONE_IN = 16;

/**
 * Keeps signed heads outside the database, so that a tail cut off there is noticed. Written by the way, never waited for by
 * what is told: a head is at most as far as its chain, and a disk that is full costs no effect. Each process has a file of
 * its own, since several may serve one database.
 */
export class HeadWriter {
  readonly #options: Required<Omit<HeadWriterOptions, 'dataFolder'>>;
  readonly #folder: string;
  readonly #path: string;
  readonly #pending = new Map<string, ChainHead>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #trouble: NodeJS.ErrnoException | null = null;
  #isTorn = false;
  #bytes = 0;

  constructor({ dataFolder, everyMs = EVERY_MS, onTrouble = () => undefined, append = appendSynced, signer, clock }: HeadWriterOptions) {
    this.#options = { everyMs, onTrouble, append, signer, clock };
    this.#folder = join(dataFolder, HEADS_FOLDER);
    this.#path = join(this.#folder, `${clock()}-${randomBytes(4).toString('hex')}.ndjson`);
  }

  /** Why heads cannot be written at the moment; null: they can. */
  get trouble(): NodeJS.ErrnoException | null {
    return this.#trouble;
  }

  readonly advanced: Advance = (head) => {
    const chain = `${head.table}/${head.chain}`;
    const known = this.#pending.get(chain);
    if (known && known.seq >= head.seq) return;
    this.#pending.set(chain, head);
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.everyMs).unref();
  };

  /** Writes what there is now. Never throws: `trouble` tells. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #write(): Promise<void> {
    const heads = [...this.#pending];
    if (heads.length === 0) return;
    const { signer, clock, append } = this.#options;
    // After a write that failed the last line may lack its end.
    const text = `${this.#isTorn ? '\n' : ''}${heads.map(([, head]) => `${signer.line(head, clock())}\n`).join('')}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await append(this.#path, text);
    } catch (error) {
      this.#isTorn = true;
      this.#tell(error as NodeJS.ErrnoException);
      // Tried again at the same pace, though nothing advances in the meantime.
      this.#timer ??= setTimeout(() => void this.flush(), this.#options.everyMs).unref();
      return;
    }
    this.#isTorn = false;
    for (const [chain, head] of heads) if (this.#pending.get(chain) === head) this.#pending.delete(chain);
    this.#tell(null);
    this.#bytes += text.length;
    if (this.#bytes > THIN_ABOVE_BYTES) await this.#thin().catch(() => undefined);
  }

  #tell(error: NodeJS.ErrnoException | null): void {
    const isNews = (error === null) !== (this.#trouble === null);
    this.#trouble = error;
    if (isNews) this.#options.onTrouble(error);
  }

  /** A process that runs for years would fill the disk. The last of each chain is all that a cut tail is told by. */
  async #thin(): Promise<void> {
    const lines = (await readFile(this.#path, 'utf8')).split('\n').filter((line) => line !== '');
    const last = new Map(lines.flatMap((line) => {
      const read = this.#options.signer.read(line);
      return read ? [[`${read.head.table}/${read.head.chain}`, line] as const] : [];
    }));
    const kept = new Set(last.values());
    const text = lines.filter((line, index) => index % KEEP_ONE_IN === 0 || kept.has(line)).map((line) => `${line}\n`).join('');
    const anew = `${this.#path}.new`;
    const file = await open(anew, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(anew, this.#path);
    this.#bytes = text.length;
  }
}

async function appendSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
