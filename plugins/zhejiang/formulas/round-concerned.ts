import { type Check, type CivilDay, formula, type FormulaContext, isAfter, isBefore, type Outcome } from '../../../src/plugin-kit.ts';

interface Selection {
  readonly selectionRound?: number | null;
}

/** Rounds and the rules that state their days. */
const ROUNDS: Readonly<Record<number, string>> = { 1: 'zj-2019-357/5.3-round-1', 2: 'zj-2019-357/5.3-round-2' };

/** The round whose days hold the day of `at`. */
function roundOn({ atDay, param }: FormulaContext): number | null {
  const open = Object.entries(ROUNDS).find(([, rule]) => !isBefore(atDay, param('from', rule) as CivilDay) && !isAfter(atDay, param('to', rule) as CivilDay));
  return open ? Number(open[0]) : null;
}

/**
 * Is the selection one of this round? Null: nobody said, and a rule asked by itself answers for its own round. Where the
 * decision asks for the round and nobody named it, the moment tells it if it lies in a round; else the round is missing.
 */
export const isOfRound = (round: number): Check =>
  formula<Selection>({
    name: 'selection-of-round',
    version: 1,
    facts: [],
    optional: ['selectionRound'],
    run: ({ selectionRound }, context): Outcome => {
      if (selectionRound === null) return { verdict: 'MET' };
      const found = selectionRound ?? roundOn(context);
      return found === null ? { verdict: 'UNDETERMINED', missing: ['selectionRound'] } : { verdict: found === round ? 'MET' : 'NOT_MET' };
    },
  });

/** Did nobody name the round, so that the moment tells it? */
export const isRoundToldByMoment = formula<Selection>({
  name: 'round-told-by-moment',
  version: 1,
  facts: [],
  optional: ['selectionRound'],
  run: ({ selectionRound }, context) => ({ verdict: selectionRound === undefined && roundOn(context) !== null ? 'MET' : 'NOT_MET' }),
});
