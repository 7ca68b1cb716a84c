import type { Amount, Check, Day } from './check.ts';
import type { LedgerSpec } from './ledger.ts';

/** Paths of the facts that a check can look at, and the rules and ledgers it refers to, without evaluating anything. */
export interface Reads {
  readonly facts: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly ledgers: ReadonlySet<string>;
}

interface Found {
  readonly facts: Set<string>;
  readonly rules: Set<string>;
  readonly ledgers: Set<string>;
}

export function readsOf(check: Check): Reads {
  const found: Found = { facts: new Set(), rules: new Set(), ledgers: new Set() };
  visitCheck(check, found);
  return found;
}

/** The facts of a ledger: entries, bare figures, options, the start of the cycle. */
export const factsOfLedger = (ledger: LedgerSpec): string[] => [
  ledger.entries.fact,
  ...(ledger.figures ? [ledger.figures.fact, ...(ledger.figures.byYear ? [ledger.figures.byYear] : [])] : []),
  ...(ledger.offsets ? [ledger.offsets] : []),
  ...('startFact' in ledger.cycle ? [ledger.cycle.startFact] : []),
];

function addFact(path: string, found: Found): void {
  if (path.startsWith('reading:')) found.rules.add(path.slice('reading:'.length));
  else found.facts.add(path);
}

function visitCheck(check: Check, found: Found): void {
  switch (check.op) {
    case 'allOf':
    case 'anyOf':
      for (const part of Object.values(check.parts)) visitCheck(part.check, found);
      return;
    case 'onlyFor':
      return visitAll([check.when, check.then], found);
    case 'either':
      return visitAll([check.when, check.then, check.otherwise], found);
    case 'not':
      return visitCheck(check.check, found);
    case 'remark':
      return visitAll(check.when ? [check.when, check.check] : [check.check], found);
    case 'is':
      return addFact(check.fact, found);
    case 'some':
    case 'every':
      return addFact(check.list, found);
    case 'compare':
      visitAmount(check.actual, found);
      return visitAmount(check.required, found);
    case 'window':
      if ('fact' in check.moment) addFact(check.moment.fact, found);
      return visitDays([check.from, check.to], found);
    case 'inside':
      return visitDays([check.first, check.last, check.from, check.to], found);
    case 'doneBy':
      addFact(check.done, found);
      return visitDays([check.by], found);
    case 'complete':
      return addFact(check.record, found);
    case 'steps':
      return addFact(check.done, found);
    case 'row':
      found.ledgers.add(check.ledger);
      visitAmount(check.required, found);
      for (const name of check.due?.facts ?? []) addFact(name, found);
      return;
    case 'eachYear':
      if (check.role) addFact(check.role.list, found);
      if (check.year) addFact(check.year, found);
      return visitCheck(check.row, found);
    case 'rule':
      found.rules.add(check.id);
      return;
    case 'formula':
      for (const name of [...check.facts, ...(check.optional ?? [])]) addFact(name, found);
      return;
    case 'undetermined':
    case 'outcome':
  }
}

const visitAll = (checks: readonly Check[], found: Found): void => checks.forEach((check) => visitCheck(check, found));
const visitDays = (days: readonly (Day | undefined)[], found: Found): void => days.forEach((day) => day && visitDay(day, found));

function visitDay(day: Day, found: Found): void {
  if ('fact' in day) addFact(day.fact, found);
  if ('shift' in day) {
    visitDay(day.shift, found);
    visitAmount(day.days, found);
  }
}

function visitAmount(amount: Amount, found: Found): void {
  if ('fact' in amount) addFact(amount.fact, found);
  else if ('count' in amount) addFact(amount.count, found);
  else if ('total' in amount) addFact(amount.total, found);
  else if ('sum' in amount) amount.sum.forEach((item) => visitAmount(item, found));
  else if ('difference' in amount) amount.difference.forEach((item) => visitAmount(item, found));
  else if ('product' in amount) amount.product.forEach((item) => visitAmount(item, found));
  else if ('share' in amount) amount.share.forEach((item) => visitAmount(item, found));
}
