import { isJurisdictionCode } from '../../kernel/jurisdiction.ts';
import { text } from '../../kernel/text.ts';
import type { PluginManifest } from '../contract.ts';
import type { Report } from '../faults.ts';

const A_CODE = text('六位行政区划代码,或全国的 CN', 'a division code of six digits, or CN for the nation');

/** The places of one plugin: codes that exist, each for one place. */
export function checkPlaces({ jurisdiction, places = [] }: PluginManifest, report: Report): void {
  const seen = new Set([jurisdiction.code]);
  if (!isJurisdictionCode(jurisdiction.code)) report('UNKNOWN_JURISDICTION', 'jurisdiction.code', jurisdiction.code, A_CODE);
  for (const { code } of places) {
    if (!isJurisdictionCode(code)) report('UNKNOWN_JURISDICTION', `places[${code}].code`, code, A_CODE);
    if (seen.has(code)) report('DUPLICATE_JURISDICTION', `places[${code}].code`, code, text('每个代码只代表一个地区', 'a code of its own for each place'));
    seen.add(code);
  }
}

/** What no two plugins may share: their names, their places, and the public ids of their rules and documents. */
export function checkAgainst(plugin: PluginManifest, others: readonly PluginManifest[], report: Report): void {
  for (const other of others) {
    if (other.name === plugin.name) report('DUPLICATE_NAME', 'name', plugin.name, text('每个插件各有其名', 'a name of its own for each plugin'));
    if (other.jurisdiction.code === plugin.jurisdiction.code) report('DUPLICATE_JURISDICTION', 'jurisdiction.code', plugin.jurisdiction.code, text(`插件${other.name}以外的地区`, `another place than that of the plugin ${other.name}`));
    const rules = new Set(other.rules.map(({ id }) => id));
    for (const id of new Set(plugin.rules.map((rule) => rule.id))) if (rules.has(id)) report('DUPLICATE_RULE_ID', `rules[${id}].id`, id, text(`插件${other.name}未用的编号`, `an id that the plugin ${other.name} does not use`));
    const documents = new Set(other.documents.map(({ id }) => id));
    for (const { id } of plugin.documents) if (documents.has(id)) report('DUPLICATE_NAME', `documents[${id}].id`, id, text(`插件${other.name}未用的编号`, `an id that the plugin ${other.name} does not use`));
  }
}

/** Names inside one plugin, and sentences whose keys begin with the plugin's own name. */
export function checkNames(plugin: PluginManifest, report: Report): void {
  const groups = { documents: plugin.documents.map(({ id }) => id), facts: plugin.facts.map(({ name }) => name), ledgers: (plugin.ledgers ?? []).map(({ id }) => id), profiles: (plugin.profiles ?? []).map(({ name }) => name) };
  for (const [group, names] of Object.entries(groups)) {
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) report('DUPLICATE_NAME', `${group}[${name}]`, name, text('各有其名', 'a name of its own for each'));
    });
  }
  for (const key of Object.keys(plugin.messages ?? {})) {
    if (!key.startsWith(`${plugin.name}.`)) report('NAME_MISMATCH', `messages.${key}`, key, text(`以“${plugin.name}.”开头的键`, `a key that begins with "${plugin.name}."`));
  }
}
