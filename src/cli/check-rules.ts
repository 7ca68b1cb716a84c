import { NATION } from '../kernel/jurisdiction.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { readOptions } from './options.ts';
import type { Language, OptionName, Printed } from './options.ts';
import { reportParts } from './proofs/parts.ts';
import { proveProfiles } from './proofs/profiles.ts';
import { inLanguage } from './proofs/proof.ts';
import type { Subject } from './proofs/proof.ts';
import { proveTime } from './proofs/time.ts';
import { proveUse } from './proofs/use.ts';

const TAKES: readonly OptionName[] = ['--jurisdiction', '--lang'];

/**
 * Does every rulebook hold together? For each plugin: its rules in time, their use, the least transcript of each of its
 * profiles, and where the parts of a document do not add up. What is wrong is listed at the end, with code 1.
 */
export function checkRules(given: readonly string[], registry: Registry, systemLanguage: Language): Printed {
  const read = readOptions(given, 'rules:check', TAKES, registry, systemLanguage);
  if ('problems' in read) return { code: 2, out: '', error: read.problems };
  const { jurisdiction, language } = read.options;
  const chosen = registry.plugins.filter(({ jurisdiction: { code } }) => jurisdiction === null || code === jurisdiction);
  const plugins = [...chosen].sort((a, b) => rank(a.jurisdiction.code).localeCompare(rank(b.jurisdiction.code)));
  const proved = plugins.flatMap((plugin) => {
    const place = registry.place(plugin.jurisdiction.code);
    return place ? [proveOne({ registry, plugin, place, language })] : [];
  });
  const failures = proved.flatMap((proof) => proof.failures);
  const ending = failures.length === 0 ? inLanguage({ language }, `${plugins.length}个规则库全部成立。`, `${plugins.length} ${plugins.length === 1 ? 'rulebook holds' : 'rulebooks hold'}.`) : inLanguage({ language }, `${failures.length}处不成立。`, `${failures.length} ${failures.length === 1 ? 'thing is' : 'things are'} wrong.`);
  return { code: failures.length === 0 ? 0 : 1, out: `${[...proved.flatMap(({ lines }) => lines), ending].join('\n')}\n`, error: failures.map((failure) => `${failure}\n`).join('') };
}

const rank = (code: string): string => (code === NATION ? '' : code);

function proveOne(subject: Subject): { readonly lines: readonly string[]; readonly failures: readonly string[] } {
  const profiles = proveProfiles(subject);
  const proofs = [proveTime(subject), proveUse(subject), profiles, reportParts(subject, profiles.asked)];
  const { code, name } = subject.plugin.jurisdiction;
  return { lines: [`${code} ${name[subject.language]}`, ...proofs.flatMap(({ lines }) => lines.map((line) => `  ${line}`)), ''], failures: proofs.flatMap(({ failures }) => failures.map((failure) => `${code} ${failure}`)) };
}
