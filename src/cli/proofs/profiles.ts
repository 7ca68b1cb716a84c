import { assess } from '../../kernel/assess.ts';
import type { LedgerAnswer } from '../../kernel/assess.ts';
import type { Check, RowCheck } from '../../kernel/check.ts';
import { day, startOf } from '../../kernel/civil-day.ts';
import type { CivilDay } from '../../kernel/civil-day.ts';
import { newContext } from '../../kernel/context.ts';
import type { Context } from '../../kernel/context.ts';
import { checkFacts } from '../../kernel/fact-input.ts';
import type { Facts } from '../../kernel/facts.ts';
import type { Finding } from '../../kernel/finding.ts';
import { bookOf } from '../../kernel/ledger-book.ts';
import type { LedgerBook } from '../../kernel/ledger-book.ts';
import type { GapCell } from '../../kernel/ledger-gap.ts';
import { rowsOf } from '../../kernel/ledger-rows.ts';
import type { RuleVersion } from '../../kernel/place.ts';
import { scopeOf } from '../../kernel/rule-finding.ts';
import type { ProfileSpec } from '../../plugin-host/contract.ts';
import { inLanguage, joined } from './proof.ts';
import type { Proof, Subject } from './proof.ts';

/** A profile on a day, with an empty transcript: what its ledgers ask for. */
export interface Asked {
  readonly profile: ProfileSpec;
  readonly on: CivilDay;
  readonly context: Context;
  readonly books: readonly LedgerBook[];
}

/**
 * For every profile of the plugin and each of its days: the least transcript that meets everything, which is the gap of an
 * empty one. Wrong is a profile that leaves something open, a requirement that no transcript can meet, and a row that binds
 * in no profile: nobody has shown that it can be met.
 */
export function proveProfiles(subject: Subject): Proof & { readonly asked: readonly Asked[] } {
  const lines: string[] = [];
  const failures: string[] = [];
  const asked: Asked[] = [];
  for (const profile of subject.plugin.profiles ?? []) {
    const { facts, problems } = factsOf(subject, profile);
    failures.push(...problems.map((problem) => `${profile.name}: ${problem}`));
    if (problems.length > 0) continue;
    for (const on of profile.on.map(day)) {
      asked.push({ profile, on, ...booksOn(subject, facts, on) });
      const { ledgers, findings } = assess(subject.place, { subject: { decision: profile.decision }, facts, at: startOf(on) });
      const open = openFindings(subject, profile, on, findings);
      failures.push(...open.failures);
      if (ledgers.length === 0) failures.push(inLanguage(subject, `${profile.name} ${on}:判定项${profile.decision}没有用到账目`, `${profile.name} on ${on}: the decision ${profile.decision} asks no ledger`));
      for (const answer of ledgers) {
        lines.push(...gapLines(subject, profile, on, answer));
        failures.push(...openGap(subject, profile, on, answer));
      }
      lines.push(...open.lines);
    }
  }
  failures.push(...unboundRows(subject, asked));
  const heading = inLanguage(subject, '满足全部要求的最少学分(学时),逐类人员:', 'least transcripts that meet everything, by profile:');
  return { lines: lines.length === 0 ? [] : [heading, ...lines], failures, asked };
}

function factsOf({ place }: Subject, profile: ProfileSpec): { facts: Facts; problems: string[] } {
  const entries = Object.fromEntries([...place.ledgers.values()].map((ledger) => [ledger.entries.fact, []]));
  const { facts, problems } = checkFacts(place.facts, { ...entries, ...profile.facts });
  const unknown = place.decisions.has(profile.decision) ? [] : [`decision ${profile.decision}`];
  return { facts, problems: [...unknown, ...problems.map(({ path, code, nearest }) => `${path} ${code}${nearest.length > 0 ? ` (${nearest.join(', ')})` : ''}`)] };
}

