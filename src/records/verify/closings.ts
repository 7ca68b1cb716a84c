import { canonicalJson } from '../../kernel/canonical.ts';
import type { Sql } from '../../persistence/sql.ts';
import type { RecordTable } from '../chain-row.ts';
import type { RecordKeys } from '../keys.ts';

/** How a chain stood at the end of a year whose rows have left; without numbers: the year has none. */
export interface Closing {
  readonly table: RecordTable;
  readonly year: number;
  readonly chain: string;
  readonly firstSeq: string | null;
  readonly lastSeq: string | null;
  /** In hexadecimal. */
  readonly lastLink: string | null;
  readonly rowCount: string;
  readonly fileName: string;
  readonly fileHash: string;
  readonly keyId: string;
  readonly recordedAt: string;
}

/** The code of a closing row: whoever has the database alone cannot write one. */
export const closingMac = (keys: RecordKeys, closing: Closing): Buffer => keys.closing(closing.keyId, canonicalJson(closing));

/** All closing rows, oldest first, with their codes. */
export async function closings(sql: Sql): Promise<{ readonly closing: Closing; readonly mac: Buffer }[]> {
  const rows = await sql.execute<Closing & { readonly mac: string }>(
    `select table_name as table, year, chain, first_seq::text as "firstSeq", last_seq::text as "lastSeq", encode(last_link, 'hex') as "lastLink", row_count::text as "rowCount", file_name as "fileName", file_hash as "fileHash", key_id as "keyId",
      to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", encode(mac, 'hex') as mac
     from audit_archive order by table_name, year, audit_archive.first_seq`,
  );
  return rows.map(({ mac, ...closing }) => ({ closing, mac: Buffer.from(mac, 'hex') }));
}
