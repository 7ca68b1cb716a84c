import { addDays, compareDays, overlaps, parseDay } from '../../kernel/civil-day.ts';
import type { DocumentSpec } from '../../kernel/document.ts';
import type { RuleVersion } from '../../kernel/place.ts';
import { inLanguage } from './proof.ts';
import type { Proof, Subject } from './proof.ts';

/** No rule has two versions on one day; days without a version of a rule are declared; and what follows each document that ended. */
export function proveTime(subject: Subject): Proof {
  const { plugin, place } = subject;
  const own = [...place.versions].filter(([, versions]) => versions.some(({ layer }) => layer.name === plugin.name));
  const failures = own.flatMap(([id, versions]) => versionFailures(subject, id, versions));
  const count = own.reduce((sum, [, versions]) => sum + versions.length, 0);
  const stated = inLanguage(subject, `时间:${own.length}条规则,${count}个版本;没有一天有两个版本,没有未声明的空档`, `time: ${own.length} rules in ${count} versions; no two on one day, no undeclared day without one`);
  const heading = failures.length === 0 ? stated : inLanguage(subject, '时间:不成立', 'time: does not hold');
  return { lines: [heading, ...plugin.documents.flatMap((document) => ending(subject, document))], failures };
}

function versionFailures(subject: Subject, id: string, versions: readonly RuleVersion[]): string[] {
  return versions.slice(1).flatMap((version, index) => {
    const before = versions[index];
    if (!before) return [];
    if (overlaps(before.period, version.period)) return [inLanguage(subject, `${id}:${version.period.from}有两个版本`, `${id}: two versions on ${version.period.from}`)];
    const ends = before.period.to;
    const isAdjacent = ends === null || version.period.from === null || compareDays(version.period.from, addDays(ends, 1)) <= 0;
    if (isAdjacent || before.document.gapAfter) return [];
    return [inLanguage(subject, `${id}:${ends}之后、${version.period.from}之前无规则,且未声明`, `${id}: no rule between ${ends} and ${version.period.from}, and nothing says so`)];
  });
}

function ending(subject: Subject, document: DocumentSpec): string[] {
  const to = document.inForce.to;
  if (to === null || parseDay(to) === null) return [];
  const followers = followersOf(subject, document);
  const said = document.gapAfter?.[subject.language];
  const after = followers.length > 0 ? inLanguage(subject, `由${followers.join('、')}接续`, `followed by ${followers.join(', ')}`) : null;
  const nothing = inLanguage(subject, '其后没有已知规定', 'no later rule is known');
  return [`  ${document.id} – ${to}: ${[after, said].filter((item) => item != null).join('; ') || nothing}`];
}

/** Documents whose rules follow rules of this one. */
function followersOf({ plugin }: Subject, document: DocumentSpec): string[] {
  const ids = new Set(plugin.rules.filter(({ source }) => source.document === document.id).map(({ id }) => id));
  return [...new Set(plugin.rules.filter(({ succeeds, source }) => succeeds !== undefined && ids.has(succeeds) && source.document !== document.id).map(({ source }) => source.document))];
}
