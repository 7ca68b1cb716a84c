import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addYears,
  compareDays,
  day,
  dayOf,
  daysBetween,
  earlierDay,
  encloses,
  endOf,
  firstDayOfYear,
  formatInstant,
  includes,
  instantOf,
  isAfter,
  isBefore,
  lastDayOfYear,
  laterDay,
  overlaps,
  parseDay,
  parseInstant,
  startOf,
  weekdayOf,
  wholeYears,
  yearOf,
} from '../../src/kernel/civil-day.ts';
import type { CivilDay, Instant, Period } from '../../src/kernel/civil-day.ts';

const HOUR = 3_600_000;
const FIRST = day('1900-01-02');
const SPAN = daysBetween(FIRST, day('2199-12-30'));
const days = fc.integer({ min: 0, max: SPAN }).map((offset) => addDays(FIRST, offset));
/** Years in which clocks in China were put forward in spring and back in autumn. */
const SUMMER_TIME_YEARS = [1986, 1987, 1988, 1989, 1990, 1991];
const summerDays = fc.integer({ min: 0, max: 6 * 365 }).map((offset) => addDays(day('1986-01-01'), offset));
const anyDay = fc.oneof(days, summerDays);
const instants = fc.integer({ min: startOf(FIRST), max: startOf(day('2199-12-30')) }).map((at) => at as Instant);
const end = fc.option(days, { nil: null });
const period = fc.tuple(end, end).map(([a, b]): Period => (a !== null && b !== null && isAfter(a, b) ? { from: b, to: a } : { from: a, to: b }));

describe('reading a day', () => {
  it.each(['2020-02-29', '2000-02-29', '1900-01-01', '2199-12-31', '2014-11-24'])('%s exists', (given) => {
    expect(parseDay(given)).toBe(given);
  });

  it.each(['2019-02-29', '1900-02-29', '2100-02-29', '2020-02-30', '2020-04-31', '2020-13-01', '2020-00-10', '2020-01-00', '1899-12-31', '2200-01-01', '2020-1-1', '20200101', '2020/01/01', '2020-01-01T00:00', ' 2020-01-01', '２０２０-01-01', ''])(
    '%j does not',
    (given) => {
      expect(parseDay(given)).toBeNull();
      expect(() => day(given)).toThrow(RangeError);
    },
  );

  it('every day that is counted up to can be read', () => {
    fc.assert(fc.property(anyDay, (on) => parseDay(on) === on));
  });
});

describe('instants', () => {
  it('a bare day is its first instant in Shanghai', () => {
    expect(parseInstant('2020-01-07')).toBe(parseInstant('2020-01-07T00:00:00+08:00'));
    expect(parseInstant('2020-01-07')).toBe(parseInstant('2020-01-06T16:00:00Z'));
  });

  it.each(['2020-01-07T00:00:00', '2020-01-07T24:00:00+08:00', '2020-01-07 00:00:00+08:00', '2020-02-30T00:00:00Z', '2020-01-07T00:00:00+0800', '1899-12-31T00:00:00Z', '2200-01-01T00:00:00Z', 'now', ''])('%j is none', (given) => {
    expect(parseInstant(given)).toBeNull();
    expect(() => instantOf(given)).toThrow(RangeError);
  });

  it('reads back what it writes', () => {
    // In 1900 clocks still showed local mean time, +08:05:43, which an offset in minutes cannot say.
    fc.assert(fc.property(instants.filter((at) => at >= startOf(day('1901-01-01'))), (at) => parseInstant(formatInstant(at)) === at));
  });

  it('writes milliseconds only where there are some', () => {
    expect(formatInstant(instantOf('2020-01-07T23:59:59+08:00'))).toBe('2020-01-07T23:59:59+08:00');
    expect(formatInstant(instantOf('2020-01-07T23:59:59.999+08:00'))).toBe('2020-01-07T23:59:59.999+08:00');
  });

  it('the last instant of a day belongs to it, the next to the next day', () => {
    const last = instantOf('2020-12-31T23:59:59.999+08:00');
    expect(dayOf(last)).toBe('2020-12-31');
    expect(dayOf((last + 1) as Instant)).toBe('2021-01-01');
    expect(dayOf(instantOf('2020-12-31T15:59:59Z'))).toBe('2020-12-31');
    expect(dayOf(instantOf('2020-12-31T16:00:00Z'))).toBe('2021-01-01');
  });
});

