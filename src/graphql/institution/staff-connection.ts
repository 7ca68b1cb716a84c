import { comparePositions, slicePage } from '../../persistence/keyset.ts';
import type { Page } from '../../persistence/keyset.ts';
import type { TeacherList } from '../../persistence/repositories/teacher-lists.ts';
import { TEACHER_ORDERS } from '../../persistence/repositories/teacher-lists.ts';
import { problemsOfAsking } from '../../workflows/ask-question.ts';
import type { Problem } from '../../workflows/problem.ts';
import { problem } from '../../workflows/problem.ts';
import { refuseInput } from '../refuse-input.ts';
import { MOST_COUNTED } from '../relay/connection.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { readTeacherFilter } from '../teacher/read-list.ts';
import { teacherConnection } from '../teacher/teacher-connection.ts';
import { readTeacherPage, withNames } from '../teacher/teacher-cursors.ts';
import type { TeacherConnection } from '../teacher/teacher-connection.ts';
import type { StaffArgs, VerdictFilterInput } from '../teacher/teacher.input.ts';
import { questionOf } from '../teacher/teacher.type.ts';
import { tooMany } from './summarise.ts';

/** A page of the teachers of one institution. Those of many institutions are read together. */
export async function staffConnection(institutionId: string, scene: Scene, { filter, verdict, orderBy, at: _at, knownAt: _knownAt, ...paging }: StaffArgs): Promise<TeacherConnection> {
  const { view, loaders } = scene;
  const problems: Problem[] = [];
  const list: TeacherList = { filter: await readTeacherFilter(view, filter, problems), order: orderBy, time: timeOf(scene) };
  const asked = readTeacherPage(paging, orderBy, scene.access, problems);
  if (verdict) problems.push(...problemsOfAsking(view.registry, questionOf(verdict, scene)).map((found) => ({ ...found, path: `verdict.${found.path}` })));
  if (problems.length > 0) refuseInput(view, problems);
  const page = await withNames(asked, orderBy, scene);
  if (verdict) return withVerdict(institutionId, scene, list, page, verdict);
  return teacherConnection(scene, orderBy, await loaders.staffPage(institutionId, list, page), () => loaders.staffCount(institutionId, list, MOST_COUNTED + 1));
}

/** All are assessed, in the order of the list; the page is cut out of those that have the verdict. */
async function withVerdict(institutionId: string, scene: Scene, list: TeacherList, page: Page, verdict: VerdictFilterInput): Promise<TeacherConnection> {
  const judged = await scene.loaders.staff.verdicts(institutionId, list, questionOf(verdict, scene));
  if (!judged.ok) return refuseInput(scene.view, [tooMany('verdict', judged.tooMany)]);
  // Who could not be judged for want of effort might belong here.
  const unfinished = judged.result.filter(([, found]) => found === 'PROBLEM_TOO_LARGE').length;
  if (unfinished > 0) refuseInput(scene.view, [problem('PROBLEM_TOO_LARGE', 'verdict', unfinished, 'input.too-much-to-judge', [], { found: unfinished })]);
  const rows = judged.result.flatMap(([row, found]) => (found === verdict.is ? [row] : []));
  const order = TEACHER_ORDERS[list.order];
  return teacherConnection(scene, list.order, slicePage(rows, page, (row) => row, (a, b) => comparePositions(order, a, b)), () => rows.length);
}
