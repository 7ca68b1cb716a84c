import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, dayOf, formatInstant } from '../../kernel/civil-day.ts';
import { sealClaim, sealReason } from '../../persistence/correction-texts.ts';
import { writingKey } from '../../persistence/keys/writing-key.ts';
import { endCorrection, insertCorrection, mainJobOf, openCorrections, recordToCorrect } from '../../persistence/repositories/correction-writes.ts';
import { Corrections } from '../../persistence/repositories/corrections.ts';
import type { CorrectionRow } from '../../persistence/repositories/corrections.ts';
import { sqlErrorKind } from '../../persistence/sql-errors.ts';
import { open } from '../../records/audit-row.ts';
import { answeringPlace, CLAIM_LIMITS, MOST_OPEN } from '../../workflows/correct-record.ts';
import type { CorrectionState, RecordToCorrect } from '../../workflows/correct-record.ts';
import { problem } from '../../workflows/problem.ts';
import type { Problem } from '../../workflows/problem.ts';
import { audited } from '../access/audited.ts';
import type { Change } from '../access/audited.ts';
import { madeBy, Mutation } from '../access/mutation.ts';
import type { Replay } from '../access/mutation.ts';
import { Refused } from '../access/refused.ts';
import { userError } from '../assessment/outcome.type.ts';
import type { ApiContext } from '../context.ts';
import { Field } from '../field.ts';
import { sceneAt } from '../scene.ts';
import { readId } from '../teacher/read-list.ts';
import { Arg, Ctx, Field as InputField, ID, InputType, ObjectType, Resolver } from '../type-graphql.ts';
import { UserError } from '../user-error.type.ts';
import { CorrectionObject } from './correction.type.ts';
import { CorrectionDecisionEnum } from './enums.ts';
import type { CorrectionDecision } from './enums.ts';
import { CorrectionRequestInput, readAsked, readClaim, readProse, readRecord } from './read-request.ts';
import type { Asked } from './read-request.ts';

@InputType({ description: 'What is decided about a correction.' })
export class CorrectionDecideInput {
  @InputField(() => ID, { description: 'The correction, by global id.' })
  readonly correction!: string;
  @InputField(() => CorrectionDecisionEnum, { description: 'What is decided.' })
  readonly decision!: CorrectionDecision;
  @InputField(() => String, { nullable: true, description: `Why, in 1 to ${CLAIM_LIMITS.text} characters; needed where it is rejected.` })
  readonly reason?: string | null;
}

@ObjectType('CorrectionPayload', { description: 'The correction as it stands now, or what forbids it.', simpleResolvers: true })
export class CorrectionPayload {
  @Field(() => CorrectionObject, { nullable: true, description: 'The correction; null on a dry run, where it was refused, and where a request that was sent again may not see it any more.' })
  readonly correction!: CorrectionObject | null;
  @Field(() => [UserError], { description: 'Everything that forbids it; empty when it was done, or would be.' })
  readonly userErrors!: readonly UserError[];
}

const replay: Replay = async (earlier, context): Promise<CorrectionPayload> => {
  const id = madeBy(earlier, 'Correction');
  return { correction: id === null ? null : await shown(id, context), userErrors: [] };
};

const DRY = { description: 'Whether to say alone what would come of it.', defaultValue: false };

@Resolver()
export class CorrectionMutation {
  @Mutation(() => CorrectionPayload, { description: 'Asks for a correction of what the register says of oneself, or of a teacher who lets somebody ask (REQUEST_CORRECTION). It is decided by whoever answers for the record, until the last day of `dueOn`.', replay })
  correctionRequest(@Arg('input', () => CorrectionRequestInput, { description: 'What is wrong.' }) input: CorrectionRequestInput, @Arg('dryRun', () => Boolean, DRY) dryRun: boolean, @Ctx() context: ApiContext): Promise<CorrectionPayload> {
    return answered(context, 'correctionRequest', (transaction) => request(transaction, input, dryRun, context));
  }

