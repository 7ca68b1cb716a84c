import { addDays, compareDays, day, isBefore, overlaps, parseDay } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import type { DocumentSpec } from '../../kernel/document.ts';
import type { RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import type { Subject } from './subject.ts';

/** Days included; an open end is null. */
export interface DayPeriod {
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}
interface Written {
  readonly from: string;
  readonly to: string | null;
}

/** Both days exist and the end is not before the beginning. */
export function isPeriod({ from, to }: Written): boolean {
  const first = parseDay(from);
  const last = to === null ? null : parseDay(to);
  return first !== null && (to === null || (last !== null && !isBefore(last, first)));
}

const read = (written: Written): DayPeriod => ({ from: day(written.from), to: written.to === null ? null : day(written.to) });

const writtenOf = ({ inForce }: RuleSpec, document: DocumentSpec): Written => ({ from: inForce?.from ?? document.inForce.from, to: inForce?.to === undefined ? document.inForce.to : inForce.to });

/** The days on which a version of a rule is in force; null while its document or its days are at fault. */
export function periodOf(subject: Pick<Subject, 'documents'>, rule: RuleSpec): DayPeriod | null {
  const document = subject.documents.get(rule.source.document);
  if (!document || !isPeriod(document.inForce)) return null;
  const written = writtenOf(rule, document);
  return isPeriod(written) ? read(written) : null;
}

const A_PERIOD = text('存在的日期,末日不早于首日', 'days that exist, the last not before the first');

/** The days of documents and rules: that they exist, that no rule has two versions on one, that none is left out unsaid. */
export function checkTime(subject: Subject): void {
  for (const { id, inForce, issuedOn } of subject.plugin.documents) {
    if (!isPeriod(inForce)) subject.report('INVALID_PERIOD', `documents[${id}].inForce`, inForce, A_PERIOD);
    if (issuedOn !== undefined && parseDay(issuedOn) === null) subject.report('INVALID_PERIOD', `documents[${id}].issuedOn`, issuedOn, A_PERIOD);
  }
  for (const rule of subject.plugin.rules) checkPeriod(subject, rule);
  for (const id of new Set(subject.plugin.rules.map((rule) => rule.id))) checkVersions(subject, id);
  for (const rule of subject.plugin.rules) checkSuccession(subject, rule);
  checkTopics(subject);
}

function checkPeriod(subject: Subject, rule: RuleSpec): void {
  const document = subject.documents.get(rule.source.document);
  if (!document || !isPeriod(document.inForce)) return;
  const path = `rules[${rule.id}].inForce`;
  const written = writtenOf(rule, document);
  const isOwn = rule.inForce?.from !== undefined && rule.inForce.to !== undefined;
  const days = [written.from, ...(written.to === null ? [] : [written.to])];
  if (days.some((given) => parseDay(given) === null) || (isOwn && !isPeriod(written))) return subject.report('INVALID_PERIOD', path, written, A_PERIOD);
  if (isPeriod(written) && overlaps(read(written), read(document.inForce))) return;
  subject.report('RULE_OUTSIDE_DOCUMENT', path, written, text(`${document.id}施行期(${spell(document.inForce)})内的日期`, `days of ${document.id}, in force ${spell(document.inForce)}`));
}

const spell = ({ from, to }: Written): string => `${from} – ${to ?? '…'}`;

interface Version {
  readonly rule: RuleSpec;
  readonly period: DayPeriod;
}

/** Every version of a rule that has sound days, the earliest first. */
function versionsOf(subject: Subject, id: string): Version[] {
  const versions = (subject.rules.get(id) ?? []).flatMap((rule): Version[] => {
    const period = periodOf(subject, rule);
    return period ? [{ rule, period }] : [];
  });
  return versions.sort((a, b) => compareDays(a.period.from, b.period.from));
}

function checkVersions(subject: Subject, id: string): void {
  const versions = versionsOf(subject, id);
  versions.slice(1).forEach((version, index) => {
    const before = versions[index];
    if (!before) return;
    if (overlaps(before.period, version.period)) {
      const expected = text(`不早于${before.period.to === null ? '…' : addDays(before.period.to, 1)}的首日`, before.period.to === null ? 'an end of the version before' : `a first day not before ${addDays(before.period.to, 1)}`);
      subject.report('DUPLICATE_RULE_ID', `rules[${id}]`, `${spell(before.period)}, ${spell(version.period)}`, expected);
    } else reportGap(subject, `rules[${id}]`, before, version);
  });
}

/** A rule that follows another begins the day after it, unless the earlier document says that days are left out. */
function checkSuccession(subject: Subject, rule: RuleSpec): void {
  if (rule.succeeds === undefined) return;
  const [first] = versionsOf(subject, rule.id);
  const last = versionsOf(subject, rule.succeeds).at(-1);
  if (first?.rule === rule && last) reportGap(subject, `rules[${rule.id}].succeeds`, last, first);
}

function reportGap(subject: Subject, path: string, before: Version, after: Version): void {
  if (before.period.to === null || compareDays(after.period.from, addDays(before.period.to, 1)) <= 0) return;
  if (subject.documents.get(before.rule.source.document)?.gapAfter) return;
  const found = `${addDays(before.period.to, 1)} – ${addDays(after.period.from, -1)}`;
  subject.report('UNDECLARED_GAP', path, found, text(`${before.rule.source.document}的gapAfter写明,或日期相接`, `days that follow each other, or gapAfter of ${before.rule.source.document}`));
}

/** Documents that have rules on one topic leave no days between them unless they say so. */
function checkTopics(subject: Subject): void {
  const gaps = new Map<string, Version & { readonly after: Version }>();
  for (const topic of new Set(subject.plugin.rules.map((rule) => rule.topic))) {
    const line = subject.plugin.rules.filter((rule) => rule.topic === topic).flatMap((rule): Version[] => {
      const document = subject.documents.get(rule.source.document);
      return document && isPeriod(document.inForce) ? [{ rule, period: read(document.inForce) }] : [];
    });
    line.sort((a, b) => compareDays(a.period.from, b.period.from));
    let last = line[0];
    for (const version of line.slice(1)) {
      if (last && last.period.to !== null && compareDays(version.period.from, addDays(last.period.to, 1)) > 0) gaps.set(`${last.rule.source.document} ${version.rule.source.document}`, { ...last, after: version });
      if (last && last.period.to !== null && (version.period.to === null || compareDays(version.period.to, last.period.to) > 0)) last = version;
    }
  }
  for (const gap of gaps.values()) reportGap(subject, `documents[${gap.after.rule.source.document}]`, gap, gap.after);
}
