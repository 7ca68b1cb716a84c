import { rowsOf } from '../../kernel/ledger-rows.ts';
import type { RuleKind } from '../../kernel/rule.ts';
import { rulesUsed } from '../../plugin-host/check/decisions.ts';
import { inLanguage, joined } from './proof.ts';
import type { Proof, Subject } from './proof.ts';

/** Kinds whose rules always have something to decide. */
const DECIDING: readonly RuleKind[] = ['credit', 'conversion', 'offset', 'quota', 'deadline', 'eligibility', 'fee'];

/** Every rule of a kind that decides has a check, and every rule with a check is asked by a decision; the rest are listed. */
export function proveUse(subject: Subject): Proof {
  const { plugin, place } = subject;
  const asked = rulesUsed({ stack: place.layers, rules: new Map([...place.versions].map(([id, versions]) => [id, versions.map(({ spec }) => spec)])) });
  const atWork = rulesAtWork(subject);
  const ids = (keep: (rule: (typeof plugin.rules)[number]) => boolean): string[] => [...new Set(plugin.rules.filter(keep).map(({ id }) => id))];
  const decided = ids(({ check }) => check !== undefined);
  const silent = ids(({ check, id }) => check === undefined && !atWork.has(id));
  const failures = [
    ...decided.filter((id) => !asked.has(id)).map((id) => inLanguage(subject, `${id}:没有判定项使用它`, `${id}: no decision asks it`)),
    ...ids(({ kind, id }) => DECIDING.includes(kind) && silent.includes(id)).map((id) => inLanguage(subject, `${id}:应当判定,却没有判定内容`, `${id}: is of a kind that decides and has nothing to check`)),
  ];
  const count = inLanguage(subject, `使用:${decided.length}条规则参与判定`, `use: ${decided.length} rules decide`);
  const rest = silent.length === 0 ? '' : inLanguage(subject, `;尚未使用的${silent.length}条:${joined(subject, silent)}`, `; not yet in use, ${silent.length}: ${joined(subject, silent)}`);
  return { lines: [`${count}${rest}`], failures };
}

/** Rules that are in use without a check of their own: they let units move or be seen in a ledger, or say whom another rule binds. */
function rulesAtWork({ plugin, place }: Subject): ReadonlySet<string> {
  const ledgers = [...place.ledgers.values()];
  const rows = plugin.rules.flatMap(({ check }) => (check ? ledgers.flatMap(({ id }) => rowsOf(check, id)) : []));
  const sights = rows.flatMap((row) => row.check.sees.flatMap(({ byOffset, share }) => [byOffset, share?.rule]));
  const moves = ledgers.flatMap((ledger) => ledger.moves.map(({ rule }) => rule));
  const narrowing = plugin.rules.filter(({ narrows }) => narrows).map(({ id }) => id);
  return new Set([...sights, ...moves, ...narrowing].filter((id) => id !== undefined));
}
