import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../kernel/civil-day.ts';
import { record } from '../../persistence/recording.ts';
import type { Sql } from '../../persistence/sql.ts';
import { open } from '../audit-row.ts';
import type { Appended, AuditTrail } from '../audit-trail.ts';
import { CHAIN_BEGINNING, yearOfInstant } from '../chain-row.ts';
import type { RecordTable } from '../chain-row.ts';
import type { RecordKeys } from '../keys.ts';
import { ChainCheck } from '../verify/chain-check.ts';
import type { Anchor } from '../verify/chain-check.ts';
import { closingMac } from '../verify/closings.ts';
import type { Closing } from '../verify/closings.ts';
import { readChains } from '../verify/read-chains.ts';
import { anchorsOf, checkClosings } from '../verify/verify-records.ts';
import { moveSynced, readArchive, writeArchive } from './archive-file.ts';

/** For how many years records are kept in the database at least. */
export const KEPT_YEARS: Readonly<Record<RecordTable, number>> = { audit_trail: 10, access_record: 3 };

/** The latest year before which everything may leave. */
export const archivableBefore = (table: RecordTable, now: Instant): number => yearOfInstant(now) - KEPT_YEARS[table];

/** A connection of the owner of the tables, outside any transaction. */
export interface OwnerSql extends Sql {
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
}

export interface ArchiveOptions {
  readonly keys: RecordKeys;
  readonly audit: AuditTrail;
  readonly folder: string;
  /** Told after each step: for tests that end the process there. */
  readonly onStep?: (step: 'written' | 'named' | 'detached' | 'committed') => void;
}

export type Archived = { readonly ok: true; readonly part: string; readonly file: string; readonly rows: number; readonly hash: string } | { readonly ok: false; readonly reason: 'badFile' | 'otherFile' | 'changed'; readonly part: string; readonly file: string };

/** The years of a table that lie before another one and are still in the database, oldest first. */
export async function yearsBefore(sql: Sql, table: RecordTable, before: number): Promise<number[]> {
  const rows = await sql.execute<{ year: number }>(`select year from record_year where table_name = ? and year < ? and to_regclass(table_name || '_' || year) is not null order by year`, [table, before]);
  return rows.map(({ year }) => year);
}

/**
 * Takes the records of one year out of the database into a file: written, read back and named first; then, in one
 * transaction, the year is closed by how its chains stood, detached and dropped. Whenever it ends before that, the year is
 * still there, and it can be done again.
 */
export async function archiveYear(sql: OwnerSql, table: RecordTable, year: number, { keys, audit, folder, onStep = () => undefined }: ArchiveOptions): Promise<Archived> {
  const part = `${table}_${year}`;
  const name = `${part}.ndjson.gz`;
  const file = join(folder, name);
  const unfinished = `${file}.part`;
  const starts = await anchorsOf(sql, table, await checkClosings(sql, keys, []), null);
  const written = await writeArchive(unfinished, readChains(sql, table, { part }));
  onStep('written');
  const chains = await checkedChains(unfinished, written, { keys, table, starts });
  if (chains === null) return { ok: false, reason: 'badFile', part, file };
  // One of the same name is from an attempt that was ended, or it is somebody else's and stays.
  if (existsSync(file) && (await readArchive(file, () => undefined).catch(() => null))?.hash !== written.hash) return { ok: false, reason: 'otherFile', part, file };
  await moveSynced(unfinished, file);
  onStep('named');
  const appended = await sql.transaction(async (transaction): Promise<Appended | null> => {
    await transaction.execute(`set local lock_timeout = '30s'`);
    const { recordedAt } = await record(transaction, { source: 'operator', what: 'archive records', counts: { rows: written.rows } });
    const entry = await audit.append(transaction, { who: { accountId: null, displayName: null }, requestId: null, action: 'recordsArchive', nodes: [{ type: 'RecordYear', id: part }], after: { file: open(name), hash: open(written.hash), rows: open(written.rows) }, recordedAt });
    await transaction.execute(`lock table ${part} in access exclusive mode`);
    const [now] = await transaction.execute<{ count: string }>(`select count(*)::text as count from ${part}`);
    if (now?.count !== String(written.rows)) return null;
    await close(transaction, keys, { table, year, fileName: name, fileHash: written.hash, recordedAt }, chains);
    await transaction.execute(`alter table ${table} detach partition ${part}`);
    await transaction.execute(`drop table ${part}`);
    onStep('detached');
    return entry;
  });
  if (appended === null) return { ok: false, reason: 'changed', part, file };
  audit.committed(appended);
  onStep('committed');
  return { ok: true, part, file, rows: written.rows, hash: written.hash };
}

interface ClosedChain {
  readonly first: bigint;
  last: Anchor;
  count: number;
}

/** How the chains of a file begin and end; null: the file is not what was written, or does not follow what was closed before. */
async function checkedChains(path: string, written: { readonly rows: number; readonly hash: string }, { keys, table, starts }: { readonly keys: RecordKeys; readonly table: RecordTable; readonly starts: ReadonlyMap<string, Anchor> }): Promise<ReadonlyMap<string, ClosedChain> | null> {
  const chains = new Map<string, ClosedChain>();
  let check: ChainCheck | null = null;
  let wrong = 0;
  const end = (): void => void (wrong += check?.end().length ?? 0);
  const read = await readArchive(path, ({ row, link }) => {
    const last = { seq: row.seq, link };
    const known = chains.get(row.chain);
    if (known) Object.assign(known, { last, count: known.count + 1 });
    else {
      end();
      check = new ChainCheck(keys, table, row.chain, starts.get(row.chain) ?? { seq: 0n, link: CHAIN_BEGINNING }, []);
      chains.set(row.chain, { first: row.seq, last, count: 1 });
    }
    check?.read(row, link);
  }).catch(() => null);
  end();
  return read?.hash === written.hash && read.rows === written.rows && wrong === 0 ? chains : null;
}

async function close(sql: Sql, keys: RecordKeys, year: Pick<Closing, 'table' | 'year' | 'fileName' | 'fileHash' | 'recordedAt'>, chains: ReadonlyMap<string, ClosedChain>): Promise<void> {
  const closed: Closing[] = [...chains].map(([chain, { first, last, count }]) => ({ ...year, chain, firstSeq: first.toString(), lastSeq: last.seq.toString(), lastLink: last.link.toString('hex'), rowCount: String(count), keyId: keys.id }));
  if (closed.length === 0) closed.push({ ...year, chain: '', firstSeq: null, lastSeq: null, lastLink: null, rowCount: '0', keyId: keys.id });
  const rows = closed.map((closing) => ({ ...closing, mac: closingMac(keys, closing).toString('hex') }));
  await sql.execute(
    `insert into audit_archive (table_name, year, chain, first_seq, last_seq, last_link, row_count, file_name, file_hash, key_id, recorded_at, mac)
     select "table", year, chain, "firstSeq", "lastSeq", decode("lastLink", 'hex'), "rowCount", "fileName", "fileHash", "keyId", "recordedAt", decode(mac, 'hex')
     from json_to_recordset(?::json) as given ("table" text, year int, chain text, "firstSeq" bigint, "lastSeq" bigint, "lastLink" text, "rowCount" bigint, "fileName" text, "fileHash" text, "keyId" text, "recordedAt" timestamptz, mac text)`,
    [JSON.stringify(rows)],
  );
}
