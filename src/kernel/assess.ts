import { contentHash } from './canonical.ts';
import { dayOf } from './civil-day.ts';
import type { Instant } from './civil-day.ts';
import type { Context } from './context.ts';
import { newContext } from './context.ts';
import type { Evidence } from './document.ts';
import { costOf } from './effort.ts';
import type { Effort } from './effort.ts';
import { weakerEvidence } from './document.ts';
import { distinctReasons } from './result.ts';
import type { Result } from './result.ts';
import type { Facts } from './facts.ts';
import type { Finding, Reason, Verdict } from './finding.ts';
import { combineVerdicts, reason } from './finding.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { Gap } from './ledger-gap.ts';
import { gapOf } from './ledger-gap.ts';
import type { EntryPlacement } from './ledger-placements.ts';
import { placementsOf } from './ledger-placements.ts';
import type { Law, Place, Rulebook, RuleVersion, Standing } from './place.ts';
import { readingDependence } from './reading-dependence.ts';
import type { ReadingDependence } from './reading-dependence.ts';
import { resultOfRule, scopeOf, toFinding } from './rule-finding.ts';
import type { Message } from './text.ts';
import { message } from './text.ts';
import { settleInEveryWorld } from './worlds.ts';
import type { WorldAnswer } from './worlds.ts';

/** What is asked: one rule, or a named decision. */
export type Subject = { readonly rule: string } | { readonly decision: string };

export interface Question {
  readonly subject: Subject;
  readonly facts: Facts;
  /** The moment asked about. */
  readonly at: Instant;
  /** A moment of the day whose law decides; default `at`. */
  readonly lawAt?: Instant;
  /** Readings by rule; `ALL` also tells whether the verdict depends on one. */
  readonly readings?: ReadonlyMap<string, string> | 'ALL';
  /** What answering may cost; without one each allocation has its own bound alone. */
  readonly effort?: Effort;
}

/** Credits or hours as they were allocated. */
export interface LedgerAnswer {
  readonly ledger: string;
  readonly gap: Gap;
  readonly entries: readonly EntryPlacement[];
}

/** The answer: the verdict, every requirement behind it, and what would close the gap. */
export interface Assessment {
  readonly jurisdiction: string;
  readonly subject: Subject;
  readonly at: Instant;
  readonly lawAt: Instant;
  readonly rulebookHash: string;
  /** Days on which this rulebook holds. */
  readonly rulebookPeriod: Rulebook['period'];
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
  readonly missing: readonly string[];
  readonly notes: readonly Message[];
  readonly ledgers: readonly LedgerAnswer[];
  /** The weakest evidence that the verdict rests on; null when it rests on no document. */
  readonly evidence: Evidence | null;
  /** Facts that were assumed. */
  readonly defaults: readonly string[];
  readonly dependence: ReadingDependence | null;
}

const NONE: readonly never[] = [];
const NO_READINGS: ReadonlyMap<string, string> = new Map();

/**
 * Decides a question for a place from facts alone: no clock, no database. Facts have been checked. Throws
 * AllocationRefused for a transcript over the declared bounds, RangeError for a fault of a plugin.
 */
export function assess(place: Place, question: Question): Assessment {
  const isAll = question.readings === 'ALL';
  const readings = question.readings === 'ALL' ? NO_READINGS : (question.readings ?? NO_READINGS);
  const evaluation = evaluateQuestion(place, question, question.facts, readings);
  const { context, results } = evaluation;
  const found = findingsOf(evaluation);
  const settled = settleInEveryWorld(place, worldAnswer(evaluation, found), question.facts, (facts) => inWorld(evaluateQuestion(place, question, facts, readings)));
  const findings = settled?.findings ?? found;
  const everywhere = evaluation.verdict === 'UNDETERMINED' ? (settled?.everywhere ?? null) : null;
  const verdict = everywhere?.verdict ?? (settled ? combineVerdicts(findings) : evaluation.verdict);
  const deciding = findings.filter((finding) => finding.binding && finding.verdict === verdict);
  const isGuidelineOnly = findings.length > 0 && findings.every(({ binding }) => !binding);
  return {
    jurisdiction: place.jurisdiction.code,
    subject: question.subject,
    at: question.at,
    lawAt: question.lawAt ?? question.at,
    rulebookHash: hashWithSettings(place, context.rulebook, question.facts),
    rulebookPeriod: context.rulebook.period,
    verdict,
    reasons: verdict === 'MET' ? NONE : isGuidelineOnly ? [reason('NOTHING_TO_DECIDE', 'assessment.guidelines-only')] : everywhere ? everywhere.reasons : findings.length === 0 ? evaluation.reasons : distinctReasons(deciding.flatMap(({ reasons }) => reasons)),
    findings,
    missing: verdict === 'UNDETERMINED' || isGuidelineOnly ? [...new Set((isGuidelineOnly ? findings : deciding).flatMap(({ missing }) => missing))] : NONE,
    notes: everywhere ? [message('assessment.same-for-every-value', { facts: settled?.facts ?? NONE })] : NONE,
    ledgers: ledgerAnswers(context, results),
    evidence: weakestEvidence(findings),
    defaults: context.defaultsUsed.size === 0 ? NONE : [...context.defaultsUsed],
    dependence: isAll ? readingDependence(context, verdict, (chosen) => evaluateQuestion(place, question, question.facts, chosen).verdict) : null,
  };
}

