import { checkDigitOf } from '../kernel/identity-number.ts';
import { DAYS, dayNumber } from './days.ts';

/** Numbers of one sex on one day and area. It is prime, so that every step below it visits each once. */
const SEQUENCE = 499;
const STEP = 211;

/** Numbers of residents begin with 1 to 8: a place whose code does not is taken for one whose code does. */
const regionOf = (area: string): string => (area.startsWith('9') ? `7${area.slice(1, 2)}` : area.slice(0, 2));

/**
 * Resident identity numbers of invented people: check digit, birth date and sex are right, and each is given once. Nobody
 * can have one: people are registered in counties, and the area code here is that of a whole province, which is no
 * county's.
 */
export class IdentityNumbers {
  readonly #given = new Map<number, number>();

  /** The number of who was born on the day, or, where that day has no number left, on the next that has one. */
  next(area: string, bornOn: string, sex: 'male' | 'female'): { readonly number: string; readonly bornOn: string } {
    const odd = sex === 'male' ? 1 : 0;
    let born = dayNumber(bornOn);
    let slot = this.#slot(area, born, odd);
    while ((this.#given.get(slot) ?? 0) >= SEQUENCE) slot = this.#slot(area, ++born, odd);
    const index = this.#given.get(slot) ?? 0;
    this.#given.set(slot, index + 1);
    const sequence = 2 * (1 + ((index * STEP + born) % SEQUENCE)) - odd;
    const day = DAYS[born] ?? bornOn;
    const seventeen = `${regionOf(area)}0000${day.slice(0, 4)}${day.slice(5, 7)}${day.slice(8)}${String(sequence).padStart(3, '0')}`;
    return { number: seventeen + checkDigitOf(seventeen), bornOn: day };
  }

  #slot(area: string, born: number, odd: number): number {
    return (Number(area.slice(0, 2)) * 65_536 + born) * 2 + odd;
  }
}
