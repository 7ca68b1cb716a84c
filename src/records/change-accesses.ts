import { timestamp } from '../persistence/sql.ts';
import type { Sql } from '../persistence/sql.ts';
import { checkEntry, contentOfAccess } from './access-row.ts';
import type { AccessEntry } from './access-row.ts';
import type { Appended } from './audit-trail.ts';
import { chainEnd } from './chain-end.ts';
import { linkOf } from './chain-row.ts';
import type { Advance } from './head-writer.ts';
import type { RecordKeys } from './keys.ts';

/** All accesses that belong to changes are one chain, whichever process writes them: each in the transaction of its change. */
export const CHANGES_CHAIN = '00000000-0000-4000-8000-000000000001';

/** Who saw whom in order to change something: neither stands without the other. */
export class ChangeAccesses {
  readonly #keys: RecordKeys;
  readonly #advance: Advance;

  constructor(keys: RecordKeys, advance: Advance) {
    this.#keys = keys;
    this.#advance = advance;
  }

  /** Adds an entry in the open transaction, as late as can be: from here on other recordings wait for its end. */
  async append(sql: Sql, entry: AccessEntry): Promise<Appended> {
    checkEntry(entry);
    const { seq, recordedAt, before } = await chainEnd(sql, 'access_head(?::uuid)', CHANGES_CHAIN);
    const content = contentOfAccess(entry, CHANGES_CHAIN, seq, this.#keys);
    const link = linkOf(this.#keys, before, { table: 'access_record', chain: CHANGES_CHAIN, seq, recordedAt, keyId: this.#keys.id, content: { ...content } });
    const { requestId, accountId, onBehalfOf, delegationId, operation, purpose, persons, kinds, count } = content;
    await sql.execute(
      `insert into access_record (chain, seq, recorded_at, key_id, request_id, account_id, on_behalf_of, delegation_id, operation, purpose, persons, kinds, count, link)
       values (?::uuid, ?::bigint, ?::timestamptz, ?, ?, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?::bigint[], ?::text[], ?::int, decode(?, 'hex'))`,
      [CHANGES_CHAIN, seq.toString(), timestamp(recordedAt), this.#keys.id, requestId, accountId, onBehalfOf, delegationId, operation, purpose, `{${persons.join(',')}}`, `{${kinds.join(',')}}`, count, link.toString('hex')],
    );
    return { seq: seq.toString(), link };
  }

  /** To be told after the commit of what was added. */
  committed({ seq, link }: Appended): void {
    this.#advance({ table: 'access_record', chain: CHANGES_CHAIN, seq: BigInt(seq), link });
  }
}