interface Evaluation {
  readonly context: Context;
  readonly results: readonly { readonly rule: string; readonly result: Result }[];
  readonly verdict: Verdict;
  /** Why there is nothing to combine. */
  readonly reasons: readonly Reason[];
}

function evaluateQuestion(place: Place, question: Question, facts: Facts, readings: ReadonlyMap<string, string>): Evaluation {
  const lawDay = question.lawAt === undefined || question.lawAt === question.at ? dayOf(question.at) : dayOf(question.lawAt);
  const rulebook = place.rulebookOn(lawDay);
  question.effort?.spend(costOf(facts));
  const context = newContext({ place, rulebook, facts, at: question.at, readings, effort: question.effort, counted: null, asks: 'rule' in question.subject ? NONE : (place.decisions.get(question.subject.decision)?.asks ?? NONE) });
  const rules = 'rule' in question.subject ? [question.subject.rule] : rulesOfDecision(rulebook.standing, question.subject.decision);
  const results = rules.map((rule) => ({ rule, result: resultOfRule(context, rule) }));
  if (results.length > 0) return { context, results, reasons: NONE, verdict: combineVerdicts(results.map(({ result }) => ({ verdict: result.verdict, binding: !result.origin?.spec.guideline }))) };
  return { context, results, reasons: [reason('RULE_NOT_KNOWN', 'finding.decision-not-known', { place: place.jurisdiction.name })], verdict: 'UNDETERMINED' };
}

const findingsOf = ({ context, results }: Evaluation): readonly Finding[] => results.map(({ rule, result }) => toFinding(context, rule, result));

const worldAnswer = ({ results, verdict }: Evaluation, findings: readonly Finding[]): WorldAnswer => ({ verdict, findings, reasons: distinctReasons(results.flatMap(({ result }) => (result.verdict === verdict ? result.reasons : NONE))) });
const inWorld = (evaluation: Evaluation): WorldAnswer => worldAnswer(evaluation, findingsOf(evaluation));

const decided = new WeakMap<Standing, Map<string, readonly string[]>>();

/**
 * The rules of a decision that have a say on the day: those in force, those that stand aside for them, those whose topic a
 * document settles unread. When none has, the latest one says that no rule is in force.
 */
function rulesOfDecision(standing: Standing, name: string): readonly string[] {
  const byName = decided.get(standing) ?? new Map<string, readonly string[]>();
  decided.set(standing, byName);
  const known = byName.get(name);
  if (known) return known;
  const { law } = standing;
  const listed = law.decisions.get(name)?.rules ?? NONE;
  const speaking = listed.filter((id) => !['notInForce', 'unknown'].includes(standing.status(id).state) || hasOwnLaw(law, id));
  const isSettled = speaking.some((id) => ['inForce', 'unread', 'ended'].includes(standing.status(id).state) || hasOwnLaw(law, id));
  const latest = listed.flatMap((id): RuleVersion[] => {
    const status = standing.status(id);
    const version = status.state === 'notInForce' ? (status.last ?? status.next) : null;
    return version ? [version] : [];
  });
  const rules = isSettled || latest.length === 0 ? speaking : [...speaking, lastOf(latest)];
  byName.set(name, rules);
  return rules;
}

const hasOwnLaw = ({ versions }: Law, id: string): boolean => versions.get(id)?.some(({ spec }) => spec.lawOf) ?? false;

const lastOf = (versions: readonly RuleVersion[]): string => versions.reduce((best, version) => ((version.period.to ?? '9999') > (best.period.to ?? '9999') ? version : best)).spec.id;

/** Published settings are part of what held: an answer under them carries their content too. */
function hashWithSettings(place: Place, rulebook: Rulebook, facts: Facts): string {
  const settings = place.settings.filter(({ name }) => facts[name] !== undefined).map(({ name }) => [name, facts[name]]);
  return settings.length === 0 ? rulebook.hash : contentHash({ rulebook: rulebook.hash, settings });
}

function ledgerAnswers(context: Context, results: Evaluation['results']): readonly LedgerAnswer[] {
  const answers: LedgerAnswer[] = [];
  for (const current of [context, ...context.derived.values()]) {
    const asked = new Set(current.results.keys());
    for (const book of current.books.values()) {
      if (isUsed(book, asked)) answers.push(answerOf(current, book, asked));
    }
  }
  return results.length === 0 ? NONE : answers;
}

const isUsed = (book: LedgerBook, asked: ReadonlySet<string>): boolean => book.instances.some(({ row }) => asked.has(row.version.spec.id));

function answerOf(context: Context, book: LedgerBook, asked: ReadonlySet<string>): LedgerAnswer {
  const version = book.instances[0]?.row.version ?? (context.rulebook.rules[0] as RuleVersion);
  return { ledger: book.ledger.spec.id, gap: gapOf(scopeOf(context, version), book, asked), entries: placementsOf(book) };
}

function weakestEvidence(findings: readonly Finding[]): Evidence | null {
  const resting = findings.filter(({ verdict, binding }) => binding && verdict !== 'NOT_APPLICABLE');
  let weakest: Evidence | null = null;
  const visit = (finding: Finding): void => {
    if (finding.evidence && finding.verdict !== 'NOT_APPLICABLE') weakest = weakest ? weakerEvidence(weakest, finding.evidence) : finding.evidence;
    finding.parts.forEach(visit);
  };
  (resting.length > 0 ? resting : findings).forEach(visit);
  return weakest;
}

