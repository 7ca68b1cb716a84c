import type { Reach } from '../../access/reach.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { IdentityKind } from '../../kernel/identity-number.ts';
import type { DataKeys } from '../keys/data-keys.ts';
import { openIdentity, openPrivate } from '../keys/private-values.ts';
import type { PrivateName } from '../keys/private-values.ts';
import { peopleWithin } from '../reach-conditions.ts';
import { raw, sql } from '../sql-part.ts';
import { idList, timestamp } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { seen } from './teacher-lists.ts';

/** An identity number of a person, sealed until it is read. */
export interface StoredNumber {
  readonly id: string;
  readonly kind: IdentityKind;
  open(): string;
}

/** What is private of a person, as known at a moment: opened value by value, when it is asked for. */
export class PrivateOfPerson {
  readonly numbers: readonly StoredNumber[];
  readonly #values: ReadonlyMap<PrivateName, string>;
  readonly #keys: DataKeys;

  constructor(values: readonly (readonly [PrivateName, string])[], numbers: readonly (readonly [id: string, kind: IdentityKind, sealed: string])[], keys: DataKeys) {
    this.#values = new Map(values);
    this.#keys = keys;
    this.numbers = numbers.map(([id, kind, sealed]) => ({ id, kind, open: () => openIdentity(keys, Buffer.from(sealed, 'base64')) }));
  }

  /** Null: nobody has recorded it. */
  open(name: PrivateName): string | null {
    const sealed = this.#values.get(name);
    return sealed === undefined ? null : openPrivate(this.#keys, name, Buffer.from(sealed, 'base64'));
  }
}

interface Row {
  readonly id: string;
  readonly values: readonly (readonly [PrivateName, string])[] | null;
  readonly numbers: readonly (readonly [string, IdentityKind, string])[] | null;
}

/** What is private of people in reach: one statement for any number. Null for whom nothing private may be seen. */
export class PrivateValues {
  readonly #sql: Sql;
  readonly #reach: Reach;
  readonly #keys: DataKeys;

  constructor(store: Sql, reach: Reach, keys: DataKeys) {
    this.#sql = store;
    this.#reach = reach;
    this.#keys = keys;
  }

  async ofPeople(ids: readonly string[], knownAt: Instant): Promise<(PrivateOfPerson | null)[]> {
    const { text, params } = sql`
      select asked.id::text as id,
        (select json_agg(json_build_array(v.name, encode(v.value_cipher, 'base64'))) from person_private v where v.person_id = asked.id and ${seen('v', knownAt)}) as values,
        (select json_agg(json_build_array(i.id::text, i.kind, encode(i.number_cipher, 'base64')) order by i.recorded_at, i.id) from person_identity i where i.person_id = asked.id and i.recorded_at <= ${timestamp(knownAt)}::timestamptz) as numbers
      from unnest(${idList(ids)}::bigint[]) as asked (id) where ${peopleWithin('asked.id', this.#reach) ?? raw('true')}`;
    const rows = await this.#sql.execute<Row>(text, params);
    const found = new Map(rows.map(({ id, values, numbers }) => [id, new PrivateOfPerson(values ?? [], numbers ?? [], this.#keys)]));
    return ids.map((id) => found.get(id) ?? null);
  }
}
