import { Exact } from '../kernel/exact.ts';
import { paramAt } from '../kernel/param.ts';
import type { RuleSpec } from '../kernel/rule.ts';

/**
 * A figure of a rule in whole smallest units: what invented people lie beside. Of a range the lower end. `param` is a path
 * inside the params (`abilities.counselling`). Throws on a rule or figure that is not there, or lies between two units.
 */
export function figureOf(rules: readonly RuleSpec[], id: string, param: string, perWhole: number): number {
  const found = paramAt(rules.find((rule) => rule.id === id)?.params ?? {}, param);
  const value: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof value !== 'number' && typeof value !== 'string') throw new RangeError(`${id} has no figure ${param}`);
  const units = Exact.of(value).times(Exact.of(perWhole));
  if (!units.isInteger()) throw new RangeError(`${id} ${param} is no whole number of 1/${perWhole}`);
  return Number(units.floor());
}
