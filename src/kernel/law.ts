import { addDays, compareDays, day, includes } from './civil-day.ts';
import type { CivilDay, Period } from './civil-day.ts';
import type { DecisionSpec } from './decision.ts';
import type { DocumentSpec } from './document.ts';
import type { FactSpec } from './facts.ts';
import type { JurisdictionSpec } from './jurisdiction.ts';
import type { LedgerSpec } from './ledger.ts';
import type { RuleSpec } from './rule.ts';

/** What one jurisdiction adds: the national floor, a province, a district. */
export interface Layer {
  readonly name: string;
  readonly jurisdiction: JurisdictionSpec;
  readonly documents: readonly DocumentSpec[];
  readonly facts: readonly FactSpec[];
  readonly rules: readonly RuleSpec[];
  readonly decisions: readonly DecisionSpec[];
  readonly ledgers?: readonly LedgerSpec[];
}

/** A rule as it stands in a period, with its document. */
export interface RuleVersion {
  readonly spec: RuleSpec;
  readonly document: DocumentSpec;
  readonly period: Period;
  readonly layer: Layer;
}

/** What a rule is on a day in a place. */
export type RuleStatus =
  | { readonly state: 'inForce'; readonly version: RuleVersion }
  /** Another rule is asked in its stead. `ended`: that one has itself ended, and the upper one does not step in. */
  | { readonly state: 'carriedOut'; readonly version: RuleVersion; readonly by: RuleVersion }
  /** `instead`: the rules that take its place, each for its use; `by` the first of them, `last` the one that ended last. */
  | { readonly state: 'replaced'; readonly version: RuleVersion; readonly by: RuleVersion; readonly instead: readonly RuleVersion[] }
  | { readonly state: 'ended'; readonly version: RuleVersion; readonly last: RuleVersion; readonly instead: readonly RuleVersion[] }
  /** A document in force settles the topic in a part that was not read. */
  | { readonly state: 'unread'; readonly version: RuleVersion; readonly document: DocumentSpec }
  | { readonly state: 'notInForce'; readonly last: RuleVersion | null; readonly next: RuleVersion | null; readonly successor: RuleVersion | null }
  | { readonly state: 'unknown' };

/** The rules that stand in a segment of time in which nothing changes: the same in every place of the law. */
export interface Standing {
  readonly law: Law;
  /** Days included. */
  readonly period: Period;
  /** In force, in the order of the layers and their rule files. */
  readonly rules: readonly RuleVersion[];
  status(ruleId: string): RuleStatus;
  /** The rules that say whom this one binds here. */
  narrowing(ruleId: string): readonly RuleVersion[];
}

/** What layers come to together through time. Places without rules of their own share that of the place above. */
export interface Law {
  readonly layers: readonly Layer[];
  readonly versions: ReadonlyMap<string, readonly RuleVersion[]>;
  readonly documents: ReadonlyMap<string, DocumentSpec>;
  readonly facts: ReadonlyMap<string, FactSpec>;
  /** Those of the facts that an authority publishes. */
  readonly settings: readonly FactSpec[];
  /** Those of the settings that are minima inside the ranges of rules. */
  readonly minima: readonly FactSpec[];
  readonly decisions: ReadonlyMap<string, DecisionSpec>;
  readonly ledgers: ReadonlyMap<string, LedgerSpec>;
  /** First days on which something changes, earliest first. */
  readonly changes: readonly CivilDay[];
  /** One object for each segment of time. */
  standingOn(on: CivilDay): Standing;
}

const periodOf = (spec: RuleSpec, document: DocumentSpec): Period => {
  const from = spec.inForce?.from ?? document.inForce.from;
  const to = spec.inForce?.to === undefined ? document.inForce.to : spec.inForce.to;
  return { from: day(from), to: to === null ? null : day(to) };
};

const startOrder = (a: RuleVersion, b: RuleVersion): number => compareDays(a.period.from ?? day('1900-01-01'), b.period.from ?? day('1900-01-01'));

function versionsOf(layers: readonly Layer[], documents: ReadonlyMap<string, DocumentSpec>): Map<string, RuleVersion[]> {
  const versions = new Map<string, RuleVersion[]>();
  for (const layer of layers) {
    for (const spec of layer.rules) {
      const document = documents.get(spec.source.document);
      if (!document) throw new RangeError(`rule ${spec.id} names the unknown document ${spec.source.document}`);
      const list = versions.get(spec.id) ?? [];
      list.push({ spec, document, period: periodOf(spec, document), layer });
      versions.set(spec.id, list);
    }
  }
  for (const list of versions.values()) list.sort(startOrder);
  return versions;
}

/** Decisions of one name in several layers are one question: their rules are asked together, the uppermost layer's first. */
function decisionsOf(layers: readonly Layer[]): Map<string, DecisionSpec> {
  const decisions = new Map<string, DecisionSpec>();
  for (const decision of layers.flatMap((layer) => layer.decisions)) {
    const above = decisions.get(decision.name);
    decisions.set(decision.name, above ? { ...decision, rules: [...new Set([...above.rules, ...decision.rules])], asks: [...new Set([...(above.asks ?? []), ...(decision.asks ?? [])])] } : decision);
  }
  return decisions;
}

const byName = <T>(items: readonly T[], name: (item: T) => string): Map<string, T> => new Map(items.map((item) => [name(item), item]));

