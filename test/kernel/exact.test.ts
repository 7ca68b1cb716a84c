import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact, Exact, formatUnits, larger, smaller } from '../../src/kernel/exact.ts';

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const divisor = fc.bigInt({ min: 1n, max: 10n ** 9n });
const fraction = fc.tuple(whole, divisor).map(([numerator, denominator]) => Exact.ratio(numerator, denominator));
const text = (value: Exact): string => value.toString();

describe('reading', () => {
  it.each([
    ['36', '36'],
    ['-1.5', '-1.5'],
    ['+2', '2'],
    ['1.50', '1.5'],
    ['0.10', '0.1'],
    ['007', '7'],
    ['-0', '0'],
    ['4/3', '4/3'],
    ['8/6', '4/3'],
    ['6/4', '1.5'],
    ['-2/6', '-1/3'],
    ['0/7', '0'],
  ])('%s is %s', (given, expected) => {
    expect(Exact.parse(given)?.toString()).toBe(expected);
  });

  it.each(['', ' ', '1.', '.5', '1e3', '1,5', '1/0', '1/-2', '1/2/3', '1.5/2', '0x10', 'NaN', '３６', ' 1', '1 ', '1\n', '1234567890123456789012345678901'])('refuses %j', (given) => {
    expect(Exact.parse(given)).toBeNull();
  });

  it('refuses a literal that is no exact number', () => {
    expect(() => exact('half')).toThrow(RangeError);
    expect(() => exact(1.5)).toThrow(RangeError);
    expect(() => exact(2 ** 53)).toThrow(RangeError);
    expect(() => Exact.ratio(1, 0)).toThrow(RangeError);
    expect(() => exact(1).dividedBy(Exact.zero)).toThrow(RangeError);
  });

  it('keeps an exact number as it is', () => {
    const value = exact('1/3');
    expect(exact(value)).toBe(value);
  });
});

describe('writing', () => {
  it.each([
    [3, 8, '0.375'],
    [-3, 8, '-0.375'],
    [1, 20, '0.05'],
    [-1, 20, '-0.05'],
    [1, 3, '1/3'],
    [-1, 6, '-1/6'],
    [10, 5, '2'],
    [3, -6, '-0.5'],
  ])('%i/%i is %s', (numerator, denominator, expected) => {
    expect(Exact.ratio(numerator, denominator).toString()).toBe(expected);
  });

  it('is a decimal exactly where one is finite, and reads back as the same number', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        const written = text(value);
        expect(Exact.parse(written)?.equals(value)).toBe(true);
        let rest = value.denominator;
        for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
        expect(written.includes('/')).toBe(rest !== 1n);
        expect(JSON.stringify({ value })).toBe(JSON.stringify({ value: written }));
      }),
    );
  });

  it('one number has one form', () => {
    fc.assert(fc.property(whole, divisor, fc.bigInt({ min: 1n, max: 1000n }), (numerator, denominator, times) => text(Exact.ratio(numerator * times, denominator * times)) === text(Exact.ratio(numerator, denominator))));
  });

  it('every decimal of thirty places at most survives', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{0,14}\.\d{0,14}[1-9]$/), (written) => {
        expect(Exact.parse(written)?.toString()).toBe(written);
      }),
    );
  });
});

describe('arithmetic', () => {
  it('has no rounding: ten tenths are one, three thirds are one', () => {
    const sum = (value: Exact, times: number): Exact => Array.from({ length: times }, () => value).reduce((total, one) => total.plus(one), Exact.zero);
    expect(text(sum(exact('0.1'), 10))).toBe('1');
    expect(text(sum(exact('1/3'), 3))).toBe('1');
    expect(text(exact(60).dividedBy(exact(45)))).toBe('4/3');
  });

  it('keeps the laws of fractions', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(text(a.plus(b))).toBe(text(b.plus(a)));
        expect(text(a.plus(b).plus(c))).toBe(text(a.plus(b.plus(c))));
        expect(text(a.times(b.plus(c)))).toBe(text(a.times(b).plus(a.times(c))));
        expect(text(a.plus(b).minus(b))).toBe(text(a));
        if (!b.isZero()) expect(text(a.times(b).dividedBy(b))).toBe(text(a));
        expect(text(a.negate().negate())).toBe(text(a));
      }),
    );
  });

  it('orders numbers by their difference', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(a.compare(b) < 0).toBe(a.minus(b).isNegative());
        expect(a.isLessThan(b)).toBe(!a.isAtLeast(b));
        expect(a.equals(b)).toBe(a.compare(b) === 0);
        expect(larger(a, b).isAtLeast(smaller(a, b))).toBe(true);
        expect(text(larger(a, b).plus(smaller(a, b)))).toBe(text(a.plus(b)));
      }),
    );
  });

  it('floor and ceiling enclose the number, and meet only in whole ones', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        const floor = Exact.ratio(value.floor());
        const ceiling = Exact.ratio(value.ceil());
        expect(value.isAtLeast(floor) && ceiling.isAtLeast(value)).toBe(true);
        expect(text(ceiling.minus(floor))).toBe(value.isInteger() ? '0' : '1');
      }),
    );
    expect(exact('-1.5').floor()).toBe(-2n);
    expect(exact('-1.5').ceil()).toBe(-1n);
  });
});

describe('whole units', () => {
  it.each([
    [3600, 100, '36'],
    [350, 100, '3.5'],
    [1, 100, '0.01'],
    [-5, 100, '-0.05'],
    [-350, 100, '-3.5'],
    [0, 100, '0'],
    [7, 1, '7'],
    [15, 10, '1.5'],
  ])('%i of 1/%i is %s', (units, perWhole, expected) => {
    expect(formatUnits(units, perWhole)).toBe(expected);
  });

  it('is written as the exact number is', () => {
    fc.assert(fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.constantFrom(1, 10, 100, 1000), (units, perWhole) => formatUnits(units, perWhole) === text(Exact.ratio(units, perWhole))));
  });
});
