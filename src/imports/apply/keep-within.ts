import { NATION } from '../../kernel/jurisdiction.ts';
import type { Session } from './session.ts';

const CODE = /^\d{6}$/;

/** What is told of somebody whom whoever imports may not see: that it stands against the row, and not what it is. */
const HIDDEN = '—';

/**
 * Lets somebody import for some places alone: rows that lie elsewhere are refused, and nothing else is said of them; credits
 * of teachers whom they may not see are those of unknown teachers; and what is stored of a teacher whom they register anew,
 * by the identity number, is not shown to them. Called after the comparison.
 */
export async function keepWithin(session: Session, codes: readonly string[]): Promise<void> {
  if (codes.includes(NATION)) return;
  for (const code of codes) if (!CODE.test(code)) throw new RangeError(`not a place: ${code.slice(0, 20)}`);
  const lies = (row: string): string => `('{${codes.join(',')}}'::text[] && array[${['province_code', 'prefecture_code', 'county_code', 'jurisdiction_code'].map((column) => `${row}.${column}`).join(', ')}])`;
  const isSeen = (person: string): string => `exists (select 1 from employment e where e.person_id = ${person} and ${lies('e')})`;
  if (session.kind === 'credits') return refuse(session, `select f.line, 'UNKNOWN_TEACHER', case when f.teacher is null then 'identityNumber' else 'teacher' end, f.teacher, null from found f where f.person_id is not null and not ${isSeen('f.person_id')}`);
  const [column, value, known] = session.kind === 'teachers' ? ['institution', 'f.institution', 'f.institution_id is not null'] : ['jurisdiction', 'f.jurisdiction_code', 'true'];
  await refuse(session, `select f.line, 'OUT_OF_PLACE', '${column}', ${value}, null from found f where ${known} and not ${lies('f')}`);
  if (session.kind === 'teachers') await session.run(`update trouble t set other = '${HIDDEN}' from found f where f.line = t.line and t.code in ('MAIN_OVERLAP', 'PERIODS_OVERLAP', 'CHANGED', 'CANNOT_CHANGE') and t.other is not null and not f.is_new_person and not ${isSeen('f.person_id')}`);
}

/** Of the rows that are refused nothing else is told. */
async function refuse(session: Session, query: string): Promise<void> {
  await session.make('beyond', `select * from (${query}) as beyond (line, code, col, value, other)`);
  await session.run('delete from trouble t using beyond b where b.line = t.line');
  await session.refuse('select line, code, col, value, other from beyond');
}
