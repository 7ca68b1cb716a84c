import type { Check, DueFormula, FormulaCheck } from './check.ts';
import type { LedgerSpec } from './ledger.ts';
import type { Layer } from './place.ts';
import type { RuleSpec } from './rule.ts';

/** Code of a rule or a ledger: what data cannot say, and so what a stored rulebook only names. */
export interface CodePart {
  readonly kind: 'formula' | 'due' | 'placement';
  /** The rule, or the ledger, that it belongs to. */
  readonly of: string;
  /** The name of the formula; null for the placement of a ledger. */
  readonly name: string | null;
}

/** A part whose code has another version than it had, or is there no more (`now: null`). */
export interface ChangedCode extends CodePart {
  readonly then: number;
  readonly now: number | null;
}

/** A formula of either kind where it stands in a rule. */
export interface NamedFormula {
  readonly kind: 'formula' | 'due';
  readonly spec: FormulaCheck | DueFormula;
}

/** A ledger without a version has its first. */
export const placementVersion = ({ version = 1 }: Pick<LedgerSpec, 'version'>): number => version;

/** The formulas of a rule, in the order in which they are written. */
export function formulasOf({ check, narrows, takesPlaceFor }: RuleSpec): NamedFormula[] {
  const found: NamedFormula[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const { op } = value as Partial<Check>;
    if (op === 'formula') return void found.push({ kind: 'formula', spec: value as FormulaCheck });
    if (op === 'row' && (value as { due?: DueFormula }).due) found.push({ kind: 'due', spec: (value as { due: DueFormula }).due });
    Object.values(value).forEach(visit);
  };
  [check, narrows?.when, takesPlaceFor].forEach(visit);
  return found;
}

type Run = FormulaCheck['run'] | DueFormula['run'];

interface Candidate {
  readonly version: number;
  readonly run: Run;
  /** What it reads: one name may stand in a rule several times, each time reading something else. */
  readonly reads: string;
  readonly inForce: string;
}

/** The code of the layers that are loaded, by what a stored rulebook names. */
export class LoadedCode {
  readonly #formulas = new Map<string, Candidate[]>();
  readonly #ledgers = new Map<string, LedgerSpec>();

  constructor(layers: readonly Layer[]) {
    for (const { rules, ledgers } of layers) {
      for (const rule of rules) for (const formula of formulasOf(rule)) this.#add(rule, formula);
      for (const ledger of ledgers ?? []) this.#ledgers.set(ledger.id, ledger);
    }
  }

  #add(rule: RuleSpec, { kind, spec }: NamedFormula): void {
    const key = keyOf(kind, rule.id, spec.name);
    const list = this.#formulas.get(key) ?? [];
    list.push({ version: spec.version, run: spec.run, reads: readsOf(spec), inForce: JSON.stringify(rule.inForce ?? null) });
    this.#formulas.set(key, list);
  }

  /** The code of a formula in its own rule, of its version if there is one; null: nothing of this name is there. */
  formula(rule: RuleSpec, { kind, spec }: NamedFormula): { readonly version: number; readonly run: Run } | null {
    const named = this.#formulas.get(keyOf(kind, rule.id, spec.name)) ?? [];
    const same = named.filter(({ version }) => version === spec.version);
    const inForce = JSON.stringify(rule.inForce ?? null);
    const reads = readsOf(spec);
    const among = same.length > 0 ? same : named;
    const likest = among.filter((item) => item.reads === reads);
    const best = likest.length > 0 ? likest : among;
    return best.find((item) => item.inForce === inForce) ?? best[0] ?? null;
  }

  placement(ledger: string): { readonly version: number; readonly place: LedgerSpec['place'] } | null {
    const found = this.#ledgers.get(ledger);
    return found ? { version: placementVersion(found), place: found.place } : null;
  }
}

const keyOf = (kind: string, rule: string, name: string): string => `${kind} ${rule} ${name}`;
const readsOf = (spec: FormulaCheck | DueFormula): string => JSON.stringify([spec.facts, 'optional' in spec ? (spec.optional ?? null) : null]);
