import { problemsOfAsking } from '../../workflows/ask-question.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { userError } from '../assessment/outcome.type.ts';
import { REQUEST_LIMITS } from '../limits/limits.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import type { AskArgs } from '../teacher/teacher.input.ts';
import { questionOf } from '../teacher/teacher.type.ts';
import { InstitutionSummary } from './summary.type.ts';
import type { SummaryOutcome } from './summary.type.ts';

/** Counts what comes of a question among the teachers of an institution, or says what is wrong with it. */
export async function summarise(institutionId: string, scene: Scene, args: AskArgs): Promise<SummaryOutcome> {
  const { view, loaders, knownAt } = scene;
  const refused = (problems: readonly Problem[]): SummaryOutcome => ({ summary: null, userErrors: problems.map((found) => userError(view, found)), knownAt });
  const question = questionOf(args, scene);
  const problems = problemsOfAsking(view.registry, question);
  if (problems.length > 0) return refused(problems);
  const counted = await loaders.staff.tally(institutionId, { filter: {}, order: 'NAME', time: timeOf(scene) }, question);
  if (!counted.ok) return refused([tooMany('summary', counted.tooMany)]);
  return { summary: new InstitutionSummary(counted.result, question, view), userErrors: [], knownAt };
}

export const tooMany = (path: string, found: number): Problem => problem('TOO_MANY', path, found, 'input.too-many-teachers', [], { max: REQUEST_LIMITS.staff, found });
