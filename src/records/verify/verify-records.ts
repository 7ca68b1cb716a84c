import type { Instant } from '../../kernel/civil-day.ts';
import { timestamp } from '../../persistence/sql.ts';
import type { Sql } from '../../persistence/sql.ts';
import type { ChainHead, HeadLine, HeadSigner } from '../chain-head.ts';
import { AUDIT_CHAIN, CHAIN_BEGINNING, RECORD_TABLES } from '../chain-row.ts';
import type { RecordTable } from '../chain-row.ts';
import type { RecordKeys } from '../keys.ts';
import { ChainCheck } from './chain-check.ts';
import type { Anchor } from './chain-check.ts';
import { closingMac, closings } from './closings.ts';
import type { Closing } from './closings.ts';
import { readChains } from './read-chains.ts';
import type { RecordFinding } from './record-finding.ts';

export interface Verification {
  /** In the order in which they were found; empty: nothing is wrong. */
  readonly findings: readonly RecordFinding[];
  readonly rows: Readonly<Record<RecordTable, number>>;
  readonly chains: number;
  readonly heads: number;
}

export interface VerifyOptions {
  readonly keys: RecordKeys;
  readonly signer: HeadSigner;
  /** As they were read before anything else: a head is never further than its chain was then. */
  readonly heads: readonly HeadLine[];
  /** Rows since then; the one before them is taken to be right. Null: all. */
  readonly from: Instant | null;
}

/**
 * Whether the records are as they were written, all of them and in their order, up to what the signed heads say. To be run
 * in one transaction that sees one state (repeatable read), by the owner of the tables.
 */
export async function verifyRecords(sql: Sql, { keys, signer, heads, from }: VerifyOptions): Promise<Verification> {
  const findings: RecordFinding[] = [];
  const ours = readHeads(heads, signer, findings);
  const closed = await checkClosings(sql, keys, findings);
  await checkPartitions(sql, closed, findings);
  const rows: Record<RecordTable, number> = { audit_trail: 0, access_record: 0 };
  let chains = 0;
  for (const table of RECORD_TABLES) {
    const starts = await anchorsOf(sql, table, closed, from);
    const headsOf = Map.groupBy(ours.filter((head) => head.table === table), ({ chain }) => chain);
    const check = (chain: string): ChainCheck => {
      chains++;
      const start = starts.get(chain) ?? { seq: 0n, link: CHAIN_BEGINNING };
      return new ChainCheck(keys, table, chain, start, (headsOf.get(chain) ?? []).filter(({ seq }) => seq >= start.seq));
    };
    let current = null as { readonly chain: string; readonly check: ChainCheck } | null;
    const seen = new Set<string>();
    for await (const { row, link } of readChains(sql, table, { from })) {
      if (current?.chain !== row.chain) {
        if (current) findings.push(...current.check.end());
        current = { chain: row.chain, check: check(row.chain) };
        seen.add(row.chain);
      }
      current.check.read(row, link);
      rows[table]++;
    }
    if (current) findings.push(...current.check.end());
    // Chains of which nothing is left to read: what heads say of them has to be in an archive, or before the part that is read.
    for (const chain of headsOf.keys()) if (!seen.has(chain)) findings.push(...check(chain).end());
  }
  if (ours.length === 0 && rows.audit_trail + rows.access_record > 0) findings.push({ code: 'NO_HEADS', table: null, chain: null, seq: null, expected: '', found: '', isNote: true });
  return { findings, rows, chains, heads: ours.length };
}

function readHeads(lines: readonly HeadLine[], signer: HeadSigner, findings: RecordFinding[]): ChainHead[] {
  return lines.flatMap(({ file, line, text }) => {
    const read = signer.read(text);
    const found = `${file}:${line}`;
    if (read === null) findings.push({ code: 'TORN_HEAD', table: null, chain: null, seq: null, expected: '', found, isNote: true });
    else if (!read.isOurs) findings.push({ code: 'FOREIGN_HEAD', table: read.head.table, chain: read.head.chain, seq: read.head.seq.toString(), expected: '', found });
    return read?.isOurs ? [read.head] : [];
  });
}

/** Closing rows that are ours; of each chain they follow each other. */
export async function checkClosings(sql: Sql, keys: RecordKeys, findings: RecordFinding[]): Promise<Closing[]> {
  const ours: Closing[] = [];
  const last = new Map<string, bigint>();
  for (const { closing, mac } of await closings(sql)) {
    const { table, chain, year, firstSeq, lastSeq } = closing;
    const say = (code: 'FORGED_CLOSING' | 'CLOSING_MISMATCH', expected: string): number => findings.push({ code, table, chain: chain || null, seq: firstSeq, expected, found: `${year}` });
    if (!keys.has(closing.keyId) || !closingMac(keys, closing).equals(mac)) {
      say('FORGED_CLOSING', '');
      continue;
    }
    ours.push(closing);
    if (firstSeq === null || lastSeq === null) continue;
    const name = `${table}/${chain}`;
    const expected = (last.get(name) ?? 0n) + 1n;
    if (BigInt(firstSeq) !== expected) say('CLOSING_MISMATCH', expected.toString());
    last.set(name, BigInt(lastSeq));
  }
  return ours;
}

/** Each year is here or closed. */
async function checkPartitions(sql: Sql, closed: readonly Closing[], findings: RecordFinding[]): Promise<void> {
  const years = await sql.execute<{ table: RecordTable; year: number; isHere: boolean }>(
    `select y.table_name as table, y.year, exists (select 1 from pg_inherits i where i.inhparent = y.table_name::regclass and i.inhrelid = to_regclass(y.table_name || '_' || y.year)) as "isHere" from record_year y order by 1, 2`,
  );
  for (const { table, year, isHere } of years) if (!isHere && !closed.some((closing) => closing.table === table && closing.year === year)) findings.push({ code: 'MISSING_PARTITION', table, chain: null, seq: null, expected: `${table}_${year}`, found: '' });
}

/** Behind what the rows of each chain have to follow; chains that are not named begin. */
export async function anchorsOf(sql: Sql, table: RecordTable, closed: readonly Closing[], from: Instant | null): Promise<Map<string, Anchor>> {
  const anchors = new Map<string, Anchor>();
  for (const { table: closedTable, chain, lastSeq, lastLink } of closed) if (closedTable === table && lastSeq !== null && lastLink !== null) anchors.set(chain, { seq: BigInt(lastSeq), link: Buffer.from(lastLink, 'hex') });
  if (from === null) return anchors;
  const chain = table === 'audit_trail' ? `'${AUDIT_CHAIN}'` : 'chain::text';
  const rows = await sql.execute<{ chain: string; seq: string; link: string }>(
    `select distinct on (1) ${chain} as chain, seq::text as seq, encode(link, 'hex') as link from ${table} where recorded_at < ?::timestamptz order by 1, ${table}.seq desc`,
    [timestamp(from)],
  );
  for (const { chain: name, seq, link } of rows) anchors.set(name, { seq: BigInt(seq), link: Buffer.from(link, 'hex') });
  return anchors;
}
