import { nearestNames } from '../../kernel/nearest.ts';
import { message } from '../../kernel/text.ts';
import type { Message } from '../../kernel/text.ts';
import { MOST_PROBLEMS } from '../problem.ts';
import type { ProblemCode, ProblemList } from '../problem.ts';
import type { Header } from '../header.ts';
import type { Session } from './session.ts';

interface Trouble {
  readonly line: number;
  readonly code: ProblemCode;
  readonly col: string | null;
  readonly value: string | null;
  readonly other: string | null;
}

/** What is said where an own row or a stored one stands against the row. */
function expectedOf({ code, other }: Trouble): Message {
  const key = `import.${code.toLowerCase().replaceAll('_', '-')}`;
  switch (code) {
    case 'OTHER_IDENTITY':
    case 'OTHER_NAME':
    case 'IDENTITY_DISAGREES':
      return other === null ? message(`${key}-stored`) : message(key, { other });
    case 'PERIODS_OVERLAP':
      return message('import.periods-overlap-row', { other: other ?? '' });
    case 'CHANGED':
    case 'CANNOT_CHANGE':
      return other === null ? message(`${key}-from-nothing`) : message(key, { other });
    default:
      return message(key, other === null ? {} : { other });
  }
}

/** Tells what the comparison has found, the first by line; gives the number of rows concerned. */
export async function readTroubles(session: Session, problems: ProblemList, header: Header): Promise<number> {
  const { rows } = await session.client.query<Trouble>(`select line, code, col, value, other from trouble order by line, code, col limit ${MOST_PROBLEMS}`);
  const nearest = await nearestKeys(session, rows);
  for (const trouble of rows) {
    problems.add(trouble.code, trouble.line, trouble.col === null ? null : header.nameOf(trouble.col), trouble.value, expectedOf(trouble), nearest.get(`${trouble.code} ${trouble.value}`) ?? []);
  }
  const { rows: counts } = await session.client.query<{ all: number; lines: number }>('select count(*)::int as all, count(distinct line)::int as lines from trouble');
  const [count] = counts;
  problems.addUnseen((count?.all ?? 0) - rows.length);
  return count?.lines ?? 0;
}

const REFERENCES: Readonly<Partial<Record<ProblemCode, { readonly table: string; readonly where: string }>>> = {
  UNKNOWN_INSTITUTION: { table: 'institution', where: 'true' },
  UNKNOWN_TEACHER: { table: 'person_key', where: 'true' },
  UNKNOWN_COURSE: { table: 'course', where: 'superseded_at is null' },
  UNKNOWN_ENTRY: { table: 'credit_ledger', where: 'entry_id is null' },
};
/** Beyond these nobody looks for what was meant. */
const MOST_NEAREST = 50;
const NEIGHBOURS = 30;

/** Known keys that look like an unknown one: among its neighbours in the order of keys. */
async function nearestKeys({ client, sourceId }: Session, troubles: readonly Trouble[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const nearest = new Map<string, readonly string[]>();
  for (const { code, value } of troubles) {
    const reference = REFERENCES[code];
    if (!reference || value === null || nearest.has(`${code} ${value}`) || nearest.size >= MOST_NEAREST) continue;
    const { table, where } = reference;
    const side = (compare: string, order: string): string => `(select source_key from ${table} where source_id = $1 and source_key ${compare} $2 and ${where} order by source_key ${order} limit ${NEIGHBOURS})`;
    const { rows } = await client.query<{ source_key: string }>(`${side('<', 'desc')} union ${side('>', 'asc')}`, [sourceId, value]);
    nearest.set(`${code} ${value}`, nearestNames(value, rows.map(({ source_key }) => source_key)));
  }
  return nearest;
}
