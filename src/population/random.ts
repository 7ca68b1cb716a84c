import type { RandomSource, Weighted } from '../plugin-host/population.ts';
import { DAYS, dayNumber } from './days.ts';

const WORD = 4_294_967_296;

/** Spreads a number over 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let word = value | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** Chances drawn from 32-bit integers (the generator sfc32): no floating-point fraction decides, so all machines agree. */
export class Random implements RandomSource {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** Begins anew: the same numbers give the same chances. */
  seed(...numbers: readonly number[]): this {
    let state = 0x9e3779b9;
    for (const number of numbers) state = mix(Math.imul(state, 31) + mix(number | 0) + mix(Math.floor(number / WORD) + 0x51ed27));
    this.#a = state;
    this.#b = mix(state + 0x6d2b79f5);
    this.#c = mix(state ^ 0x2545f491);
    this.#counter = 1;
    for (let round = 0; round < 12; round++) this.#next();
    return this;
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  below(count: number): number {
    // Both factors together stay below 2^53, and a division by a power of two is exact.
    return Math.floor((this.#next() * count) / WORD);
  }

  chance(perThousand: number): boolean {
    return this.below(1_000) < perThousand;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  weighted<Value>(table: Weighted<Value>): Value {
    let rest = this.below(totalOf(table));
    for (const [weight, value] of table) {
      if (rest < weight) return value;
      rest -= weight;
    }
    throw new RangeError('a table of chances has no weight');
  }

  day(from: string, to: string): string {
    const first = dayNumber(from);
    return DAYS[first + this.below(Math.max(1, dayNumber(to) - first + 1))] as string;
  }

  split(total: number, part: number): number[] {
    const parts: number[] = [];
    let rest = total;
    for (; rest > part; rest -= part) parts.push(part);
    if (rest > 0) parts.push(rest);
    return parts;
  }
}

const totals = new WeakMap<object, number>();

/** Tables are data and never change. */
function totalOf(table: Weighted<unknown>): number {
  let total = totals.get(table);
  if (total === undefined) {
    total = table.reduce((sum, [weight]) => sum + weight, 0);
    totals.set(table, total);
  }
  return total;
}
