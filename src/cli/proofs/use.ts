import type { RuleKind } from '../../kernel/rule.ts';
import { rulesUsed } from '../../plugin-host/check/decisions.ts';
import { inLanguage, joined } from './proof.ts';
import type { Proof, Subject } from './proof.ts';

/** Kinds whose rules always have something to decide. */
const DECIDING: readonly RuleKind[] = ['credit', 'conversion', 'offset', 'quota', 'deadline', 'eligibility', 'fee'];

/** Every rule of a kind that decides has a check, and every rule with a check is asked by a decision; the rest are listed. */
export function proveUse(subject: Subject): Proof {
  const { plugin, place } = subject;
  const used = rulesUsed({ stack: place.layers, rules: new Map([...place.versions].map(([id, versions]) => [id, versions.map(({ spec }) => spec)])) });
  const ids = (keep: (rule: (typeof plugin.rules)[number]) => boolean): string[] => [...new Set(plugin.rules.filter(keep).map(({ id }) => id))];
  const decided = ids(({ check }) => check !== undefined);
  const waiting = ids(({ check }) => check === undefined);
  const failures = [
    ...decided.filter((id) => !used.has(id)).map((id) => inLanguage(subject, `${id}:没有判定项使用它`, `${id}: no decision asks it`)),
    ...ids(({ check, kind }) => check === undefined && DECIDING.includes(kind)).map((id) => inLanguage(subject, `${id}:应当判定,却没有判定内容`, `${id}: is of a kind that decides and has nothing to check`)),
  ];
  const count = inLanguage(subject, `使用:${decided.length}条规则参与判定`, `use: ${decided.length} rules decide`);
  const rest = waiting.length === 0 ? '' : inLanguage(subject, `;尚未使用的${waiting.length}条:${joined(subject, waiting)}`, `; not yet in use, ${waiting.length}: ${joined(subject, waiting)}`);
  return { lines: [`${count}${rest}`], failures };
}
