import type { ChainHead } from '../chain-head.ts';
import { linkOf } from '../chain-row.ts';
import type { ChainedRow, RecordTable } from '../chain-row.ts';
import type { RecordKeys } from '../keys.ts';
import { shortLink } from './record-finding.ts';
import type { RecordFinding, RecordFindingCode } from './record-finding.ts';

/** A place in a chain that is taken to be right. */
export interface Anchor {
  readonly seq: bigint;
  readonly link: Buffer;
}

interface Seen {
  readonly row: ChainedRow;
  readonly link: Buffer;
}

/** A row that is not as it was written where it stands, with what stands before it. */
interface Suspect extends Seen {
  readonly before: Buffer;
  readonly asSeq: bigint;
  readonly ought: Buffer;
}

/** How many of them are compared with each other; more are told as altered. */
const MAX_SUSPECTS = 64;
/** A chain that was written anew differs from every head that follows: some of them say enough. */
const MAX_MISMATCHES = 20;
/** How many rows in a row may be wrong before the check goes on from the last of them. */
const WINDOW = 32;

/**
 * Reads one chain, row by row in its order, and says what is wrong with it. Rows that do not fit are held until one comes
 * that does; from how it fits follows what became of those before it: it may follow the last good row directly (they were
 * put in), or them (they were altered), by its own number or by one that was shifted.
 */
export class ChainCheck {
  readonly #keys: RecordKeys;
  readonly #table: RecordTable;
  readonly #chain: string;
  readonly #heads: ReadonlyMap<bigint, readonly ChainHead[]>;
  readonly #furthest: bigint;
  readonly #found: RecordFinding[] = [];
  #good: Anchor;
  #doubtful: Seen[] = [];
  readonly #suspects: Suspect[] = [];
  /** By how much the numbers were moved: rows that were put in push those after them on. */
  #shift = 0n;
  #last: bigint;
  #mismatches = 0;
  #count = 0;

  /** `heads`: of this chain, signed by us. */
  constructor(keys: RecordKeys, table: RecordTable, chain: string, start: Anchor, heads: readonly ChainHead[]) {
    this.#keys = keys;
    this.#table = table;
    this.#chain = chain;
    this.#good = start;
    this.#last = start.seq;
    this.#heads = Map.groupBy(heads, ({ seq }) => seq);
    this.#furthest = heads.reduce((most, { seq }) => (seq > most ? seq : most), 0n);
    this.#compareHeads(start.seq, start.link);
  }

  get count(): number {
    return this.#count;
  }

