import type { CivilDay } from '../../kernel/civil-day.ts';
import { readIdentityNumber } from '../../kernel/identity-number.ts';
import type { IdentityKind, NamedIdentityKind } from '../../kernel/identity-number.ts';
import { correctionPlace } from '../correction-texts.ts';
import type { Sql } from '../sql.ts';
import { sealedStart, sealedTextStart } from './data-keys.ts';
import type { DataKey, DataKeys } from './data-keys.ts';
import { FORMER_KEYS } from './former-keys.ts';
import { assessmentPlace, openIdentity, openPrivate, sealIdentity, sealPrivate } from './private-values.ts';
import type { PrivateName } from './private-values.ts';
import { KEY_LOCK } from './writing-key.ts';

/** The owner of the tables, by a connection alone. */
export interface OwnerSql extends Sql {
  /** Commits what the work did, or rolls it back when it throws. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
}

type Row = Readonly<Record<string, string>>;

/** A table with something sealed: which rows another key sealed, and what each becomes. */
interface Sealed {
  readonly table: string;
  /** A row as its id and what it takes to seal it anew, bytes in hexadecimal. */
  readonly columns: string;
  /** Whether the key that is the one now did not seal it. `$start` and `$textStart`: how what it sealed begins. */
  readonly isOther: string;
  readonly sets: string;
  reseal(row: Row, keys: DataKeys, key: DataKey): Row;
}

const hex = (bytes: Buffer): string => bytes.toString('hex');
const bytes = (written: string | undefined): Buffer => Buffer.from(written ?? '', 'hex');
const LATEST = '9999-12-31' as CivilDay;

function indexedOf(number: string, kind: IdentityKind): string {
  const read = readIdentityNumber(number, kind === 'resident15' ? 'resident' : (kind as NamedIdentityKind), LATEST);
  return 'wrong' in read ? number : read.indexed;
}

/** Everything that lies sealed by the keys of the data. A test goes through all columns: one of a sealed class that is not here is found. */
export const SEALED: readonly Sealed[] = [
  {
    table: 'person_identity',
    columns: `kind, encode(number_cipher, 'hex') as cipher`,
    isOther: 'substring(number_cipher from 1 for 7) <> $start',
    sets: `number_cipher = decode(r.cipher, 'hex'), number_index = decode(r.index, 'hex')`,
    reseal({ id, kind, cipher }, keys, key) {
      const number = openIdentity(keys, bytes(cipher));
      return { id: id ?? '', cipher: hex(sealIdentity(key, number)), index: hex(key.index(indexedOf(number, kind as IdentityKind))) };
    },
  },
  {
    table: 'person_private',
    columns: `name, encode(value_cipher, 'hex') as cipher`,
    isOther: 'substring(value_cipher from 1 for 7) <> $start',
    sets: `value_cipher = decode(r.cipher, 'hex')`,
    reseal: ({ id, name, cipher }, keys, key) => ({ id: id ?? '', cipher: hex(sealPrivate(key, name as PrivateName, openPrivate(keys, name as PrivateName, bytes(cipher)))) }),
  },
  {
    table: 'stored_assessment',
    columns: 'question, answer, answer_hash as hash',
    isOther: 'not (starts_with(question, $textStart) and starts_with(answer, $textStart))',
    sets: 'question = r.question, answer = r.answer',
    reseal({ id, question, answer, hash = '' }, keys, key) {
      const again = (column: 'question' | 'answer', text = ''): string => key.sealText(keys.openText(text, assessmentPlace(column, hash)), assessmentPlace(column, hash));
      return { id: id ?? '', question: again('question', question), answer: again('answer', answer) };
    },
  },
  {
    table: 'correction',
    columns: `person_id::text as person, encode(claim_cipher, 'hex') as claim, coalesce(encode(reason_cipher, 'hex'), '') as reason`,
    isOther: '(substring(claim_cipher from 1 for 7) <> $start or substring(reason_cipher from 1 for 7) <> $start)',
    sets: `claim_cipher = decode(r.claim, 'hex'), reason_cipher = decode(nullif(r.reason, ''), 'hex')`,
    reseal({ id, person = '', claim, reason }, keys, key) {
      const again = (column: 'claim' | 'reason', sealed: string | undefined): string => hex(key.seal(keys.open(bytes(sealed), correctionPlace(column, person)), correctionPlace(column, person)));
      return { id: id ?? '', claim: again('claim', claim), reason: reason ? again('reason', reason) : '' };
    },
  },
];

const isOtherThan = ({ isOther }: Sealed, key: DataKey): string => isOther.replaceAll('$start', `'\\x${hex(sealedStart(key))}'::bytea`).replaceAll('$textStart', `'${sealedTextStart(key)}'`);

/** Rows that are sealed anew in one transaction. */
const BATCH = 200;
const WAIT_MS = 20;

/** Told of each batch that was committed. */
export type OnBatch = (table: string, rows: number) => void | Promise<void>;

/**
 * Makes a key the one with which everything is sealed, and seals anew what another one did. Beside a running product: who
 * writes asks the store for the key, and whoever reads knows both. Where it is ended in the middle it goes on the next
 * time: what is left to do stands in the rows. Gives how many rows were sealed anew.
 */
export async function rotateKeys(sql: OwnerSql, keys: DataKeys, to: DataKey, onBatch: OnBatch = () => undefined): Promise<number> {
  await alone(sql, async () => {
    const [row] = await sql.execute<{ value: string }>(`select value from store_info where name = 'identityKey' for update`);
    if (!row || row.value === to.check) return;
    const [former] = await sql.execute<{ value: string }>('select value from store_info where name = ?', [FORMER_KEYS]);
    const all = [...new Set([row.value, ...(former ? (JSON.parse(former.value) as string[]) : [])])].filter((check) => check !== to.check);
    await sql.execute('insert into store_info (name, value) values (?, ?) on conflict (name) do update set value = excluded.value', [FORMER_KEYS, JSON.stringify(all)]);
    await sql.execute(`update store_info set value = ? where name = 'identityKey'`, [to.check]);
  });
  let count = 0;
  for (const sealed of SEALED) {
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after;
      // A number that is looked for by its index while it gets another one would not be found.
      const batch = await alone(sql, () => resealBatch(sql, sealed, keys, to, from));
      after = batch.last;
      count += batch.rows;
      if (batch.rows > 0) await onBatch(sealed.table, batch.rows);
    }
  }
  await alone(sql, async () => {
    for (const sealed of SEALED) {
      const [left] = await sql.execute<{ n: number }>(`select count(*)::int as n from ${sealed.table} where ${isOtherThan(sealed, to)}`);
      if (left?.n !== 0) throw new Error(`${left?.n} rows of ${sealed.table} are sealed by another key`);
    }
    await sql.execute('delete from store_info where name = ?', [FORMER_KEYS]);
  });
  keys.use(to.check);
  return count;
}

