import { ID, ObjectType } from '../type-graphql.ts';
import type { Assessment } from '../../kernel/assess.ts';
import { assumptionsOf } from '../../kernel/assumptions.ts';
import { readsOf } from '../../kernel/check-facts.ts';
import type { Finding } from '../../kernel/finding.ts';
import type { ReadingDependence } from '../../kernel/reading-dependence.ts';
import { Evidence, Verdict } from '../enums.ts';
import { FactObject } from '../fact/fact.type.ts';
import { Field } from '../field.ts';
import { JurisdictionObject } from '../jurisdiction/jurisdiction.type.ts';
import { CivilDayScalar } from '../scalars/civil-day.scalar.ts';
import { InstantScalar } from '../scalars/instant.scalar.ts';
import { JsonScalar } from '../scalars/json.scalar.ts';
import { say } from '../view.ts';
import type { AnswerView } from './answer-view.ts';
import { FindingObject, ReasonObject, YieldObject } from './finding.type.ts';
import { GapObject, LedgerObject } from './gap.type.ts';

@ObjectType('RulebookRef', { description: 'The rulebook under which an answer was given, so that it can be quoted.', simpleResolvers: true })
export class RulebookRef {
  @Field(() => String, { description: 'SHA-256 over its content: rules, documents, ledgers, versions of formulas, published settings.' })
  readonly hash!: string;
  @Field(() => CivilDayScalar, { nullable: true, description: 'The first day on which it holds unchanged.' })
  readonly from!: string | null;
  @Field(() => CivilDayScalar, { nullable: true, description: 'The last such day; null while no change is known.' })
  readonly to!: string | null;
}

@ObjectType('AssumedFact', { description: 'A fact that was not given and for which its declared default was taken.', simpleResolvers: true })
export class AssumedFact {
  @Field(() => String, { description: 'The name of the fact.' })
  readonly name!: string;
  @Field(() => JsonScalar, { nullable: true, description: 'The value that was assumed; null: that there is none.' })
  readonly value!: unknown;
  @Field(() => String, { description: 'Why it is assumed.' })
  readonly because!: string;
}

@ObjectType('TriedReading', { description: 'The verdict under another choice of readings.', simpleResolvers: true })
export class TriedReading {
  @Field(() => JsonScalar, { description: 'The readings chosen, by rule.' })
  readonly readings!: unknown;
  @Field(() => Verdict, { description: 'The verdict under them.' })
  readonly verdict!: string;
  @Field(() => Boolean, { description: 'Whether it differs from the verdict of the answer.' })
  readonly differs!: boolean;
}

@ObjectType('ReadingDependence', { description: 'Whether the verdict depends on how open texts are read, and on which. Given when all readings were asked for.', simpleResolvers: true })
export class ReadingDependenceObject {
  readonly #dependence: ReadingDependence;
  readonly #verdict: string;
  constructor(dependence: ReadingDependence, verdict: string) {
    this.#dependence = dependence;
    this.#verdict = verdict;
  }

