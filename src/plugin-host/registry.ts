import type { FactSpec } from '../kernel/facts.ts';
import { chainOf, isJurisdictionCode, NATION } from '../kernel/jurisdiction.ts';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import { nearestNames } from '../kernel/nearest.ts';
import { composePlace } from '../kernel/place.ts';
import type { Place, RuleVersion } from '../kernel/place.ts';
import type { Text } from '../kernel/text.ts';
import type { PluginManifest } from './contract.ts';

/** What is known of all places together. Made once at start; places are composed when they are first asked for. */
export interface Registry {
  readonly plugins: readonly PluginManifest[];
  /** Where the code of each plugin lies, by its name; one that came from elsewhere has no folder. */
  readonly folders: ReadonlyMap<string, string>;
  /** Every place known by code, in the order of codes. */
  readonly jurisdictions: ReadonlyMap<string, JurisdictionSpec>;
  /** The rules that hold in a place through time; null when the code is not known. */
  place(code: string): Place | null;
  /** Codes and names that look like the one given. */
  nearestPlaces(given: string): string[];
  /** Every version of a rule, wherever it holds. */
  versionsOf(ruleId: string): readonly RuleVersion[];
  readonly ruleIds: readonly string[];
  readonly decisionNames: readonly string[];
  /** Whether some plugin declares the fact: another place's fact is passed over, an invented one refused. */
  declaresFact(name: string): boolean;
  readonly facts: readonly FactSpec[];
  readonly units: ReadonlyMap<string, Text>;
  readonly messages: ReadonlyMap<string, Text>;
}

/** Composes checked manifests. */
export function createRegistry(plugins: readonly PluginManifest[], folders: ReadonlyMap<string, string> = new Map()): Registry {
  const jurisdictions = new Map<string, JurisdictionSpec>();
  for (const { jurisdiction, places } of plugins) {
    for (const place of places ?? []) if (!jurisdictions.has(place.code)) jurisdictions.set(place.code, place);
    jurisdictions.set(jurisdiction.code, jurisdiction);
  }
  const places = new Map<string, Place>();
  const versions = new Map<string, readonly RuleVersion[]>();
  const place = (code: string): Place | null => {
    const spec = jurisdictions.get(code);
    if (!spec) return null;
    const known = places.get(code);
    if (known) return known;
    const chain = chainOf(code);
    const layers = plugins.filter((plugin) => chain.includes(plugin.jurisdiction.code)).sort((a, b) => chain.indexOf(a.jurisdiction.code) - chain.indexOf(b.jurisdiction.code));
    const made = composePlace(spec, layers);
    places.set(code, made);
    return made;
  };
  for (const plugin of plugins) {
    for (const { id } of plugin.rules) {
      const found = versions.has(id) ? undefined : place(plugin.jurisdiction.code)?.versions.get(id);
      if (found) versions.set(id, found);
    }
  }
  const factSpecs = plugins.flatMap((plugin) => plugin.facts);
  const factNames = new Set(factSpecs.map(({ name }) => name));
  return {
    plugins,
    folders,
    jurisdictions: new Map([...jurisdictions].sort(([a], [b]) => (a === NATION ? -1 : b === NATION ? 1 : a < b ? -1 : 1))),
    place,
    nearestPlaces: (given) => nearestCodes(jurisdictions, given),
    versionsOf: (ruleId) => versions.get(ruleId) ?? [],
    ruleIds: [...versions.keys()],
    decisionNames: [...new Set(plugins.flatMap(({ decisions }) => decisions.map(({ name }) => name)))],
    declaresFact: (name) => factNames.has(name),
    facts: factSpecs,
    units: new Map(plugins.flatMap(({ units }) => Object.entries(units ?? {}))),
    messages: new Map(plugins.flatMap(({ messages }) => Object.entries(messages ?? {}))),
  };
}

/** What is longer is the name of no place. */
const LONGEST_NAME = 200;

/** By name where a name was given; else the code's own upper places, which are likely meant, and codes spelt alike. */
function nearestCodes(jurisdictions: ReadonlyMap<string, JurisdictionSpec>, given: string): string[] {
  const lower = given.length > LONGEST_NAME ? '' : given.toLowerCase();
  const named = lower.length > 1 ? [...jurisdictions.values()].filter(({ name }) => name.zh.startsWith(given) || name.en.toLowerCase().startsWith(lower)) : [];
  if (named.length > 0) return named.slice(0, 3).map(({ code }) => code);
  const above = isJurisdictionCode(given) ? chainOf(given).filter((code) => code !== NATION && jurisdictions.has(code)).reverse() : [];
  return [...new Set([...above, ...nearestNames(given, jurisdictions.keys())])].slice(0, 3);
}
