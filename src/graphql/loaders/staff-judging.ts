import type { Reach } from '../../access/reach.ts';
import type { Effort } from '../../kernel/effort.ts';
import type { Verdict } from '../../kernel/finding.ts';
import type { Page } from '../../persistence/keyset.ts';
import type { StoredPeople } from '../../persistence/repositories/stored-people.ts';
import { TeacherLists } from '../../persistence/repositories/teacher-lists.ts';
import type { TeacherList, TeacherRow } from '../../persistence/repositories/teacher-lists.ts';
import type { Sql } from '../../persistence/sql.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import { asOfQuestion } from '../../workflows/assess-people.ts';
import type { Turns } from '../../workflows/in-turn.ts';
import type { ProblemCode } from '../../workflows/problem.ts';
import { Counting } from '../../workflows/tally.ts';
import type { Tally } from '../../workflows/tally.ts';
import { REQUEST_LIMITS } from '../limits/limits.ts';
import { Batches } from './batches.ts';
import { judge, keyOf } from './judging.ts';
import type { AskedQuestion, Judged } from './judging.ts';

/** What came of assessing all teachers of an institution; `tooMany`: how many there would have been, at least. */
export type StaffResult<Result> = { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly tooMany: number };

/** A teacher with the verdict; a code where there is none. */
export type RowVerdict = readonly [row: TeacherRow, verdict: Verdict | ProblemCode];

interface Parts {
  readonly sql: Sql;
  readonly reach: Reach;
  /** Those who can be looked for by name; null: all in reach. */
  readonly named: Reach | null;
  readonly people: StoredPeople;
  readonly registry: Registry;
  readonly effort: Effort;
  readonly turns: Turns;
}

type Fold<Result> = { add(row: TeacherRow, judged: Judged): void; result(): Result };

const EVERYONE: Page = { size: REQUEST_LIMITS.staff, fromEnd: false, after: null, before: null };

/**
 * Assesses all teachers of institutions, for summaries and filters by verdict: two statements for any number of
 * institutions that ask the same. What is found is counted or noted at once, so that no answer has to be kept.
 */
export class StaffJudging {
  readonly #parts: Parts;
  readonly #tallies = new Batches<StaffResult<Tally>>();
  readonly #verdicts = new Batches<StaffResult<readonly RowVerdict[]>>();
  #assessed = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  tally(institutionId: string, list: TeacherList, question: AskedQuestion): Promise<StaffResult<Tally>> {
    const counting = (): Fold<Tally> => {
      const counts = new Counting();
      return { add: (_row, { answer }) => counts.add(answer), result: () => counts.result() };
    };
    return this.#tallies.load(keyOf({ list, question }), institutionId, (ids) => this.#judgeAll(ids, list, question, counting));
  }

  verdicts(institutionId: string, list: TeacherList, question: AskedQuestion): Promise<StaffResult<readonly RowVerdict[]>> {
    const noting = (): Fold<readonly RowVerdict[]> => {
      const noted: RowVerdict[] = [];
      return { add: (row, { answer }) => void noted.push([row, answer.ok ? answer.assessment.verdict : (answer.problems[0]?.code ?? 'MORE_PROBLEMS')]), result: () => noted };
    };
    return this.#verdicts.load(keyOf({ list, question }), institutionId, (ids) => this.#judgeAll(ids, list, question, noting));
  }

  async #judgeAll<Result>(institutions: readonly string[], list: TeacherList, question: AskedQuestion, begin: () => Fold<Result>): Promise<StaffResult<Result>[]> {
    const { sql, reach, named, turns } = this.#parts;
    const staffs = (await new TeacherLists(sql, reach, named).pages(list, EVERYONE, institutions)).map(({ rows, hasNext }) => this.#admit(rows, hasNext));
    const admitted = staffs.flatMap((staff) => (staff.ok ? staff.result : []));
    const people = await this.#parts.people.load(admitted.map(({ id }) => id), asOfQuestion(question, question.knownAt));
    const folds = staffs.map((staff) => (staff.ok ? { rows: staff.result, fold: begin() } : null));
    const asked = folds.flatMap((staff) => (staff ? staff.rows.map((row) => ({ row, fold: staff.fold })) : [])).map((item, index) => ({ ...item, person: people[index] ?? null }));
    await turns.ask(asked, ({ row, fold, person }) => fold.add(row, judge(this.#parts, person, question)));
    return staffs.map((staff, index) => {
      const fold = folds[index]?.fold;
      return staff.ok && fold ? { ok: true, result: fold.result() } : { ok: false, tooMany: staff.ok ? 0 : staff.tooMany };
    });
  }

  /** Whether the request may still assess so many. */
  #admit(rows: readonly TeacherRow[], hasMore: boolean): StaffResult<readonly TeacherRow[]> {
    const wanted = this.#assessed + rows.length + (hasMore ? 1 : 0);
    if (wanted > REQUEST_LIMITS.staff) return { ok: false, tooMany: wanted };
    this.#assessed = wanted;
    return { ok: true, result: rows };
  }
}
