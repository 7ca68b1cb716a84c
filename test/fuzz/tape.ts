import fc from 'fast-check';

/** Choices, one after the other. At its end it chooses what is simplest, so that a shorter tape gives something simpler. */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + ((this.#numbers[this.#at++] ?? 0) % (to - from + 1));
  }

  chance(inHundred: number): boolean {
    return this.whole(0, 99) >= 100 - inHundred;
  }

  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('nothing to choose from');
    return items[this.whole(0, items.length - 1)] as Item;
  }
}

/** Tapes that fast-check makes, and makes shorter where something fails. */
export const tapes = fc.array(fc.nat({ max: 0xffff }), { minLength: 60, maxLength: 500, size: 'max' });

export const SEED = Number(process.env['SEED'] ?? 20_261_126);
export const RUNS = Number(process.env['RUNS'] ?? 1_500);
/** Whether a failure is made smaller before it is told, which asks some thousand times more. */
export const SHRINK = process.env['SHRINK'] === '1';
