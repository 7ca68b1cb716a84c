import type { AllocationProblem } from '../../src/kernel/allocation/problem.ts';

/**
 * The pass that one would write first, to show that it does not do. Each row in order, while it is short, pulls units
 * from the surplus of cells that reach a cell it sees: as many as it lacks, but none that a row met so far still needs.
 * Then each short row in order is given what it lacks in the cell that most short rows see.
 */
export function allocateGreedily(problem: AllocationProblem): { gap: number; moved: number } {
  const { rows, holdings, additional, cellCount } = problem;
  const units = new Array<number>(cellCount).fill(0);
  for (const { home, amount } of holdings) units[home] = (units[home] as number) + amount;
  const at = (cell: number): number => units[cell] as number;
  const put = (cell: number, amount: number): void => {
    units[cell] = at(cell) + amount;
  };
  const inAll = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + at(cell), 0);
  const lacking = (row: number): number => {
    const { required, sees } = rows[row] as (typeof rows)[number];
    return required - sees.reduce((count, { cells, share }) => {
      if (share === undefined) return count + inAll(cells);
      return count + Math.floor((inAll(cells) * share.numerator) / share.denominator);
    }, 0);
  };
  const seenBy = (row: number, cell: number): boolean => (rows[row]?.sees ?? []).some(({ cells }) => cells.includes(cell));
  const atHome = holdings.map(({ amount }) => amount);
  let moved = 0;
  rows.forEach((_, row) => {
    holdings.forEach(({ home, reach }, holding) => {
      const to = reach.find((cell) => seenBy(row, cell));
      if (to === undefined || seenBy(row, home)) return;
      let amount = Math.min(Math.max(0, lacking(row)), atHome[holding] as number);
      rows.forEach((__, other) => {
        const spare = -lacking(other);
        if (seenBy(other, home) && !seenBy(other, to) && spare >= 0) amount = Math.min(amount, spare);
      });
      put(home, -amount);
      put(to, amount);
      atHome[holding] = (atHome[holding] as number) - amount;
      moved += amount;
    });
  });
  let gap = 0;
  rows.forEach((_, row) => {
    const short = rows.flatMap((__, other) => (lacking(other) > 0 ? [other] : []));
    const cells = additional.filter((cell) => seenBy(row, cell));
    const served = (cell: number): number => short.filter((other) => seenBy(other, cell)).length;
    const cell = cells.reduce<number | undefined>((top, next) => (top === undefined || served(next) > served(top) ? next : top), undefined);
    if (cell === undefined) return;
    for (let before = lacking(row); before > 0; before = lacking(row)) {
      // Through a share one unit may count for nothing, so what lacks is added until it is there.
      put(cell, before);
      gap += before;
    }
  });
  return { gap, moved };
}
