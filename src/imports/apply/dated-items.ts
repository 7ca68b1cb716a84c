import type { Session } from './session.ts';

/** A table of dated rows that hold something of an owner. */
export interface DatedTable {
  readonly table: string;
  /** The column that refers to the owner, here and in `found`. */
  readonly owner: string;
  /** What in the items is this: properties or roles. */
  readonly kind: 'p' | 'r';
  /** Columns that say what it is, beside the owner, as they are named in `items`: the rest of the key. */
  readonly what: Readonly<Record<string, string>>;
  readonly hasValue: boolean;
}

export const PERSON_PROPERTIES: DatedTable = { table: 'person_property', owner: 'person_id', kind: 'p', what: { name: 'name' }, hasValue: true };
export const PERSON_ROLES: DatedTable = { table: 'person_role', owner: 'person_id', kind: 'r', what: { role: 'name', province_code: 'province_code' }, hasValue: false };
export const INSTITUTION_PROPERTIES: DatedTable = { table: 'institution_property', owner: 'institution_id', kind: 'p', what: { name: 'name' }, hasValue: true };

/** Takes the dated values of all rows apart. */
export const makeItems = (session: Session, owner: string): Promise<void> =>
  session.make(
    'items',
    `select f.line, f.${owner}, f.key, f.province_code, i.item ->> 0 as kind, i.item ->> 1 as name, i.item -> 2 as value, (i.item ->> 3)::date as from_on, (i.item ->> 4)::date as to_on from found f, jsonb_array_elements(f.items) i(item)`,
  );

const sameThing = ({ owner, what }: DatedTable, item: string, stored: string): string => [`${stored}.${owner} = ${item}.${owner}`, ...Object.entries(what).map(([column, name]) => `${stored}.${column} = ${item}.${name}`)].join(' and ');
const samePeriod = (a: string, b: string): string => `${a}.from_on is not distinct from ${b}.from_on and ${a}.to_on is not distinct from ${b}.to_on`;
const overlapping = (a: string, b: string): string => `daterange(${a}.from_on, ${a}.to_on, '[]') && daterange(${b}.from_on, ${b}.to_on, '[]')`;
/** How a dated value is shown beside another. */
const shown = (alias: string, value: string): string => `concat_ws(' ', ${value}, case when ${alias}.from_on is not null or ${alias}.to_on is not null then concat(${alias}.from_on, '..', ${alias}.to_on) end)`;

/**
 * Compares what rows say of their owners with what is stored. What is stored for days that a row says something else of
 * is a change; two rows that say different things of one day are both named.
 */
export async function compareItems(session: Session, spec: DatedTable): Promise<void> {
  const { table, owner, kind, what, hasValue } = spec;
  const column = kind === 'r' ? `'roles'` : 'a.name';
  const value = (alias: string): string => (hasValue ? `${alias}.value #>> '{}'` : kind === 'r' && alias === 'c' ? 'c.role' : `${alias}.name`);
  const identical = (item: string, stored: string): string => `${samePeriod(item, stored)}${hasValue ? ` and ${stored}.value = ${item}.value` : ''}`;
  await session.refuse(`select distinct on (a.line, a.name) a.line, 'PERIODS_OVERLAP', ${column}, ${shown('a', value('a'))}, b.line::text from items a join items b on b.${owner} = a.${owner} and b.kind = a.kind and b.name = a.name and b.line < a.line${'province_code' in what ? ' and b.province_code = a.province_code' : ''}
    where a.kind = '${kind}' and ${overlapping('a', 'b')} and not (${samePeriod('a', 'b')} and a.value = b.value)`);
  await session.make(
    `new_${table}`,
    `select a.* from items a where a.kind = '${kind}' and not exists (select 1 from ${table} c where ${sameThing(spec, 'a', 'c')} and c.superseded_at is null and ${identical('a', 'c')})`,
  );
  await session.make(
    `old_${table}`,
    `select a.line, c.id, ${column} as col, ${shown('a', value('a'))} as value, ${shown('c', value('c'))} as other from new_${table} a join ${table} c on ${sameThing(spec, 'a', 'c')} and c.superseded_at is null and ${overlapping('a', 'c')}
     where not exists (select 1 from items g where g.kind = '${kind}' and ${sameThing(spec, 'g', 'c')} and ${identical('g', 'c')})`,
  );
  if (!session.isAmending) await session.refuse(`select line, 'CHANGED', col, value, other from old_${table}`);
}

/** Closes what was corrected and adds what is new. */
export async function takeItems(session: Session, { table, owner, what, hasValue }: DatedTable, recordedAt: string): Promise<void> {
  const sound = 'not exists (select 1 from trouble t where t.line = a.line)';
  await session.run(`update ${table} c set superseded_at = '${recordedAt}' from old_${table} a where a.id = c.id and ${sound}`);
  const columns = Object.keys(what);
  const names = Object.values(what).map((name) => `a.${name}`);
  // Rows of one owner may say the same.
  const same = [`a.${owner}`, ...names, ...(hasValue ? ['a.value'] : []), 'a.from_on', 'a.to_on'].join(', ');
  await session.run(`insert into ${table} (${owner}, ${columns.join(', ')}${hasValue ? ', value' : ''}, from_on, to_on, recorded_at, source_id, source_key)
    select distinct on (${same}) ${same}, '${recordedAt}'::timestamptz, $1::int, a.key from new_${table} a where ${sound} order by ${same}, a.line`);
}
