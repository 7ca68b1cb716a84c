import { isDeepStrictEqual } from 'node:util';
import type { PluginManifest } from '../plugin-host/contract.ts';
import { formatFaults } from '../plugin-host/faults.ts';
import { checkPlugins } from '../plugin-host/check/check-plugin.ts';
import { createRegistry } from '../plugin-host/registry.ts';
import { casesBelow, normal, project, runCase } from './golden-cases.ts';
import type { LocatedCase } from './golden-cases.ts';

/** A golden case that does not come out as it says. */
export interface CaseFailure {
  readonly file: string;
  readonly name: string;
  readonly expected: unknown;
  readonly found: unknown;
}

export interface PluginReport {
  /** What the host finds wrong with the plugin, in English; empty when nothing is. */
  readonly faults: string;
  readonly casesRun: number;
  readonly failures: readonly CaseFailure[];
  /** Rules that decide and that no case asks. */
  readonly rulesWithoutCase: readonly string[];
}

/**
 * Tests a plugin alone, with any test runner: checks its manifest as the host does at start, and runs the golden cases below
 * `casesFolder`. `above` are the manifests of the places above it, the national floor first.
 */
export function testPlugin(plugin: PluginManifest, casesFolder: string, above: readonly PluginManifest[] = []): PluginReport {
  const { faults } = checkPlugins([...above, plugin].map((manifest) => ({ name: manifest.name, exported: manifest })));
  const cases = casesBelow(casesFolder, plugin);
  if (faults.length > 0) return { faults: formatFaults(faults, 'en'), casesRun: 0, failures: [], rulesWithoutCase: rulesWithoutCase(plugin, cases) };
  const registry = createRegistry([...above, plugin]);
  const failures = cases.flatMap((item): CaseFailure[] => {
    const expected = normal(item.expect);
    const found = normal(project(runCase(registry, item), item.expect, item.rule !== undefined));
    return isDeepStrictEqual(found, expected) ? [] : [{ file: item.file, name: item.name, expected, found }];
  });
  return { faults: '', casesRun: cases.length, failures, rulesWithoutCase: rulesWithoutCase(plugin, cases) };
}

/** Rules that decide and that no case asks by itself or names in a decision. */
export function rulesWithoutCase(plugin: PluginManifest, cases: readonly LocatedCase[]): string[] {
  const asked = new Set(cases.flatMap(({ rule, expect: { findings } }) => [...(rule ? [rule] : []), ...Object.keys(findings ?? {})]));
  return [...new Set(plugin.rules.filter(({ check, id }) => check && !asked.has(id)).map(({ id }) => id))];
}
