import { type CivilDay, type DueFormula, dueFormula, type Exact, exact, type FormulaContext, isBefore, day, message, type Message, text, yearOf } from '../../../src/plugin-kit.ts';

const TAPER = 'sh-2016-credit/1.11-taper';
const TOTAL = 'sh-2016-credit/1.1-total';
const SENIOR = 'sh-2016-credit/1.7-senior';
const AUTHORITY = text('教师所在区的教育行政部门', "the education authority of the teacher's district");

interface TaperPart {
  readonly rule?: string;
  readonly part?: string | null;
  readonly credits?: Exact;
}
interface TaperRow {
  readonly kind?: string;
  readonly year?: number;
  readonly credits?: Exact;
  readonly parts?: readonly TaperPart[] | null;
}
interface TaperFacts {
  readonly enteredSystemOn: CivilDay | null;
  readonly seniorTitleOn: CivilDay | null;
  readonly districtTaper: readonly TaperRow[] | null;
}
type Due = ReturnType<DueFormula['run']>;
type Kind = 'newTeacher' | 'senior';

const VERSION = 1;

/** The row of the table for this person: `full` when the full figures hold, `unpublished` when the district has not said. */
function rowFor(kind: Kind, since: CivilDay | null | undefined, table: TaperFacts['districtTaper'] | undefined, context: FormulaContext): TaperRow | 'full' | 'unpublished' {
  if (since === null || since === undefined || isBefore(since, day(String(context.param('from', TAPER))))) return 'full';
  const row = table?.find((candidate) => candidate.kind === kind && candidate.year === yearOf(since));
  return row?.credits === undefined ? 'unpublished' : row;
}

const noteOf = (kind: Kind, { year, credits }: TaperRow): Message => message(`shanghai.taper-${kind === 'senior' ? 'senior' : 'new-teacher'}`, { year: year ?? 0, credits: String(credits) });

/**
 * The figure due for one part of the 36 (or of the 18): the table's own, else in the proportion in which the whole falls,
 * exact and never rounded. Nothing changes for who came before the first day of the clause.
 */
function dueFor(kind: Kind, rule: string, part: string | null, full: Exact, since: CivilDay | null | undefined, table: TaperFacts['districtTaper'] | undefined, context: FormulaContext): Due {
  const row = rowFor(kind, since, table, context);
  if (row === 'full') return { figure: full };
  if (row === 'unpublished') return { unpublished: AUTHORITY };
  const named = row.parts?.find((item) => item.rule === rule && (item.part ?? null) === part)?.credits;
  const whole = context.exact('credits', kind === 'senior' ? SENIOR : TOTAL);
  return { figure: named ?? full.times(row.credits ?? whole).dividedBy(whole), notes: [noteOf(kind, row)] };
}

/** What is due of a row of the 36 from who entered the system from 2016 on (sh-2016-credit/1.11-taper). */
export const newTeacherDue = (rule: string, part: string | null = null): DueFormula =>
  dueFormula<TaperFacts>({
    name: `taper-new-teacher:${rule}${part ? `#${part}` : ''}`,
    version: VERSION,
    facts: ['enteredSystemOn', 'districtTaper'],
    run: (full, { enteredSystemOn, districtTaper }, context) => dueFor('newTeacher', rule, part, full, enteredSystemOn, districtTaper, context),
  });

/** What is due of the 18 from who became a senior teacher from 2016 on (sh-2016-credit/1.11-taper). */
export const seniorDue = (part: string | null = null): DueFormula =>
  dueFormula<TaperFacts>({
    name: `taper-senior${part ? `#${part}` : ''}`,
    version: VERSION,
    facts: ['seniorTitleOn', 'districtTaper'],
    run: (full, { seniorTitleOn, districtTaper }, context) => dueFor('senior', SENIOR, part, full, seniorTitleOn, districtTaper, context),
  });

/** The sum of the 36 and the 18 as they are due: the full sum less what either falls by (sh-2016-credit/1.7-senior). */
export const seniorSumDue: DueFormula = dueFormula<TaperFacts>({
  name: 'taper-senior-sum',
  version: VERSION,
  facts: ['enteredSystemOn', 'seniorTitleOn', 'districtTaper'],
  run(full, { enteredSystemOn, seniorTitleOn, districtTaper }, context) {
    const base = context.exact('credits', TOTAL);
    const onTop = context.exact('credits', SENIOR);
    const dues = [dueFor('newTeacher', TOTAL, null, base, enteredSystemOn, districtTaper, context), dueFor('senior', SENIOR, null, onTop, seniorTitleOn, districtTaper, context)];
    let figure = full.minus(base).minus(onTop);
    for (const due of dues) {
      if ('unpublished' in due) return due;
      figure = figure.plus(due.figure);
    }
    return { figure: exact(figure), notes: dues.flatMap(({ notes }) => notes ?? []) };
  },
});