interface Composed {
  law?: Law;
  readonly below: WeakMap<Layer, Composed>;
}
const composed: Composed = { below: new WeakMap() };

/** The law of these layers, the nation's first; put together once for each list of layers. A fact declared again in a lower layer replaces the upper one. */
export function lawOf(layers: readonly Layer[]): Law {
  let at = composed;
  for (const layer of layers) {
    let below = at.below.get(layer);
    if (!below) at.below.set(layer, (below = { below: new WeakMap() }));
    at = below;
  }
  return (at.law ??= composeLaw(layers));
}

function composeLaw(layers: readonly Layer[]): Law {
  const documents = byName(layers.flatMap((layer) => layer.documents), (document) => document.id);
  const versions = versionsOf(layers, documents);
  const all = [...versions.values()].flat();
  const bounds = [...all.map((version) => version.period), ...[...documents.values()].map(({ inForce }) => ({ from: day(inForce.from), to: inForce.to === null ? null : day(inForce.to) }))];
  const changes = [...new Set(bounds.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [addDays(to, 1)] : [])]))].sort(compareDays);
  const standings = new Map<number, Standing>();
  const facts = byName(layers.flatMap((layer) => layer.facts), (fact) => fact.name);
  const settings = [...facts.values()].filter(({ setting }) => setting);
  const law: Law = {
    layers,
    versions,
    documents,
    facts,
    settings,
    minima: settings.filter(({ setting }) => setting?.minima),
    decisions: decisionsOf(layers),
    ledgers: byName(layers.flatMap((layer) => layer.ledgers ?? []), (ledger) => ledger.id),
    changes,
    standingOn(on) {
      const segment = changes.findLastIndex((change) => compareDays(change, on) <= 0);
      const known = standings.get(segment);
      if (known) return known;
      const next = changes[segment + 1];
      const standing = standingIn(law, { from: changes[segment] ?? null, to: next ? addDays(next, -1) : null }, on);
      standings.set(segment, standing);
      return standing;
    },
  };
  return law;
}

const NO_VERSIONS: readonly RuleVersion[] = [];

function standingIn(law: Law, period: Period, on: CivilDay): Standing {
  const rules = [...law.versions.values()].flatMap((list) => list.filter((version) => includes(version.period, on)));
  const statuses = new Map<string, RuleStatus>();
  const narrowing = new Map<string, RuleVersion[]>();
  for (const version of rules) {
    for (const id of version.spec.narrows?.rules ?? []) narrowing.set(id, [...(narrowing.get(id) ?? []), version]);
  }
  return {
    law,
    period,
    rules,
    status(ruleId) {
      const known = statuses.get(ruleId);
      if (known) return known;
      const status = statusOn(law, ruleId, on);
      statuses.set(ruleId, status);
      return status;
    },
    narrowing: (ruleId) => narrowing.get(ruleId) ?? NO_VERSIONS,
  };
}

const isOver = (version: RuleVersion, on: CivilDay): boolean => version.period.to !== null && compareDays(version.period.to, on) < 0;

function statusOn(law: Law, ruleId: string, on: CivilDay): RuleStatus {
  const versions = law.versions.get(ruleId);
  if (!versions) return { state: 'unknown' };
  const current = versions.find((version) => includes(version.period, on));
  const last = versions.findLast((version) => isOver(version, on)) ?? null;
  const version = current ?? last ?? versions[0];
  if (!version) return { state: 'unknown' };
  if (current) return standingOf(law, current, on);
  const document = unreadOn(law, version.spec.topic, on);
  if (document) return { state: 'unread', version, document };
  return { state: 'notInForce', last, next: versions.find((later) => !isOver(later, on)) ?? null, successor: successorOf(law, ruleId, on) };
}

/** A rule in force may be carried out by, or give way to, rules below; once those have ended it does not step in. */
function standingOf(law: Law, current: RuleVersion, on: CivilDay): RuleStatus {
  const { id } = current.spec;
  const below = [...law.versions.values()].flat().filter(({ spec }) => spec.carriesOut === id || spec.takesPlaceOf?.includes(id));
  const instead = below.filter((version) => includes(version.period, on));
  const [by] = instead;
  if (by) return by.spec.carriesOut === id ? { state: 'carriedOut', version: current, by } : { state: 'replaced', version: current, by, instead };
  const ended = below.filter((version) => isOver(version, on)).sort(startOrder);
  const last = ended.at(-1);
  return last ? { state: 'ended', version: current, last, instead: ended } : { state: 'inForce', version: current };
}

const unreadOn = (law: Law, topic: string, on: CivilDay): DocumentSpec | undefined =>
  [...law.documents.values()].find(
    ({ inForce, unreadTopics }) =>
      unreadTopics?.some((unread) => topic === unread || topic.startsWith(`${unread}/`)) &&
      includes({ from: day(inForce.from), to: inForce.to === null ? null : day(inForce.to) }, on),
  );

function successorOf(law: Law, ruleId: string, on: CivilDay): RuleVersion | null {
  for (const list of law.versions.values()) {
    for (const version of list) {
      if (version.spec.succeeds !== ruleId) continue;
      if (includes(version.period, on)) return version;
      const later = successorOf(law, version.spec.id, on);
      if (later) return later;
    }
  }
  return null;
}
