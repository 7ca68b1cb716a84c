import type { Instant } from '../../kernel/civil-day.ts';
import { readAnswer, readQuestion } from '../../workflows/stored-assessment.ts';
import type { StoredAssessment } from '../../workflows/stored-assessment.ts';
import { AssessmentObject } from '../assessment/assessment.type.ts';
import { Verdict } from '../enums.ts';
import type { Place } from '../../access/reach.ts';
import { ABOUT } from '../access/guard-fields.ts';
import { Field } from '../field.ts';
import { JurisdictionObject, knownJurisdiction } from '../jurisdiction/jurisdiction.type.ts';
import { globalId } from '../relay/global-id.ts';
import { Node } from '../relay/node.type.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { timeOf } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { TeacherObject } from '../teacher/teacher.type.ts';
// For annotations: the modules import each other, and what a decorator notes of a class has to be there already.
import type { TeacherObject as Teacher } from '../teacher/teacher.type.ts';
import { ID, ObjectType } from '../type-graphql.ts';
import { RecomputationObject } from './recomputation.type.ts';
import { storedAnswerView } from './stored-answer-view.ts';

@ObjectType('StoredAssessment', { implements: Node, description: 'An answer that was stored, with all that it takes to give it again: it never changes.', simpleResolvers: true })
export class StoredAssessmentObject {
  readonly #stored: StoredAssessment;
  readonly #scene: Scene;
  constructor(stored: StoredAssessment, scene: Scene) {
    this.#stored = stored;
    this.#scene = scene;
    if (stored.personId !== null) scene.access.givesOut(stored.personId, 'StoredAssessment');
  }

  get [ABOUT](): Place | Promise<Place> {
    const { personId, jurisdictionCode } = this.#stored;
    if (personId === null) return { personId: '', institutionId: null, code: jurisdictionCode };
    return this.#scene.loaders.teacher(personId, timeOf(this.#scene)).then((row) => ({ personId, institutionId: row?.job?.institution.id ?? null, code: row?.job?.jurisdictionCode ?? null }));
  }
  @Field(() => ID, { description: 'The global id.' })
  get id(): string {
    return globalId('StoredAssessment', this.#stored.id);
  }
  @Field(() => InstantScalar, { description: 'When it was stored.' })
  get recordedAt(): Instant {
    return this.#stored.recordedAt;
  }
  @Field(() => TeacherObject, { nullable: true, description: 'Whom it is about, as known here and now; null when the facts came with the question.' })
  get teacher(): Promise<Teacher | null> | null {
    const { personId } = this.#stored;
    return personId === null ? null : this.#scene.loaders.teacher(personId, timeOf(this.#scene)).then((row) => row && new TeacherObject(row, this.#scene));
  }
  @Field(() => JurisdictionObject, { nullable: true, description: 'The place whose rules decided; null for a code that no plugin knows any more.' })
  get jurisdiction(): JurisdictionObject | null {
    return knownJurisdiction(this.#scene.view, this.#stored.jurisdictionCode);
  }
  @Field(() => ID, { nullable: true, description: 'The decision that was asked; null when one rule was.' })
  get decision(): string | null {
    const { subject } = this.#stored;
    return 'decision' in subject ? subject.decision : null;
  }
  @Field(() => ID, { nullable: true, description: 'The rule that was asked; null when a decision was.' })
  get ruleId(): string | null {
    const { subject } = this.#stored;
    return 'rule' in subject ? subject.rule : null;
  }
  @Field(() => InstantScalar, { description: 'The moment asked about.' })
  get at(): Instant {
    return this.#stored.at;
  }
  @Field(() => InstantScalar, { description: 'The moment whose law decided.' })
  get lawAt(): Instant {
    return this.#stored.lawAt;
  }
  @Field(() => InstantScalar, { description: 'The last recording that its facts know; when they came with the question, the moment at which it was asked.' })
  get knownAt(): Instant {
    return this.#stored.knownAt;
  }
  @Field(() => JsonScalar, { description: 'The facts on which it rests, by name, as they were given or read from the store.' })
  facts(): Promise<unknown> {
    return this.#scene.loaders.storedTexts(this.#stored.id).then((texts) => readQuestion(texts).facts);
  }
  @Field(() => Verdict, { description: 'The verdict that was stored.' })
  get verdict(): string {
    return this.#stored.verdict;
  }
  @Field(() => String, { description: 'SHA-256 of the rulebook under which it was decided.' })
  get rulebookHash(): string {
    return this.#stored.rulebookHash;
  }
  @Field(() => String, { description: 'SHA-256 over the canonical JSON of the answer.' })
  get answerHash(): string {
    return this.#stored.answerHash;
  }
  @Field(() => AssessmentObject, { description: 'The answer as it was stored, with sentences in the language of the request. Nothing is computed.' })
  assessment(): Promise<AssessmentObject> {
    const { loaders, view } = this.#scene;
    return Promise.all([loaders.storedTexts(this.#stored.id), loaders.storedPlace(this.#stored)]).then(([texts, { place }]) => new AssessmentObject(readAnswer(texts), storedAnswerView(view, place, this.#stored.lawAt)));
  }
  @Field(() => RecomputationObject, { description: 'The same question answered again from the stored rulebook and facts: whether it is the same, and what code has changed since. Counts as a question, 100 in a request.' })
  recomputed(): Promise<RecomputationObject> {
    return this.#scene.loaders.recomputation(this.#stored).then((found) => new RecomputationObject(found, storedAnswerView(this.#scene.view, found.place, this.#stored.lawAt)));
  }
}
