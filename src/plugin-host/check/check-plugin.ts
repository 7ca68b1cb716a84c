import { nearestNames } from '../../kernel/nearest.ts';
import { text } from '../../kernel/text.ts';
import type { PluginManifest } from '../contract.ts';
import { reportInto } from '../faults.ts';
import type { Fault, Report } from '../faults.ts';
import { checkDecisions } from './decisions.ts';
import { checkLedgers } from './ledgers.ts';
import { manifestShape } from './manifest-shape.ts';
import { checkAgainst, checkNames, checkPlaces } from './places.ts';
import { checkRecords } from './records.ts';
import { checkFactSpecs, checkRules } from './rules.ts';
import { readShape } from './shape.ts';
import { subjectOf } from './subject.ts';
import { checkTime } from './time.ts';

/** The version of the contract that this host knows. */
const CONTRACT = 1;

/** A default export, not looked at yet, and the name of the folder or package that it came from. */
export interface Candidate {
  readonly name: string;
  readonly exported: unknown;
}

/**
 * Which plugins can be trusted, and all that is wrong with the others: form first, then everything that they name. Nothing
 * of a plugin runs. A plugin whose form is wrong is left out of what others may refer to.
 */
export function checkPlugins(candidates: readonly Candidate[]): { readonly plugins: readonly PluginManifest[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const named = candidates.flatMap((candidate) => {
    const report = reportInto(faults, candidate.name);
    const plugin = manifestOf(candidate, report);
    return plugin ? [{ plugin, report }] : [];
  });
  const plugins = named.map(({ plugin }) => plugin);
  named.forEach(({ plugin, report }, index) => {
    checkPlaces(plugin, report);
    checkNames(plugin, report);
    checkAgainst(plugin, plugins.slice(0, index), report);
    const subject = subjectOf(plugin, plugins, report);
    checkTime(subject);
    checkFactSpecs(subject);
    checkRules(subject);
    checkLedgers(subject);
    checkRecords(subject);
    checkDecisions(subject);
  });
  return { plugins, faults };
}

/** The default export as a manifest, when it has the form of one. */
function manifestOf({ name, exported }: Candidate, report: Report): PluginManifest | null {
  const contract = typeof exported === 'object' && exported !== null ? (exported as Partial<PluginManifest>).contract : undefined;
  if (contract !== undefined && contract !== CONTRACT) {
    report('CONTRACT_VERSION', 'contract', contract, text(`契约版本${CONTRACT}`, `version ${CONTRACT} of the contract`));
    return null;
  }
  let isSound = true;
  readShape(manifestShape, exported, (path, found, expected, nearest) => {
    isSound = false;
    report('MANIFEST_SHAPE', path || 'default', found, expected, nearest);
  });
  if (!isSound) return null;
  const manifest = exported as PluginManifest;
  if (manifest.name !== name) report('NAME_MISMATCH', 'name', manifest.name, text(`文件夹或包的名称:${name}`, `the name of the folder or package: ${name}`), nearestNames(manifest.name, [name]));
  return manifest;
}
