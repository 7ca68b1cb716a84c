/**
 * Exact numbers: fractions of whole numbers. Credits, class hours, shares and money are computed with these and
 * never with floating point; a verdict depends on nothing else.
 */
const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;
const FRACTION = /^([+-]?\d{1,30})\/(\d{1,30})$/;

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);

/** An immutable exact fraction in lowest terms, its denominator positive. */
export class Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** numerator / denominator in lowest terms. Throws on a zero denominator: callers check a divisor first. */
  static ratio(numerator: bigint | number, denominator: bigint | number = 1n): Exact {
    const n = BigInt(numerator);
    const d = BigInt(denominator);
    if (d === 0n) throw new RangeError('an exact number has no zero denominator');
    const divisor = greatestCommonDivisor(magnitude(n), magnitude(d)) * (d < 0n ? -1n : 1n);
    return new Exact(n / divisor, d / divisor);
  }

  /** Reads `36`, `-1.5` or `4/3`; null for everything else. */
  static parse(text: string): Exact | null {
    const decimal = DECIMAL.exec(text);
    if (decimal) {
      const [, sign = '', whole = '0', fraction = ''] = decimal;
      const value = Exact.ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
      return sign === '-' ? value.negate() : value;
    }
    const parts = FRACTION.exec(text);
    return parts && BigInt(parts[2] ?? '0') !== 0n ? Exact.ratio(BigInt(parts[1] ?? '0'), BigInt(parts[2] ?? '1')) : null;
  }

  /** For literals and parameters, whose form is known: `exact('1/4')`, `exact(36)`. Throws on anything else. */
  static of(value: string | number | bigint | Exact): Exact {
    if (value instanceof Exact) return value;
    if (typeof value !== 'string') {
      if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not an exact integer: ${value}`);
      return Exact.ratio(value);
    }
    const parsed = Exact.parse(value);
    if (!parsed) throw new RangeError(`not an exact number: ${value}`);
    return parsed;
  }

  plus(other: Exact): Exact {
    return Exact.ratio(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }
  minus(other: Exact): Exact {
    return this.plus(other.negate());
  }
  times(other: Exact): Exact {
    return Exact.ratio(this.numerator * other.numerator, this.denominator * other.denominator);
  }
  /** Throws when `other` is zero: callers decide first what no whole means. */
  dividedBy(other: Exact): Exact {
    return Exact.ratio(this.numerator * other.denominator, this.denominator * other.numerator);
  }
  negate(): Exact {
    return new Exact(-this.numerator, this.denominator);
  }

  /** Negative, zero or positive as this is less than, equal to or greater than `other`. */
  compare(other: Exact): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  isLessThan(other: Exact): boolean {
    return this.compare(other) < 0;
  }
  isAtLeast(other: Exact): boolean {
    return this.compare(other) >= 0;
  }
  equals(other: Exact): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }
  isZero(): boolean {
    return this.numerator === 0n;
  }
  isNegative(): boolean {
    return this.numerator < 0n;
  }
  isInteger(): boolean {
    return this.denominator === 1n;
  }
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    return this.numerator < 0n && quotient * this.denominator !== this.numerator ? quotient - 1n : quotient;
  }
  ceil(): bigint {
    return -this.negate().floor();
  }

  /** A decimal where it is finite (`1.5`), else the fraction in lowest terms (`4/3`). */
  toString(): string {
    let rest = this.denominator;
    let twos = 0;
    let fives = 0;
    for (; rest % 2n === 0n; rest /= 2n) twos++;
    for (; rest % 5n === 0n; rest /= 5n) fives++;
    if (rest !== 1n) return `${this.numerator}/${this.denominator}`;
    const places = Math.max(twos, fives);
    if (places === 0) return this.numerator.toString();
    const digits = ((magnitude(this.numerator) * 10n ** BigInt(places)) / this.denominator).toString().padStart(places + 1, '0');
    return `${this.isNegative() ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
  toJSON(): string {
    return this.toString();
  }

  static readonly zero = new Exact(0n, 1n);
}

/** Shorthand for a literal: `exact('1/4')`. */
export const exact = (value: string | number | bigint | Exact): Exact => Exact.of(value);

/** The larger of two exact numbers. */
export const larger = (a: Exact, b: Exact): Exact => (a.isLessThan(b) ? b : a);
/** The smaller of two exact numbers. */
export const smaller = (a: Exact, b: Exact): Exact => (b.isLessThan(a) ? b : a);

/** Whole units of 1/`perWhole` written as a decimal: 350 of hundredths is `3.5`. `perWhole` is a power of ten. */
export function formatUnits(units: number, perWhole: number): string {
  const whole = Math.trunc(units / perWhole);
  const rest = Math.abs(units % perWhole);
  if (rest === 0) return String(whole);
  const padded = String(perWhole + rest);
  let end = padded.length;
  while (padded[end - 1] === '0') end--;
  const digits = padded.slice(1, end);
  return `${units < 0 && whole === 0 ? '-' : ''}${whole}.${digits}`;
}

/** The same of any size: what is beyond 2^53 is no number that floating point could hold. */
export function formatBigUnits(units: bigint, perWhole: number): string {
  return Number.isSafeInteger(Number(units)) ? formatUnits(Number(units), perWhole) : Exact.ratio(units, perWhole).toString();
}