  @Field(() => Boolean, { description: 'Whether some choice of readings changes the verdict.' })
  get depends(): boolean {
    return this.#dependence.depends;
  }
  @Field(() => [ID], { description: 'The rules on whose reading it depends.' })
  get on(): string[] {
    const alone = this.#dependence.alternatives.filter(({ verdict }) => verdict !== this.#verdict).map(({ rule }) => rule);
    return [...new Set([...alone, ...this.#dependence.together.flatMap(({ readings }) => Object.keys(readings))])];
  }
  @Field(() => [TriedReading], { description: 'Each alternative alone, and those that change the verdict only together.' })
  get tried(): TriedReading[] {
    const alone = this.#dependence.alternatives.map(({ rule, reading, verdict }) => ({ readings: { [rule]: reading }, verdict }));
    return [...alone, ...this.#dependence.together].map((tried) => ({ ...tried, differs: tried.verdict !== this.#verdict }));
  }
}

@ObjectType('Assessment', { description: 'The answer to a question: the verdict, every requirement behind it, and what would close the gap.', simpleResolvers: true })
export class AssessmentObject {
  readonly #assessment: Assessment;
  readonly #view: AnswerView;
  constructor(assessment: Assessment, view: AnswerView) {
    this.#assessment = assessment;
    this.#view = view;
  }

  @Field(() => JurisdictionObject, { description: 'The place whose rules decided.' })
  get jurisdiction(): JurisdictionObject {
    return new JurisdictionObject(this.#view.place.jurisdiction, this.#view);
  }
  @Field(() => ID, { nullable: true, description: 'The decision that was asked; null when one rule was.' })
  get decision(): string | null {
    return 'decision' in this.#assessment.subject ? this.#assessment.subject.decision : null;
  }
  @Field(() => ID, { nullable: true, description: 'The rule that was asked; null when a decision was.' })
  get ruleId(): string | null {
    return 'rule' in this.#assessment.subject ? this.#assessment.subject.rule : null;
  }
  @Field(() => InstantScalar, { description: 'The moment asked about.' })
  get at(): number {
    return this.#assessment.at;
  }
  @Field(() => InstantScalar, { description: 'The moment whose law decided.' })
  get lawAt(): number {
    return this.#assessment.lawAt;
  }
  @Field(() => RulebookRef, { description: 'The rulebook under which it was decided.' })
  get rulebook(): RulebookRef {
    const { rulebookHash, rulebookPeriod } = this.#assessment;
    return { hash: rulebookHash, from: rulebookPeriod.from, to: rulebookPeriod.to };
  }
  @Field(() => Verdict, { description: 'The verdict of the whole (结论).' })
  get verdict(): string {
    return this.#assessment.verdict;
  }
  @Field(() => [ReasonObject], { description: 'The reasons of the findings that decide it; empty when it is met.' })
  get reasons(): ReasonObject[] {
    return this.#assessment.reasons.map((reason) => new ReasonObject(reason, this.#view));
  }
  @Field(() => [FindingObject], { description: 'A finding for each rule, with its parts.' })
  get findings(): FindingObject[] {
    return this.#assessment.findings.map((finding) => new FindingObject(finding, this.#view));
  }
  @Field(() => [FindingObject], { description: 'The same with the parts behind their rule, in one list.' })
  get allFindings(): FindingObject[] {
    return this.#assessment.findings.flatMap(withParts).map((finding) => new FindingObject(finding, this.#view));
  }
  @Field(() => [FindingObject], { description: 'The binding findings that are not met or not determined: what a page has to show to someone who is not done.' })
  get openFindings(): FindingObject[] {
    return this.#assessment.findings.filter(({ verdict, binding }) => binding && (verdict === 'NOT_MET' || verdict === 'UNDETERMINED')).map((finding) => new FindingObject(finding, this.#view));
  }
  @Field(() => [String], { description: 'The facts that are missing for a verdict, with their paths.' })
  get missing(): readonly string[] {
    return this.#assessment.missing;
  }
  @Field(() => [FactObject], { description: 'The declarations of the missing facts.' })
  get missingFacts(): FactObject[] {
    const names = [...new Set(this.#assessment.missing.map((path) => path.split(/[.[]/, 1)[0] ?? path))];
    return names.flatMap((name) => this.#view.place.facts.get(name) ?? []).map((spec) => new FactObject(spec, this.#view));
  }
  @Field(() => [String], { description: 'Remarks on the whole.' })
  get notes(): string[] {
    return this.#assessment.notes.map((note) => say(this.#view, note));
  }
  @Field(() => GapObject, { nullable: true, description: 'The least additional credits or hours that would close it, of the first ledger that it uses; null when it uses none.' })
  get gap(): GapObject | null {
    const first = this.#assessment.ledgers[0];
    return first ? new GapObject(first.gap, this.#view) : null;
  }
  @Field(() => [LedgerObject], { description: 'The ledgers of credits or hours that it uses, each with its gap and the place of every entry.' })
  get ledgers(): LedgerObject[] {
    return this.#assessment.ledgers.map((answer) => new LedgerObject(answer, this.#view));
  }
  @Field(() => [FindingObject], { description: 'What is missing that no credits close: requirements, or parts of them, that are not met and are not counted in a ledger.' })
  get otherGaps(): FindingObject[] {
    const usesLedger = (finding: Finding): boolean => {
      const check = this.#view.versionOf(finding)?.spec.check;
      return check !== undefined && readsOf(check).ledgers.size > 0;
    };
    const open = this.#assessment.findings.filter(({ binding }) => binding).flatMap(leaves).filter((finding) => finding.verdict === 'NOT_MET' && !usesLedger(finding));
    return open.map((finding) => new FindingObject(finding, this.#view));
  }
  @Field(() => [YieldObject], { description: 'Amounts that the rules grant or count out.' })
  get yields(): YieldObject[] {
    return this.#assessment.findings.flatMap(({ yields }) => yields).map((yielded) => new YieldObject(yielded, this.#view));
  }
  @Field(() => Evidence, { nullable: true, description: 'The weakest evidence that it rests on; null when it rests on no document.' })
  get evidence(): string | null {
    return this.#assessment.evidence;
  }
  @Field(() => [AssumedFact], { description: 'Facts that were not given and for which a declared default was taken.' })
  get assumed(): AssumedFact[] {
    const rules = this.#assessment.findings.map(({ rule }) => rule);
    return this.#assessment.defaults.flatMap((name) => assumptionsOf(this.#view.place, rules, name).map(({ value, because }) => ({ name, value, because: because[this.#view.language] })));
  }
  @Field(() => ReadingDependenceObject, { nullable: true, description: 'Whether the verdict depends on readings; null unless all were asked for.' })
  get dependsOnReadings(): ReadingDependenceObject | null {
    const { dependence, verdict } = this.#assessment;
    return dependence ? new ReadingDependenceObject(dependence, verdict) : null;
  }
}

const withParts = (finding: Finding): Finding[] => [finding, ...finding.parts.flatMap(withParts)];

/** The requirements that have no parts of their own. */
const leaves = (finding: Finding): Finding[] => (finding.parts.length === 0 ? [finding] : finding.parts.flatMap(leaves));