  @Mutation(() => CorrectionPayload, { description: 'Takes a correction back while it is not decided: by the teacher, or by whoever may ask for them.', replay })
  correctionWithdraw(@Arg('correction', () => ID, { description: 'The correction, by global id.' }) correction: string, @Arg('dryRun', () => Boolean, DRY) dryRun: boolean, @Ctx() context: ApiContext): Promise<CorrectionPayload> {
    return answered(context, 'correctionWithdraw', (transaction) => withdraw(transaction, correction, dryRun, context));
  }

  @Mutation(() => CorrectionPayload, { description: 'Decides about a correction: by whoever answers for its institution or place, never by the teacher nor by who asked. To accept it changes nothing in the register by itself: `remedy` says how that comes.', replay })
  correctionDecide(@Arg('input', () => CorrectionDecideInput, { description: 'What is decided.' }) input: CorrectionDecideInput, @Arg('dryRun', () => Boolean, DRY) dryRun: boolean, @Ctx() context: ApiContext): Promise<CorrectionPayload> {
    return answered(context, 'correctionDecide', (transaction) => decide(transaction, input, dryRun, context));
  }
}

interface Done {
  readonly id: string;
  readonly change: Change;
}

/** `work` gives null for what was only tried. */
async function answered(context: ApiContext, action: string, work: (transaction: EntityManager) => Promise<Done | null>): Promise<CorrectionPayload> {
  try {
    const id = await audited(context, action, async (transaction) => {
      const done = await work(transaction);
      return { result: done?.id ?? null, change: done?.change ?? null };
    });
    return { correction: id === null ? null : await shown(id, context), userErrors: [] };
  } catch (error) {
    const problems = error instanceof Refused ? error.problems : sqlErrorKind(error) === 'unique' ? [openAlready] : null;
    if (!problems) throw error;
    return { correction: null, userErrors: problems.map((found) => userError(context.view, found)) };
  }
}

async function shown(id: string, context: ApiContext): Promise<CorrectionObject | null> {
  const scene = await sceneAt(context);
  const [row] = await new Corrections(scene.loaders.sql, context.access.reach('corrections')).byId([id]);
  return row ? new CorrectionObject(row, scene) : null;
}

const openAlready = problem('CONFLICT', 'input.record', null, 'correction.open-already');

async function request(transaction: EntityManager, input: CorrectionRequestInput, dryRun: boolean, { access: { principal }, now, correctionDays, loaders }: ApiContext): Promise<Done | null> {
  const problems: Problem[] = [];
  const asked = readAsked(input, principal, problems);
  const named = readRecord(input, problems);
  const claim = readClaim(input, problems);
  if (!asked || principal.accountId === null || problems.length > 0) throw new Refused(problems);
  const record = await recordOf(transaction, asked, named, input.record ?? '');
  if ((await openCorrections(transaction, asked.personId)) >= MOST_OPEN) throw new Refused([problem('TOO_MANY', 'input', null, 'correction.too-many', [], { max: MOST_OPEN })]);
  const today = dayOf(now);
  const place = answeringPlace(record, await mainJobOf(transaction, asked.personId, today));
  const dueOn = addDays(today, correctionDays);
  const id = await insertCorrection(transaction, { record, place, claim: sealClaim(await writingKey(transaction, loaders.keys), claim, asked.personId), submittedBy: principal.accountId, delegationId: asked.delegationId, dueOn });
  // Put down all the same, so that the store has its say too.
  if (dryRun) throw new Refused([]);
  const after = { about: open(record.about), state: open('SUBMITTED'), dueOn: open(dueOn), place: open(place.code) };
  return { id, change: { nodes: nodesOf(id, asked.personId), after, ...actingOf(asked) } };
}

async function recordOf(transaction: EntityManager, { personId }: Asked, named: ReturnType<typeof readRecord>, given: string): Promise<RecordToCorrect> {
  if (named === null) return { personId, about: 'MISSING', recordId: null, sourceId: null, institutionId: null, code: null };
  const found = await recordToCorrect(transaction, named.about, named.id);
  if (found?.personId !== personId) throw new Refused([problem('UNKNOWN_RECORD', 'input.record', given, 'correction.unknown-record', [], { id: given })]);
  return found;
}

