import type { Move } from './offset-program.ts';
import type { Group } from './offsets.ts';
import type { Holding, Placement } from './problem.ts';

/** Every unit in its home cell. */
export function placeAtHome(holdings: readonly Holding[]): Placement[] {
  const placed: Placement[] = [];
  for (let holding = 0; holding < holdings.length; holding += 1) {
    const { home, amount } = holdings[holding]!;
    if (amount > 0) placed.push({ holding, cell: home, amount });
  }
  return placed;
}

/** Deals the moves of each group out to its holdings: those given last move first. */
export function placeMoved(holdings: readonly Holding[], groups: readonly Group[], moves: readonly Move[]): Placement[] {
  const dealt: Placement[][] = [];
  for (let g = 0; g < groups.length; g += 1) {
    const group = groups[g]!;
    const places: { cell: number; left: number }[] = [{ cell: group.home, left: group.amount }];
    for (const move of moves) {
      if (move.group !== g || move.amount === 0) continue;
      places[0]!.left -= move.amount;
      places.push({ cell: group.targets[move.target]!, left: move.amount });
    }
    let at = 0;
    for (const holding of group.holdings) {
      const own: Placement[] = [];
      for (let left = holdings[holding]!.amount; left > 0; ) {
        const place = places[at]!;
        const amount = Math.min(left, place.left);
        if (amount > 0) own.push({ holding, cell: place.cell, amount });
        left -= amount;
        place.left -= amount;
        if (place.left === 0) at += 1;
      }
      dealt[holding] = own;
    }
  }
  const placed: Placement[] = [];
  holdings.forEach(({ home, amount }, holding) => {
    const own = dealt[holding];
    if (own !== undefined) placed.push(...own);
    else if (amount > 0) placed.push({ holding, cell: home, amount });
  });
  return placed;
}
