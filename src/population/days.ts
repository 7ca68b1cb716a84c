const FIRST_YEAR = 1940;
const LAST_YEAR = 2035;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const two = (number: number): string => String(number).padStart(2, '0');

/** Every day that the generator may write, in order. Texts are made once: millions of rows share them. */
export const DAYS: readonly string[] = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index).flatMap((year) =>
  LENGTHS.flatMap((length, month) => Array.from({ length: month === 1 && isLeap(year) ? 29 : length }, (_, day) => `${year}-${two(month + 1)}-${two(day + 1)}`)),
);

/** Where each month begins: looked up a few times for every row, so by its digits and not by its text. */
const MONTHS: readonly number[] = monthStarts();

function monthStarts(): number[] {
  const starts: number[] = [];
  DAYS.forEach((day, index) => {
    if (day.endsWith('-01')) starts[monthOf(day)] = index;
  });
  return starts;
}

function monthOf(day: string): number {
  return (digits(day, 0) * 100 + digits(day, 2) - FIRST_YEAR) * 13 + digits(day, 5);
}

function digits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** Where a day lies among all of them. Throws on one that is none: plugins write days by hand. */
export function dayNumber(day: string): number {
  const number = (MONTHS[monthOf(day)] ?? -100) + digits(day, 8) - 1;
  if (DAYS[number] !== day) throw new RangeError(`not a day from ${FIRST_YEAR} to ${LAST_YEAR}: ${day}`);
  return number;
}

/** The day so many days later. */
export const dayAfter = (day: string, days = 1): string => DAYS[dayNumber(day) + days] ?? day;
