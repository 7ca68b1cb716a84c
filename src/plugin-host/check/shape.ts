import { nearestNames } from '../../kernel/nearest.ts';
import type { Text } from '../../kernel/text.ts';
import { text } from '../../kernel/text.ts';

/**
 * The form of plain data, stated as tables. Written by hand: a start checks some thousand small objects, and the schema
 * library that reads inputs takes longer to load than this takes to run.
 */
export type Shape = (value: unknown, path: Path, wrong: Wrong) => void;
export type Wrong = (path: Path, found: unknown, expected: Text, nearest?: readonly string[]) => void;
/** null on the first reading, which only asks whether anything is wrong: paths are written when something is. */
export type Path = string | null;

const OBJECT = text('一个对象', 'an object');
const NO_SUCH_FIELD = text('契约中没有这个字段', 'no such field in the contract');
const REQUIRED = text('必填字段', 'a required field');

const below = (path: Path, name: string): Path => (path === null ? null : path === '' ? name : `${path}.${name}`);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const simple = (isRight: (value: unknown) => boolean, expected: Text): Shape => (value, path, wrong) => {
  if (!isRight(value)) wrong(path, value, expected);
};

export const words = simple((value) => typeof value === 'string' && value.trim() !== '', text('非空文本', 'a text that is not empty'));
export const flag = simple((value) => typeof value === 'boolean', text('true 或 false', 'true or false'));
export const wholeNumber = simple((value) => Number.isSafeInteger(value), text('整数', 'a whole number'));
export const positive = simple((value) => Number.isSafeInteger(value) && (value as number) > 0, text('正整数', 'a whole number above zero'));
export const code = simple((value) => typeof value === 'function', text('函数', 'a function'));
export const anything: Shape = () => {};
export const matching = (pattern: RegExp, expected: Text): Shape => simple((value) => typeof value === 'string' && pattern.test(value), expected);
export const exactNumber = simple((value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^[+-]?\d+(\.\d+|\/\d+)?$/.test(value)), text('精确数:整数,或如 "1.5"、"1/10" 的文本', 'an exact number: an integer, or a text such as "1.5" or "1/10"'));

/** One of the values named. */
export const oneOf = (values: readonly (string | number | boolean)[]): Shape => (value, path, wrong) => {
  if (!values.includes(value as string)) wrong(path, value, text(`以下之一:${values.join('、')}`, `one of: ${values.join(', ')}`), typeof value === 'string' ? nearestNames(value, values.map(String)) : []);
};

export const orNull = (shape: Shape): Shape => (value, path, wrong) => {
  if (value !== null) shape(value, path, wrong);
};

/** What is plainly in order is not looked at again in detail. */
export const unless = (isPlain: (value: unknown) => boolean, shape: Shape): Shape => (value, path, wrong) => {
  if (!isPlain(value)) shape(value, path, wrong);
};

/** A list; items with an `id`, `name` or `code` are named by it in the path. */
export const list = (shape: Shape, least = 0): Shape => (value, path, wrong) => {
  if (!Array.isArray(value)) return wrong(path, value, text('一个列表', 'a list'));
  if (value.length < least) wrong(path, value, text(`至少${least}项`, `at least ${least} items`));
  value.forEach((item: unknown, index) => shape(item, path === null ? null : `${path}[${nameOf(item) ?? index}]`, wrong));
};

function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const name = item['id'] ?? item['name'] ?? item['code'];
  return typeof name === 'string' ? name : undefined;
}

/** Any names, each with a value of the shape. */
export const dictionary = (shape: Shape, least = 0): Shape => (value, path, wrong) => {
  if (!isObject(value)) return wrong(path, value, OBJECT);
  const names = Object.keys(value);
  if (names.length < least) wrong(path, value, text(`至少${least}项`, `at least ${least} items`));
  for (const name of names) shape(value[name], below(path, name), wrong);
};

type Fields = Readonly<Record<string, Shape>>;
type OptionalKeys<T> = { [Key in keyof T]-?: Record<never, never> extends Pick<T, Key> ? Key : never }[keyof T];

/**
 * The fields named and no others; an optional field may be absent or undefined. The tables have the very fields of `T`:
 * a field that the contract gains and the table lacks does not compile.
 */
export const object = <T>(required: Record<Exclude<keyof T, OptionalKeys<T>>, Shape>, optional: Record<OptionalKeys<T>, Shape>): Shape => fields(required, optional);

function fields(required: Fields, optional: Fields): Shape {
  const names = [...Object.keys(required), ...Object.keys(optional)];
  return (value, path, wrong) => {
    if (!isObject(value)) return wrong(path, value, OBJECT);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) wrong(below(path, name), undefined, REQUIRED, Object.keys(value).filter((given) => !names.includes(given)));
      else required[name]?.(value[name], below(path, name), wrong);
    }
    for (const name of Object.keys(value)) {
      if (value[name] === undefined || Object.hasOwn(required, name)) continue;
      const shape = Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (shape) shape(value[name], below(path, name), wrong);
      else wrong(below(path, name), name, NO_SUCH_FIELD, path === null ? [] : nearestNames(name, names));
    }
  };
}

/** Objects told apart by the value of one field. */
export const tagged = (tag: string, shapes: Readonly<Record<string, Shape>>): Shape => {
  const which = oneOf(Object.keys(shapes));
  return (value, path, wrong) => {
    if (!isObject(value)) return wrong(path, value, OBJECT);
    const kind = value[tag];
    if (typeof kind === 'string' && Object.hasOwn(shapes, kind)) shapes[kind]?.(value, path, wrong);
    else which(kind, below(path, tag), wrong);
  };
};

/** Objects told apart by which of some fields they have. */
export const byField = (shapes: Readonly<Record<string, Shape>>): Shape => {
  const names = Object.keys(shapes);
  const expected = text(`含以下字段之一的对象:${names.join('、')}`, `an object with one of the fields ${names.join(', ')}`);
  return (value, path, wrong) => {
    const name = isObject(value) ? names.find((candidate) => value[candidate] !== undefined) : undefined;
    if (name === undefined) wrong(path, value, expected);
    else shapes[name]?.(value, path, wrong);
  };
};

/** For shapes that contain themselves. */
export const later = (shape: () => Shape): Shape => (value, path, wrong) => shape()(value, path, wrong);

/** Everything that is wrong with a value, each with the path to it. */
export function readShape(shape: Shape, value: unknown, wrong: (path: string, found: unknown, expected: Text, nearest?: readonly string[]) => void): void {
  let isSound = true;
  shape(value, null, () => {
    isSound = false;
  });
  if (!isSound) shape(value, '', (path, ...rest) => wrong(path ?? '', ...rest));
}
