/** A name as it is shown to whoever counts people and does not know them: the first character, and that there are more. */
export function inPart(name: string): string {
  const [first = ''] = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name)].map(({ segment }) => segment);
  return `${first}**`;
}

/** Enough to tell two numbers of one person apart, and neither region, day of birth nor most of the rest. */
const identityNumber = (number: string): string => (number.length >= 15 ? between(number, 3, 2) : number.length >= 8 ? between(number, 1, 2) : between(number, 1, 0));

/** A mobile number by its operator and its end; any other by its end alone. */
const phone = (number: string): string => (/^1\d{10}$/.test(number) ? between(number, 3, 4) : between(number, 0, 2));

const between = (text: string, first: number, last: number): string => `${text.slice(0, first)}${'*'.repeat(Math.max(0, text.length - first - last))}${last === 0 ? '' : text.slice(-last)}`;

/** What is shown of a value to whoever sees that there is one, and may not see it. */
export const MASKS = {
  name: inPart,
  /** The year of a day. */
  birthDate: (day: string): string => day.slice(0, 4),
  phone,
  identityNumber,
} as const satisfies Record<string, (value: string) => string>;
export type Mask = keyof typeof MASKS;