function booksOn({ place }: Subject, facts: Facts, on: CivilDay): Pick<Asked, 'books' | 'context'> {
  const rulebook = place.rulebookOn(on);
  const context = newContext({ place, rulebook, facts, at: startOf(on), readings: new Map(), counted: null });
  const books = [...place.ledgers.keys()].flatMap((id) => {
    const version = rulebook.rules.find(({ spec }) => spec.check && rowsOf(spec.check, id).length > 0);
    return version ? [bookOf(scopeOf(context, version), id)] : [];
  });
  return { context, books };
}

/** What stays open whatever is earned: said where no rule is known, wrong where the profile lacks a fact. */
function openFindings(subject: Subject, profile: ProfileSpec, on: CivilDay, findings: readonly Finding[]): Proof {
  const open = findings.filter(({ verdict }) => verdict === 'UNDETERMINED');
  const missing = [...new Set(open.flatMap((finding) => finding.missing))];
  const unknown = open.filter(({ reasons }) => !reasons.some(({ code }) => code === 'MISSING_FACT')).map(({ rule }) => rule);
  return {
    lines: unknown.length === 0 ? [] : [inLanguage(subject, `    另有未知:${joined(subject, unknown)}`, `    not known besides: ${joined(subject, unknown)}`)],
    failures: missing.map((fact) => inLanguage(subject, `${profile.name} ${on}:缺少事实${fact}`, `${profile.name} on ${on}: lacks the fact ${fact}`)),
  };
}

function gapLines(subject: Subject, profile: ProfileSpec, on: CivilDay, { ledger, gap }: LedgerAnswer): string[] {
  const unit = subject.registry.units.get(gap.unit)?.[subject.language] ?? gap.unit;
  const heading = `  ${ledger} ${on} ${profile.label[subject.language]}: ${gap.amount ?? '?'} ${unit}`;
  return [heading, ...(gap.cells.length > 0 ? [`    = ${gap.cells.map((cell) => cellText(subject, ledger, cell)).join(' + ')}`] : [])];
}

function cellText(subject: Subject, ledgerId: string, { amount, pool, at }: GapCell): string {
  const ledger = subject.place.ledgers.get(ledgerId);
  const named = Object.entries(at).map(([name, value]) => {
    const coordinate = ledger?.coordinates[name];
    return (value === 'yes' ? coordinate?.label : coordinate?.values[value])?.[subject.language] ?? value;
  });
  const pools = Object.keys(ledger?.pools ?? {}).length > 1 ? [ledger?.pools[pool]?.label[subject.language] ?? pool] : [];
  const where = [...pools, ...named].join(' · ');
  return `${amount}${where === '' ? inLanguage(subject, '(任意)', ' (any)') : ` (${where})`}`;
}

function openGap(subject: Subject, profile: ProfileSpec, on: CivilDay, { ledger, gap }: LedgerAnswer): string[] {
  if (gap.amount !== null) return [];
  const why = gap.unknown.map(({ code, message }) => `${code} ${JSON.stringify(message.params)}`).join('; ');
  return [inLanguage(subject, `${profile.name} ${on}:${ledger}的最少学分无法确定:${why}`, `${profile.name} on ${on}: nobody can say what ${ledger} asks for at least: ${why}`)];
}

/** Own rows that bind in no profile on a day on which their rule is in force. */
function unboundRows(subject: Subject, asked: readonly Asked[]): string[] {
  const bound = new Set<RowCheck>(asked.flatMap(({ books }) => books.flatMap(({ instances }) => instances.map(({ row }) => row.check))));
  const own = [...subject.place.versions.values()].flat().filter(({ layer }) => layer.name === subject.plugin.name);
  return own.flatMap((version) => {
    const open = ownRows(subject, version).filter((row) => !bound.has(row));
    return open.map((row) => inLanguage(subject, `${version.spec.id}:没有一类人员受其约束(账目${row.ledger},${row.figure});请在profiles中补充`, `${version.spec.id}: binds in no profile (ledger ${row.ledger}, ${row.figure}); add one for whom it does`));
  });
}

function ownRows({ place }: Subject, { spec }: RuleVersion): RowCheck[] {
  const { check } = spec;
  return check === undefined ? [] : [...place.ledgers.keys()].flatMap((id) => rowsOf(check satisfies Check, id).map((found) => found.check));
}