async function resealBatch(sql: Sql, sealed: Sealed, keys: DataKeys, key: DataKey, after: string): Promise<{ readonly last: string | null; readonly rows: number }> {
  const { table, columns, sets } = sealed;
  const rows = await sql.execute<Row>(`select id::text as id, ${columns} from ${table} where id > ? and ${isOtherThan(sealed, key)} order by id limit ${BATCH} for update`, [after]);
  if (rows.length === 0) return { last: null, rows: 0 };
  const again = rows.map((row) => sealed.reseal(row, keys, key));
  const named = Object.keys(again[0] ?? {}).map((name) => `${name === 'index' ? '"index"' : name} ${name === 'id' ? 'bigint' : 'text'}`);
  await sql.execute(`update ${table} t set ${sets.replaceAll('r.index', 'r."index"')} from json_to_recordset(?::json) r(${named.join(', ')}) where t.id = r.id`, [JSON.stringify(again)]);
  return { last: rows.at(-1)?.['id'] ?? null, rows: rows.length };
}

/** Does something while nobody seals: tried until nobody does, so that those who come later never wait behind it. */
async function alone<Result>(sql: OwnerSql, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    const done = await sql.transaction(async () => {
      const [lock] = await sql.execute<{ held: boolean }>(`select pg_try_advisory_xact_lock(${KEY_LOCK}) as held`);
      return lock?.held ? { result: await work() } : null;
    });
    if (done) return done.result;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