describe('a day as a half-open window', () => {
  it('holds its first instant and not the one after its last', () => {
    fc.assert(
      fc.property(anyDay, (on) => {
        expect(dayOf(startOf(on))).toBe(on);
        expect(dayOf((startOf(on) - 1) as Instant)).toBe(addDays(on, -1));
        expect(dayOf((endOf(on) - 1) as Instant)).toBe(on);
        expect(dayOf(endOf(on))).toBe(addDays(on, 1));
        expect(endOf(on)).toBe(startOf(addDays(on, 1)));
      }),
    );
  });

  it('every instant lies in the window of its day', () => {
    fc.assert(fc.property(instants, (at) => startOf(dayOf(at)) <= at && at < endOf(dayOf(at))));
  });

  it.each(SUMMER_TIME_YEARS)('in %i one day has 23 hours and a later one 25', (year) => {
    const lengths = new Map<number, CivilDay[]>();
    for (let on = firstDayOfYear(year); yearOf(on) === year; on = addDays(on, 1)) {
      const hours = (endOf(on) - startOf(on)) / HOUR;
      lengths.set(hours, [...(lengths.get(hours) ?? []), on]);
    }
    expect([...lengths.keys()].sort()).toEqual([23, 24, 25]);
    const [short] = lengths.get(23) ?? [];
    const [long] = lengths.get(25) ?? [];
    expect(lengths.get(23)).toHaveLength(1);
    expect(lengths.get(25)).toHaveLength(1);
    expect(short && long && isBefore(short, long)).toBe(true);
  });

  it('outside those years every day since 1950 has 24 hours', () => {
    for (let on = day('1950-01-01'); isBefore(on, day('2050-01-01')); on = addDays(on, 1)) {
      if (!SUMMER_TIME_YEARS.includes(yearOf(on)) && endOf(on) - startOf(on) !== 24 * HOUR) expect.fail(`${on} has ${(endOf(on) - startOf(on)) / HOUR} hours`);
    }
  });

  it('a summer day begins an hour earlier than by the usual offset', () => {
    expect(startOf(day('1988-07-01'))).toBe(instantOf('1988-06-30T15:00:00Z'));
    expect(startOf(day('1988-12-01'))).toBe(instantOf('1988-11-30T16:00:00Z'));
  });
});

describe('counting', () => {
  it.each([
    ['2020-02-28', 1, '2020-02-29'],
    ['2020-02-29', 1, '2020-03-01'],
    ['2019-02-28', 1, '2019-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2020-01-01', -1, '2019-12-31'],
    ['2020-12-31', 1, '2021-01-01'],
    ['2020-01-07', 0, '2020-01-07'],
  ])('%s and %i days is %s', (from, count, expected) => {
    expect(addDays(day(from), count)).toBe(expected);
    expect(daysBetween(day(from), day(expected))).toBe(count);
  });

  it.each([
    ['2020-02-29', 1, '2021-02-28'],
    ['2020-02-29', 4, '2024-02-29'],
    ['2016-02-29', -16, '2000-02-29'],
    ['2096-02-29', 4, '2100-02-28'],
    ['2016-01-01', 5, '2021-01-01'],
  ])('%s and %i years is %s', (from, years, expected) => {
    expect(addYears(day(from), years)).toBe(expected);
  });

  it('going there and back changes nothing, across summer time too', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const between = daysBetween(a, b);
        expect(addDays(a, between)).toBe(b);
        expect(daysBetween(b, a) + between).toBe(0);
        expect(Math.sign(compareDays(b, a))).toBe(Math.sign(between));
        expect(isBefore(a, b)).toBe(between > 0);
        expect(isAfter(a, b)).toBe(between < 0);
        expect([earlierDay(a, b), laterDay(a, b)]).toEqual([a, b].sort(compareDays));
        expect(startOf(a) < startOf(b)).toBe(between > 0);
      }),
    );
  });

  it('weekdays follow one another', () => {
    expect(weekdayOf(day('2020-01-06'))).toBe(1);
    expect(weekdayOf(day('2020-01-12'))).toBe(7);
    fc.assert(fc.property(anyDay, (on) => weekdayOf(addDays(on, 1)) === (weekdayOf(on) % 7) + 1));
  });
});

describe('periods', () => {
  it('hold both their days', () => {
    const document: Period = { from: day('2019-12-17'), to: day('2020-08-31') };
    expect(['2019-12-16', '2019-12-17', '2020-08-31', '2020-09-01'].map((on) => includes(document, day(on)))).toEqual([false, true, true, false]);
    expect(includes({ from: null, to: null }, day('1900-01-01'))).toBe(true);
    expect(includes({ from: day('2014-11-24'), to: null }, day('2199-12-31'))).toBe(true);
  });

  it('overlap on a shared day, and not when one ends on the eve of the other', () => {
    const first: Period = { from: day('2016-01-01'), to: day('2020-12-31') };
    expect(overlaps(first, { from: day('2020-12-31'), to: null })).toBe(true);
    expect(overlaps(first, { from: day('2021-01-01'), to: null })).toBe(false);
    expect(encloses(first, first)).toBe(true);
    expect(encloses(first, { from: day('2016-01-01'), to: null })).toBe(false);
  });

  it('overlap exactly when some day lies in both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        const candidates = [a.from, a.to, b.from, b.to].filter((on) => on !== null);
        const isShared = candidates.length === 0 || candidates.some((on) => includes(a, on) && includes(b, on));
        expect(overlaps(a, b)).toBe(isShared);
        expect(overlaps(b, a)).toBe(isShared);
      }),
    );
  });

  it('what encloses a period holds each of its days', () => {
    fc.assert(fc.property(period, period, days, (outer, inner, on) => !encloses(outer, inner) || !includes(inner, on) || includes(outer, on)));
  });

  it('whole years are those from the first of January to the last of December', () => {
    expect(wholeYears({ from: day('2016-01-01'), to: day('2020-12-31') })).toEqual([2016, 2017, 2018, 2019, 2020]);
    expect(wholeYears({ from: day('2016-01-02'), to: day('2020-12-30') })).toEqual([2017, 2018, 2019]);
    expect(wholeYears({ from: day('2016-03-01'), to: day('2016-12-31') })).toEqual([]);
    expect(lastDayOfYear(2020)).toBe('2020-12-31');
  });
});
