/**
 * Civil days and instants in Asia/Shanghai. Documents name days and include both ends; they become half-open here and
 * nowhere else, and nothing else compares day strings.
 */
declare const civilDay: unique symbol;
declare const instant: unique symbol;

/** A day of the calendar, written `YYYY-MM-DD`. */
export type CivilDay = string & { readonly [civilDay]: true };
/** A moment: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly [instant]: true };
/** Both days included; null leaves an end open. */
export interface Period {
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
}

export const TIME_ZONE = 'Asia/Shanghai';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const plain = (day: CivilDay): Temporal.PlainDate => Temporal.PlainDate.from(day);
const fromPlain = (day: Temporal.PlainDate): CivilDay => day.toString() as CivilDay;

/** Reads `YYYY-MM-DD` of a day that exists (years 1900 to 2199); null for anything else. */
export function parseDay(text: string): CivilDay | null {
  if (!DAY.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return null;
  const length = month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);
  return day <= length ? (text as CivilDay) : null;
}

/** A day whose form is known, as in a document. Throws on anything else. */
export function day(text: string): CivilDay {
  const parsed = parseDay(text);
  if (!parsed) throw new RangeError(`not a civil day: ${text}`);
  return parsed;
}

/** Reads an ISO 8601 instant with offset (`2020-01-07T23:59:59+08:00`), or a bare day as its first instant; null else. */
export function parseInstant(text: string): Instant | null {
  const bare = parseDay(text);
  if (bare) return startOf(bare);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i.test(text)) return null;
  try {
    const parsed = Temporal.Instant.from(text).epochMilliseconds as Instant;
    const year = yearOf(dayOf(parsed));
    return year >= 1900 && year <= 2199 ? parsed : null;
  } catch {
    return null;
  }
}

/** An instant whose form is known. Throws on anything else. */
export function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new RangeError(`not an instant: ${text}`);
  return parsed;
}

/** ISO 8601 in Asia/Shanghai, with offset. */
export function formatInstant(at: Instant): string {
  if (at < SUMMER_TIME_OVER) return formatZoned(at);
  const written = new Date(at + EIGHT_HOURS).toISOString();
  return `${written.slice(0, at % 1000 === 0 ? 19 : 23)}+08:00`;
}

const formatZoned = (at: Instant): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE).toString({ timeZoneName: 'never', smallestUnit: at % 1000 === 0 ? 'second' : 'millisecond' });

/** From here on clocks of the zone stand still at eight hours: summer time ended in 1991. */
const SUMMER_TIME_OVER = Date.UTC(1992, 0, 1);
const EIGHT_HOURS = 8 * 3_600_000;

let last: { readonly at: Instant; readonly on: CivilDay } | null = null;

/** The civil day on which the instant lies. The last one is kept: a list of people is asked about at one moment. */
export function dayOf(at: Instant): CivilDay {
  if (last?.at !== at) last = { at, on: readDay(at) };
  return last.on;
}

/** Where the offset is fixed it is added, not looked up. */
const readDay = (at: Instant): CivilDay =>
  at >= SUMMER_TIME_OVER ? (new Date(at + EIGHT_HOURS).toISOString().slice(0, 10) as CivilDay) : fromPlain(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE).toPlainDate());

/** The first instant of a day. */
export const startOf = (on: CivilDay): Instant => plain(on).toZonedDateTime(TIME_ZONE).toInstant().epochMilliseconds as Instant;
/** The first instant after a day: a window that includes the day ends before it. */
export const endOf = (on: CivilDay): Instant => startOf(addDays(on, 1));

export const addDays = (on: CivilDay, days: number): CivilDay => fromPlain(plain(on).add({ days }));
/** 29 February becomes 28 February in a common year. */
export const addYears = (on: CivilDay, years: number): CivilDay => fromPlain(plain(on).add({ years }));
/** Days from `from` to `to`: 1 from a day to the next. */
export const daysBetween = (from: CivilDay, to: CivilDay): number => plain(from).until(plain(to), { largestUnit: 'day' }).days;
export const yearOf = (on: CivilDay): number => Number(on.slice(0, 4));
/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (on: CivilDay): number => plain(on).dayOfWeek;
export const firstDayOfYear = (year: number): CivilDay => day(`${year}-01-01`);
export const lastDayOfYear = (year: number): CivilDay => day(`${year}-12-31`);

export const isBefore = (a: CivilDay, b: CivilDay): boolean => a < b;
export const isAfter = (a: CivilDay, b: CivilDay): boolean => a > b;
export const earlierDay = (a: CivilDay, b: CivilDay): CivilDay => (a < b ? a : b);
export const laterDay = (a: CivilDay, b: CivilDay): CivilDay => (a > b ? a : b);
/** For sorting: earlier days first. */
export const compareDays = (a: CivilDay, b: CivilDay): number => (a < b ? -1 : a > b ? 1 : 0);

export const includes = (period: Period, on: CivilDay): boolean =>
  (period.from === null || period.from <= on) && (period.to === null || on <= period.to);
/** Whether `inner` lies wholly in `outer`. */
export const encloses = (outer: Period, inner: Period): boolean =>
  (outer.from === null || (inner.from !== null && outer.from <= inner.from)) && (outer.to === null || (inner.to !== null && inner.to <= outer.to));
export const overlaps = (a: Period, b: Period): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) && (b.from === null || a.to === null || b.from <= a.to);
/** The years that lie wholly in the period, earliest first; both ends must be closed. */
export function wholeYears(period: { from: CivilDay; to: CivilDay }): number[] {
  const years: number[] = [];
  for (let year = yearOf(period.from); year <= yearOf(period.to); year++) {
    if (firstDayOfYear(year) >= period.from && lastDayOfYear(year) <= period.to) years.push(year);
  }
  return years;
}
/** Whether a day lies between two others, both included; null leaves an end open. */
export const isWithin = (on: CivilDay, from: CivilDay | null, to: CivilDay | null): boolean => (from === null || from <= on) && (to === null || on <= to);