async function withdraw(transaction: EntityManager, given: string, dryRun: boolean, context: ApiContext): Promise<Done | null> {
  const row = await visible(transaction, 'correction', given, context);
  const { principal } = context.access;
  const held = principal.delegations.find(({ personId, actions }) => personId === row.personId && actions.includes('REQUEST_CORRECTION'));
  if (row.personId !== principal.personId && !held) throw new Refused([unknown('correction', given)]);
  return end(transaction, row, 'correction', 'WITHDRAWN', null, dryRun, context, row.personId === principal.personId ? null : (held?.id ?? null));
}

async function decide(transaction: EntityManager, { correction: given, decision, reason }: CorrectionDecideInput, dryRun: boolean, context: ApiContext): Promise<Done | null> {
  const row = await visible(transaction, 'input.correction', given, context);
  const { access } = context;
  const problems: Problem[] = [];
  if (row.personId === access.principal.personId) problems.push(problem('NOT_ALLOWED', 'input.correction', given, 'correction.own'));
  else if (row.submittedBy === access.principal.accountId) problems.push(problem('NOT_ALLOWED', 'input.correction', given, 'correction.by-oneself'));
  // Seen because one may ask for the teacher, and nothing to decide about.
  else if (!access.admits('CORRECTORS', { personId: row.personId, institutionId: row.institutionId, code: row.jurisdictionCode })) problems.push(unknown('input.correction', given));
  if (reason == null && decision === 'REJECTED') problems.push(problem('OUT_OF_RANGE', 'input.reason', null, 'correction.no-reason'));
  const said = reason == null ? null : readProse('input.reason', reason, CLAIM_LIMITS.text, problems);
  if (problems.length > 0) throw new Refused(problems);
  return end(transaction, row, 'input.correction', decision, said, dryRun, context, null);
}

/** A correction that may be seen, whoever may end it. */
async function visible(transaction: EntityManager, path: string, given: string, { access }: ApiContext): Promise<CorrectionRow> {
  const problems: Problem[] = [];
  const id = readId('Correction', path, given, problems);
  if (id === null) throw new Refused(problems);
  const [row] = await new Corrections(transaction, access.reach('corrections')).byId([id]);
  if (!row) throw new Refused([unknown(path, given)]);
  return row;
}

async function end(transaction: EntityManager, row: CorrectionRow, path: string, to: Exclude<CorrectionState, 'SUBMITTED'>, reason: string | null, dryRun: boolean, { access: { principal }, loaders }: ApiContext, delegationId: string | null): Promise<Done | null> {
  if (row.state !== 'SUBMITTED') throw new Refused([notOpen(path, row)]);
  const sealed = reason === null ? null : sealReason(await writingKey(transaction, loaders.keys), reason, row.personId);
  const done = await endCorrection(transaction, row.id, to, principal.accountId ?? '', sealed);
  if (!done) {
    // Somebody was quicker: what has become of it since it was looked at.
    const [now] = await new Corrections(transaction, { isWhole: true, personIds: [], institutionIds: [], codes: [] }).byId([row.id]);
    throw new Refused([now && now.state !== 'SUBMITTED' ? notOpen(path, now) : unknown(path, '')]);
  }
  if (dryRun) throw new Refused([]);
  const change = { nodes: nodesOf(row.id, row.personId), before: { state: open(row.state) }, after: { state: open(to) }, ...actingOf({ personId: row.personId, delegationId }) };
  return { id: row.id, change };
}

const nodesOf = (id: string, personId: string): Change['nodes'] => [{ type: 'Correction', id }, { type: 'Teacher', id: personId }];
const actingOf = ({ personId, delegationId }: Asked): Pick<Change, 'delegation'> => (delegationId === null ? {} : { delegation: { id: delegationId, personId } });
const unknown = (path: string, given: string): Problem => problem('UNKNOWN_CORRECTION', path, given, 'correction.unknown', [], { id: given });
const notOpen = (path: string, { state, decidedAt }: CorrectionRow): Problem => problem('NOT_OPEN', path, state, 'correction.not-open', [], { state, at: decidedAt === null ? '—' : formatInstant(decidedAt) });