  read(row: ChainedRow, link: Buffer): void {
    this.#count++;
    if (row.seq > this.#last) this.#last = row.seq;
    if (!this.#keys.has(row.keyId)) {
      this.#say('UNKNOWN_KEY', row.seq, this.#keys.id, row.keyId.slice(0, 40));
      this.#settle(null);
      this.#good = { seq: row.seq - this.#shift, link };
      return;
    }
    const seen = { row, link };
    const fit = this.#fit(seen);
    if (fit) {
      this.#settle({ ...fit, seen });
      this.#shift = row.seq - fit.asSeq;
      this.#goOn(seen);
      return;
    }
    const before = this.#doubtful.at(-1)?.row.seq ?? this.#good.seq + this.#shift;
    if (row.seq > before + 1n) {
      // Nothing tells whether this one is as it was: what it follows is gone.
      this.#settle(null);
      this.#say('REMOVED', row.seq, `${before + 1n}${row.seq > before + 2n ? `–${row.seq - 1n}` : ''}`, row.seq.toString());
      this.#goOn(seen);
      return;
    }
    this.#doubtful.push(seen);
    if (this.#doubtful.length >= WINDOW) {
      this.#settle(null);
      this.#goOn(seen);
    }
  }

  /** Everything was read. */
  end(): RecordFinding[] {
    this.#settle(null);
    this.#judgeSuspects();
    if (this.#furthest > this.#last) this.#say('CUT_TAIL', this.#last + 1n, this.#furthest.toString(), this.#last.toString());
    return this.#found.sort((a, b) => Number(BigInt(a.seq ?? 0) - BigInt(b.seq ?? 0)));
  }

  #goOn({ row, link }: Seen): void {
    this.#good = { seq: row.seq - this.#shift, link };
    this.#compareHeads(row.seq, link);
  }

  /** Behind which link, and under which number, a row is as it was written; null: nowhere near. */
  #fit({ row, link }: Seen): { readonly after: Anchor; readonly asSeq: bigint } | null {
    const own = row.seq - this.#shift;
    const follows = (after: Anchor, asSeq: bigint): boolean => linkOf(this.#keys, after.link, row, asSeq).equals(link);
    if (this.#doubtful.length === 0) return own === this.#good.seq + 1n && follows(this.#good, own) ? { after: this.#good, asSeq: own } : null;
    // Directly after the last good row, as if there were nothing between. Where one of those between follows it in turn, they
    // changed places, and what comes later tells.
    const next = this.#good.seq + 1n;
    if (follows(this.#good, next) && (own === next || !this.#doubtful.some((other) => linkOf(this.#keys, link, other.row, next + 1n).equals(other.link)))) return { after: this.#good, asSeq: next };
    for (const after of this.#linksNear()) for (const asSeq of [own, own - 1n, own + 1n]) if (follows(after, asSeq)) return { after, asSeq };
    return null;
  }

  /** The links of doubtful rows, as stored and as they ought to be. */
  #linksNear(): Anchor[] {
    let before = this.#good.link;
    return this.#doubtful.flatMap(({ row, link }) => {
      const ought = linkOf(this.#keys, before, row, row.seq - this.#shift);
      before = link;
      return [{ seq: row.seq - this.#shift, link }, { seq: row.seq - this.#shift, link: ought }];
    });
  }

  /** Says what became of the doubtful rows, by the one that fits again. */
  #settle(fit: { readonly after: Anchor; readonly asSeq: bigint; readonly seen: Seen } | null): void {
    if (this.#doubtful.length === 0) return;
    const isDirect = fit !== null && fit.after === this.#good;
    const shift = fit === null ? this.#shift : fit.seen.row.seq - fit.asSeq;
    const isBeyondHeads = (seq: bigint): boolean => fit === null && this.#furthest > 0n && seq > this.#furthest;
    let before = this.#good.link;
    for (const { row, link } of this.#doubtful) {
      const { seq } = row;
      const ought = linkOf(this.#keys, before, row, seq - this.#shift);
      if (isDirect || shift > this.#shift || isBeyondHeads(seq)) this.#say('INSERTED', seq, shortLink(ought), shortLink(link));
      else if (shift < this.#shift) this.#say('REMOVED', seq, (seq + this.#shift - shift).toString(), seq.toString());
      else if (this.#suspects.length < MAX_SUSPECTS) this.#suspects.push({ row, link, before, asSeq: seq - this.#shift, ought });
      else this.#say('ALTERED', seq, shortLink(ought), shortLink(link));
      if (!isDirect) this.#compareHeads(seq, link);
      before = link;
    }
    this.#doubtful = [];
  }

  /** Of rows that fit nowhere near: whether they fit where another of them stands, or behind one that stands elsewhere now. */
  #judgeSuspects(): void {
    const links = this.#suspects.map(({ link }) => link);
    for (const { row, link, before, asSeq, ought } of this.#suspects) {
      const isAsWritten = (seq: bigint, after: readonly Buffer[]): boolean => after.some((each) => linkOf(this.#keys, each, row, seq).equals(link));
      if (isAsWritten(asSeq, links)) continue;
      const place = this.#suspects.find((other) => other.asSeq !== asSeq && isAsWritten(other.asSeq, [other.before, before, ...links]));
      if (place) this.#say('REORDERED', row.seq, place.row.seq.toString(), row.seq.toString());
      else this.#say('ALTERED', row.seq, shortLink(ought), shortLink(link));
    }
  }

  #compareHeads(seq: bigint, link: Buffer): void {
    for (const head of this.#heads.get(seq) ?? []) if (!head.link.equals(link) && this.#mismatches++ < MAX_MISMATCHES) this.#say('HEAD_MISMATCH', seq, shortLink(head.link), shortLink(link));
  }

  #say(code: RecordFindingCode, seq: bigint, expected: string, found: string): void {
    this.#found.push({ code, table: this.#table, chain: this.#chain, seq: seq.toString(), expected, found });
  }
}
