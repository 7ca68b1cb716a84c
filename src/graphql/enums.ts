import { registerEnumType } from './type-graphql.ts';
import type { Evidence as EvidenceName } from '../kernel/document.ts';
import { EVIDENCE } from '../kernel/document.ts';
import type { ReasonCode as ReasonName, Verdict as VerdictName } from '../kernel/finding.ts';
import { REASONS, VERDICTS } from '../kernel/finding.ts';
import type { RuleKind as KindName } from '../kernel/rule.ts';
import { RULE_KINDS } from '../kernel/rule.ts';
import { ACTS } from '../plugin-host/records.ts';
import { NOWHERE } from '../kernel/ledger.ts';

type Descriptions<K extends string> = Readonly<Record<K, string>>;

/** An enum of the schema from a list of the kernel, so that the two cannot differ. Names are given in capitals. */
function enumOf<K extends string>(name: string, description: string, values: readonly K[], descriptions: Descriptions<K>): Record<string, K> {
  const entries = Object.fromEntries(values.map((value) => [enumName(value), value]));
  registerEnumType(entries, { name, description, valuesConfig: Object.fromEntries(values.map((value) => [enumName(value), { description: descriptions[value] }])) });
  return entries;
}

/** `NOT_MET` stays; `founding` becomes FOUNDING. */
export const enumName = (value: string): string => value.toUpperCase();

export const Verdict = enumOf<VerdictName>('Verdict', 'The outcome of a requirement or of a whole question.', VERDICTS, {
  MET: 'The requirement holds.',
  NOT_MET: 'The requirement does not hold; the reasons say what is short, late, refused or still to come.',
  UNDETERMINED: 'It cannot be told: a fact, a rule, a published setting or a step is missing; the reasons name it.',
  NOT_APPLICABLE: 'The rule does not bind here.',
});

export const ReasonCode = enumOf<ReasonName>('ReasonCode', 'Why a verdict is what it is: stable, for programs.', Object.keys(REASONS) as ReasonName[], {
  MISSING_FACT: 'UNDETERMINED: a fact that could change the verdict was not given.',
  NO_RULE_IN_FORCE: 'UNDETERMINED: no rule is in force on that day; the message names the last known.',
  RULE_NOT_KNOWN: 'UNDETERMINED: the text is silent, or that part of it was not read.',
  SETTING_NOT_PUBLISHED: 'UNDETERMINED: an authority has to publish a number or method and has not.',
  PENDING: 'UNDETERMINED: a step of a procedure is still to come.',
  HELD: 'UNDETERMINED: a dispute or a check is not settled.',
  SHORT: 'NOT_MET: less than required; the finding has the shortfall.',
  OVER_LIMIT: 'NOT_MET: more than allowed.',
  NOT_YET_OPEN: 'NOT_MET: before the window; the message has the instant at which it opens.',
  CLOSED: 'NOT_MET: after the window.',
  LATE: 'NOT_MET: done, but after its day.',
  NOT_YET_DUE: 'NOT_MET so far: the due day is not over.',
  OVERDUE: 'NOT_MET: the due day is over.',
  INCOMPLETE: 'NOT_MET: required fields of a record are missing; all of them are named.',
  OUT_OF_ORDER: 'NOT_MET: a step was skipped or came too early.',
  NOT_DONE: 'NOT_MET: an act that is required was not done.',
  REFUSED: 'NOT_MET: a condition of the rule is not fulfilled.',
  OTHER_PLACE: 'NOT_APPLICABLE: the rule belongs to another place.',
  NOT_BOUND: 'NOT_APPLICABLE: the rule binds others.',
  CARRIED_OUT: 'NOT_APPLICABLE: another rule carries this one out.',
  REPLACED: 'NOT_APPLICABLE: another rule takes its place for the same use.',
  NOT_YET_TESTED: 'NOT_APPLICABLE: there is no year or case to test yet.',
  NOTHING_TO_DECIDE: 'NOT_APPLICABLE: the rule states data or duties only.',
  ENCOURAGED: 'NOT_APPLICABLE: encouraged by the text, and no duty.',
});

export const Evidence = enumOf<EvidenceName>('Evidence', 'How well a document is known, strongest first.', EVIDENCE, {
  founding: 'One of the documents that the product was founded on.',
  official: 'A later text read where its issuer or a school publishes it.',
  quoted: 'Known through a founding document that quotes it.',
  mirror: "Read at a third party's copy.",
});

export const RuleKind = enumOf<KindName>('RuleKind', 'What a rule is about.', RULE_KINDS, {
  credit: 'A requirement in credits, class hours or months (学分要求).',
  conversion: 'How one measure becomes another (折算).',
  offset: 'Which credits may stand in for which (冲抵).',
  quota: 'A limit on numbers or shares (限额).',
  deadline: 'A window or a last day (截止日期).',
  eligibility: 'A condition for something (资格).',
  workflow: 'Who does what, in which order (流程).',
  fee: 'What may be charged (收费).',
  data: 'Data that have to be kept or stated (数据).',
  report: 'What is reported, evaluated or published (报告).',
});

const NOWHERE_NAMES = [...NOWHERE, 'UNSETTLED'] as const;
export const Nowhere = enumOf<(typeof NOWHERE_NAMES)[number]>('Nowhere', 'Why an entry, or part of it, counts nowhere.', NOWHERE_NAMES, {
  OUTSIDE_CYCLE: 'Its day lies outside the cycle or period.',
  AFTER_AT: 'It is dated after the day asked about.',
  NOT_RECOGNISED: 'It has not been recognised.',
  REVERSED: 'It was reversed.',
  NOT_VETTED: 'The institution was not vetted and the school had not agreed before.',
  NO_CERTIFICATE: 'The certificate that it needs is not there.',
  NOT_HIGHER: 'The degree is not above the one already held.',
  OTHER_TRAINING: 'It belongs to other training that is not counted here.',
  UNSETTLED: 'Its amount or place is not known yet.',
});

export const Act = enumOf('Act', 'What can be done about an entry of the credit ledger.', ACTS, {
  declared: 'The teacher or the school put it down.',
  reviewed: 'It was looked at; the decision is still to come.',
  recognised: 'It counts.',
  refused: 'It does not count.',
  reversed: 'It was taken back; it stays on record.',
});
