import type { FactType, FactValue } from './facts.ts';
import { isList, isRecord } from './facts.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

const YES = text('是', 'yes');
const NO = text('否', 'no');
const NONE_THERE = text('无', 'none');

/** A value of a fact for people: choices by their meaning, yes and no, an empty list as none. What has no meaning declared stays as given. */
export function worded(type: FactType | undefined, value: FactValue): (string | Text)[] {
  if (value === null) return [NONE_THERE];
  if (isList(value)) return value.length === 0 ? [NONE_THERE] : [...new Set(value.flatMap((item) => worded(type?.kind === 'list' ? type.of : type, item)))];
  if (isRecord(value)) return ['{…}'];
  if (typeof value === 'boolean') return [value ? YES : NO];
  const meant = type?.kind === 'list' ? type.of : type;
  return [(meant?.kind === 'choice' ? meant.options[String(value)] : undefined) ?? String(value)];
}

/** Several values that would do, under the name of the field that has to have one of them. */
export function wordedField(name: string, type: FactType | undefined, values: readonly FactValue[]): Text {
  const words = values.flatMap((value) => worded(type, value));
  const inLanguage = (language: keyof Text): string => words.map((word) => (typeof word === 'string' ? word : word[language])).join('/');
  return text(`${name}:${inLanguage('zh')}`, `${name}: ${inLanguage('en')}`);
}
