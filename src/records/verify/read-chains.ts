import { timestamp } from '../../persistence/sql.ts';
import type { Sql } from '../../persistence/sql.ts';
import { ACCESS_COLUMNS, accessRowOf } from '../access-row.ts';
import type { AccessRow } from '../access-row.ts';
import { AUDIT_COLUMNS, auditRowOf } from '../audit-row.ts';
import type { AuditRow } from '../audit-row.ts';
import type { ChainedRow, RecordTable } from '../chain-row.ts';

export interface LinkedRow {
  readonly row: ChainedRow;
  readonly link: Buffer;
}

const AT_ONCE = 2_000;
const KEY = { audit_trail: 'seq, recorded_at', access_record: 'chain, seq, recorded_at' } as const;

/**
 * All rows of a table in the order of their chains, some at a time. `from`: those since an instant. `part`: one partition
 * instead of the whole table.
 */
export async function* readChains(sql: Sql, table: RecordTable, { from = null, part = table }: { readonly from?: number | null; readonly part?: string } = {}): AsyncGenerator<LinkedRow> {
  const key = KEY[table];
  const since = from === null ? [] : [timestamp(from)];
  const recent = from === null ? 'true' : `${part}.recorded_at >= ?::timestamptz`;
  for (let last: LinkedRow | null = null; ; ) {
    const place: string[] = last === null ? [] : [...(table === 'access_record' ? [last.row.chain] : []), last.row.seq.toString(), timestamp(last.row.recordedAt)];
    const beyond: string = last === null ? '' : ` and (${key.split(', ').map((column) => `${part}.${column}`).join(', ')}) > (${table === 'access_record' ? '?::uuid, ' : ''}?::bigint, ?::timestamptz)`;
    const order = key.split(', ').map((column) => `${part}.${column}`).join(', ');
    const query: string = `select ${table === 'audit_trail' ? AUDIT_COLUMNS : ACCESS_COLUMNS} from ${part} where ${recent}${beyond} order by ${order} limit ${AT_ONCE}`;
    const rows: LinkedRow[] = (await sql.execute<object>(query, [...since, ...place])).map((row): LinkedRow => (table === 'audit_trail' ? auditRowOf(row as AuditRow) : accessRowOf(row as AccessRow)));
    yield* rows;
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1) ?? null;
  }
}
