import { storeAssessment } from '../../persistence/repositories/stored-assessments.ts';
import { open } from '../../records/audit-row.ts';
import { audited } from '../access/audited.ts';
import { madeBy, Mutation } from '../access/mutation.ts';
import type { Replay } from '../access/mutation.ts';
import { draftAssessment } from '../../workflows/record-assessment.ts';
import type { Problem } from '../../workflows/problem.ts';
import type { AssessmentDraft } from '../../workflows/stored-assessment.ts';
import { answerView } from '../assessment/answer-view.ts';
import { AssessmentObject } from '../assessment/assessment.type.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { sceneAt } from '../scene.ts';
import { Arg, Ctx, ObjectType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';
import { AssessmentRecordInput } from './assessment-record.input.ts';
import { questionToRecord } from './question-to-record.ts';
import { StoredAssessmentObject } from './stored-assessment.type.ts';

@ObjectType('AssessmentRecordPayload', { description: 'What was stored, or all that is wrong with the question.', simpleResolvers: true })
export class AssessmentRecordPayload {
  @Field(() => StoredAssessmentObject, { nullable: true, description: 'What was stored; null on a dry run, when the question could not be taken, and where a request that was sent again may not see it any more.' })
  readonly storedAssessment!: StoredAssessmentObject | null;
  @Field(() => AssessmentObject, { nullable: true, description: 'The answer, on a dry run too; null when the question could not be taken, or may not be seen any more.' })
  readonly assessment!: AssessmentObject | null;
  @Field(() => [UserError], { description: 'Everything that is wrong with the question; empty when there is an answer.' })
  readonly userErrors!: readonly UserError[];
}

/** What was stored, with its answer as it was stored. */
const replay: Replay = async (earlier, context): Promise<AssessmentRecordPayload> => {
  const id = madeBy(earlier, 'StoredAssessment');
  const scene = await sceneAt(context);
  const found = id === null ? null : await scene.loaders.storedAssessment(id, scene.knownAt);
  const storedAssessment = found && new StoredAssessmentObject(found, scene);
  return { storedAssessment, assessment: storedAssessment && (await storedAssessment.assessment()), userErrors: [] };
};

@Resolver()
export class AssessmentRecordMutation {
  @Mutation(() => AssessmentRecordPayload, { description: 'Answers a question and stores the answer with its rulebook, times and facts, so that it can be computed again years later. It counts as a question, 100 in a request.', replay })
  async assessmentRecord(
    @Arg('input', () => AssessmentRecordInput, { description: 'The question.' }) input: AssessmentRecordInput,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Whether to answer alone and store nothing.' }) dryRun: boolean,
    @Ctx() context: ApiContext,
  ): Promise<AssessmentRecordPayload> {
    const read = await questionToRecord(input, context);
    if (!read.ok) return refusal(read.problems, context);
    const [drafted] = await context.turns.ask([read.asked], (asked) => draftAssessment(context.view.registry, asked, context.effort));
    if (!drafted?.ok) return refusal(drafted?.problems ?? [], context);
    return { ...(await stored(drafted.draft, dryRun, context)), userErrors: [] };
  }
}

async function stored(draft: AssessmentDraft, dryRun: boolean, context: ApiContext): Promise<Omit<AssessmentRecordPayload, 'userErrors'>> {
  const { view, loaders, now, requestId, access } = context;
  const place = view.registry.place(draft.jurisdictionCode);
  const assessment = place && new AssessmentObject(draft.assessment, answerView(view, place));
  if (dryRun) return { storedAssessment: null, assessment };
  const written = await audited(context, 'assessmentRecord', async (transaction) => {
    const made = await storeAssessment(transaction, draft, loaders.keys, requestId, access.principal.accountId);
    const delegation = access.principal.delegations.find(({ personId, actions }) => personId === made.personId && actions.includes('RECORD_ASSESSMENT'));
    const nodes = [{ type: 'StoredAssessment', id: made.id }, ...(made.personId === null ? [] : [{ type: 'Teacher', id: made.personId }])];
    return { result: made, change: { nodes, after: { verdict: open(made.verdict), answerHash: open(made.answerHash) }, assessmentId: made.id, rulebookHash: made.rulebookHash, ...(delegation && { delegation }) } };
  });
  return { storedAssessment: new StoredAssessmentObject(written, { view, loaders, access, at: now, knownAt: written.recordedAt }), assessment };
}

const refusal = (problems: readonly Problem[], { view }: ApiContext): AssessmentRecordPayload => ({ storedAssessment: null, assessment: null, userErrors: problems.map((found) => userError(view, found)) });
