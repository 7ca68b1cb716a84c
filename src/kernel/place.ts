import { addDays, compareDays, day, includes } from './civil-day.ts';
import type { CivilDay, Period } from './civil-day.ts';
import { canonicalOnce, hashOfText } from './canonical.ts';
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

/** The rules that hold in a jurisdiction on a day: a segment of time in which nothing changes. */
export interface Rulebook {
  readonly place: Place;
  /** Days included; the segment in which the same rules hold. */
  readonly period: Period;
  /** SHA-256 over the canonical JSON of the rules, their documents, ledgers and the versions of formulas. */
  readonly hash: string;
  /** In force, in the order of the layers and their rule files. */
  readonly rules: readonly RuleVersion[];
  status(ruleId: string): RuleStatus;
  /** The rules that say whom this one binds here. */
  narrowing(ruleId: string): readonly RuleVersion[];
}

/** Everything known about a jurisdiction through time. */
export interface Place {
  readonly jurisdiction: JurisdictionSpec;
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
  rulebookOn(on: CivilDay): Rulebook;
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

/** Composes the layers of a jurisdiction, the nation first. A fact declared again in a lower layer replaces the upper one. */
export function composePlace(jurisdiction: JurisdictionSpec, layers: readonly Layer[]): Place {
  const documents = byName(layers.flatMap((layer) => layer.documents), (document) => document.id);
  const versions = versionsOf(layers, documents);
  const all = [...versions.values()].flat();
  const bounds = [...all.map((version) => version.period), ...[...documents.values()].map(({ inForce }) => ({ from: day(inForce.from), to: inForce.to === null ? null : day(inForce.to) }))];
  const changes = [...new Set(bounds.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [addDays(to, 1)] : [])]))].sort(compareDays);
  const rulebooks = new Map<number, Rulebook>();
  const facts = byName(layers.flatMap((layer) => layer.facts), (fact) => fact.name);
  const settings = [...facts.values()].filter(({ setting }) => setting);
  const place: Place = {
    jurisdiction,
    layers,
    versions,
    documents,
    facts,
    settings,
    minima: settings.filter(({ setting }) => setting?.minima),
    decisions: decisionsOf(layers),
    ledgers: byName(layers.flatMap((layer) => layer.ledgers ?? []), (ledger) => ledger.id),
    changes,
    rulebookOn(on) {
      const segment = changes.findLastIndex((change) => compareDays(change, on) <= 0);
      const known = rulebooks.get(segment);
      if (known) return known;
      const next = changes[segment + 1];
      const rulebook = composeRulebook(place, { from: changes[segment] ?? null, to: next ? addDays(next, -1) : null }, on);
      rulebooks.set(segment, rulebook);
      return rulebook;
    },
  };
  return place;
}

/** Canonical JSON, put together from what each declaration is written as. */
function contentOf(place: Place, rules: readonly RuleVersion[], ledgers: readonly LedgerSpec[]): string {
  const list = (items: readonly string[]): string => `[${items.join(',')}]`;
  const facts = list([...place.facts.values()].map(canonicalOnce));
  const standing = list(rules.map(({ spec, document }) => `{"document":${canonicalOnce(document)},"spec":${canonicalOnce(spec)}}`));
  return `{"facts":${facts},"jurisdiction":${JSON.stringify(place.jurisdiction.code)},"ledgers":${list(ledgers.map(canonicalOnce))},"rules":${standing}}`;
}

const NO_VERSIONS: readonly RuleVersion[] = [];

function composeRulebook(place: Place, period: Period, on: CivilDay): Rulebook {
  const rules = [...place.versions.values()].flatMap((list) => list.filter((version) => includes(version.period, on)));
  const statuses = new Map<string, RuleStatus>();
  const narrowing = new Map<string, RuleVersion[]>();
  for (const version of rules) {
    for (const id of version.spec.narrows?.rules ?? []) narrowing.set(id, [...(narrowing.get(id) ?? []), version]);
  }
  const ledgers = [...place.ledgers.values()];
  let hash: string | undefined;
  return {
    place,
    period,
    get hash() {
      return (hash ??= hashOfText(contentOf(place, rules, ledgers)));
    },
    rules,
    status(ruleId) {
      const known = statuses.get(ruleId);
      if (known) return known;
      const status = statusOn(place, ruleId, on);
      statuses.set(ruleId, status);
      return status;
    },
    narrowing: (ruleId) => narrowing.get(ruleId) ?? NO_VERSIONS,
  };
}

const isOver = (version: RuleVersion, on: CivilDay): boolean => version.period.to !== null && compareDays(version.period.to, on) < 0;

function statusOn(place: Place, ruleId: string, on: CivilDay): RuleStatus {
  const versions = place.versions.get(ruleId);
  if (!versions) return { state: 'unknown' };
  const current = versions.find((version) => includes(version.period, on));
  const last = versions.findLast((version) => isOver(version, on)) ?? null;
  const version = current ?? last ?? versions[0];
  if (!version) return { state: 'unknown' };
  if (current) return standingOf(place, current, on);
  const document = unreadOn(place, version.spec.topic, on);
  if (document) return { state: 'unread', version, document };
  return { state: 'notInForce', last, next: versions.find((later) => !isOver(later, on)) ?? null, successor: successorOf(place, ruleId, on) };
}

/** A rule in force may be carried out by, or give way to, rules below; once those have ended it does not step in. */
function standingOf(place: Place, current: RuleVersion, on: CivilDay): RuleStatus {
  const { id } = current.spec;
  const below = [...place.versions.values()].flat().filter(({ spec }) => spec.carriesOut === id || spec.takesPlaceOf?.includes(id));
  const instead = below.filter((version) => includes(version.period, on));
  const [by] = instead;
  if (by) return by.spec.carriesOut === id ? { state: 'carriedOut', version: current, by } : { state: 'replaced', version: current, by, instead };
  const ended = below.filter((version) => isOver(version, on)).sort(startOrder);
  const last = ended.at(-1);
  return last ? { state: 'ended', version: current, last, instead: ended } : { state: 'inForce', version: current };
}

const unreadOn = (place: Place, topic: string, on: CivilDay): DocumentSpec | undefined =>
  [...place.documents.values()].find(
    ({ inForce, unreadTopics }) =>
      unreadTopics?.some((unread) => topic === unread || topic.startsWith(`${unread}/`)) &&
      includes({ from: day(inForce.from), to: inForce.to === null ? null : day(inForce.to) }, on),
  );

function successorOf(place: Place, ruleId: string, on: CivilDay): RuleVersion | null {
  for (const list of place.versions.values()) {
    for (const version of list) {
      if (version.spec.succeeds !== ruleId) continue;
      if (includes(version.period, on)) return version;
      const later = successorOf(place, version.spec.id, on);
      if (later) return later;
    }
  }
  return null;
}
