import { liesIn } from '../access/reach.ts';
import type { Reach, Way } from '../access/reach.ts';
import type { Instant } from '../kernel/civil-day.ts';
import { pageOf } from '../persistence/keyset.ts';
import type { Page, PageRows, Position } from '../persistence/keyset.ts';
import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { ACCESS_COLUMNS, accessRowOf, readPurpose } from './access-row.ts';
import type { AccessRow } from './access-row.ts';
import type { RecordKeys } from './keys.ts';

/** An access to a person as it is told to whoever may ask. Who else was seen at the same time is not theirs to know. */
export interface AccessRecord {
  readonly chain: string;
  readonly seq: string;
  readonly recordedAt: Instant;
  readonly accountId: string | null;
  /** The name of the account today; null: it has none, or nobody signed in. */
  readonly accountName: string | null;
  readonly isClient: boolean;
  /** Whether the account is the person's own. */
  readonly isOneself: boolean;
  /** The roles that the account held then. */
  readonly roles: readonly string[];
  /** Whether it was done for the person, by delegation. */
  readonly isOnBehalf: boolean;
  readonly requestId: string;
  readonly operation: string | null;
  readonly purpose: string | null;
  readonly kinds: readonly string[];
}

type FoundRow = AccessRow & Pick<AccessRecord, 'accountName' | 'isClient' | 'isOneself' | 'roles'> & { readonly places: readonly Way[] };

/** A place in the order of accesses: by time, then by chain. */
export const accessPosition = ({ recordedAt, chain, seq }: Pick<AccessRecord, 'recordedAt' | 'chain' | 'seq'>): Position => ({ key: `${recordedAt}/${chain}`, id: seq });
const KEY = /^(\d{1,15})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
export const isAccessKey = (key: string): boolean => KEY.test(key);

/** As parameters: time, chain and number of a position; nothing of none. */
function cellsOf(position: Position | null): readonly (string | null)[] {
  const [, at, chain] = (position && KEY.exec(position.key)) ?? [];
  return position && at !== undefined && chain !== undefined ? [timestamp(Number(at)), chain, position.id] : [null, null, null];
}

/** Who saw whom. */
export class AccessReads {
  readonly #keys: RecordKeys;

  constructor(keys: RecordKeys) {
    this.#keys = keys;
  }

  /** One page of who saw a person, the newest first: nothing of somebody who is not in reach, as of somebody whom there is not. */
  async ofPerson(sql: Sql, personId: string, { size, fromEnd, after, before }: Page, reach: Reach): Promise<PageRows<AccessRecord>> {
    const direction = fromEnd ? '' : ' desc';
    const rows = await sql.execute<FoundRow>(
      `select ${ACCESS_COLUMNS}, "accountName", "isClient", "isOneself", to_json(roles) as roles, places
       from (select (f.entry).*, f.account_name as "accountName", f.is_client as "isClient", f.is_oneself as "isOneself", f.roles, f.places
         from accesses_of_person(?::bigint, ?::timestamptz, ?::uuid, ?::bigint, ?::timestamptz, ?::uuid, ?::bigint, ?::boolean, ?::int) f) found
       order by found.recorded_at${direction}, found.chain${direction}, found.seq${direction}`,
      [personId, ...cellsOf(after), ...cellsOf(before), fromEnd, size + 1],
    );
    const seen = rows.filter(({ places }) => liesIn(places, reach));
    return pageOf(seen.map((row) => this.#recordOf(row, personId)), { size, fromEnd, after, before }, after !== null, before !== null);
  }

  /** How many there are in all, counted no further than the limit. */
  async countOfPerson(sql: Sql, personId: string, limit: number, reach: Reach): Promise<number> {
    const [row] = await sql.execute<{ count: number; places: readonly Way[] }>('select count, places from accesses_count(?::bigint, ?::int)', [personId, limit]);
    return row && liesIn(row.places, reach) ? row.count : 0;
  }

  #recordOf({ accountName, isClient, isOneself, roles, places: _, ...stored }: FoundRow, personId: string): AccessRecord {
    const { row } = accessRowOf(stored);
    const { chain, seq, recordedAt, content } = row;
    const { accountId, onBehalfOf, requestId, operation, kinds } = content;
    const purpose = readPurpose(content.purpose, chain, seq, this.#keys);
    return { chain, seq: seq.toString(), recordedAt, accountId, accountName, isClient, isOneself, roles, isOnBehalf: onBehalfOf === personId, requestId, operation, purpose, kinds };
  }
}
