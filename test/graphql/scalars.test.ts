import { GraphQLError, Kind, parseConstValue } from 'graphql';
import type { ConstValueNode, GraphQLScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { CivilDayScalar } from '../../src/graphql/scalars/civil-day.scalar.ts';
import { ExactScalar } from '../../src/graphql/scalars/exact.scalar.ts';
import { FactsScalar } from '../../src/graphql/scalars/facts.scalar.ts';
import { InstantScalar } from '../../src/graphql/scalars/instant.scalar.ts';
import { JsonScalar } from '../../src/graphql/scalars/json.scalar.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import { exact } from '../../src/kernel/exact.ts';

const literal = (scalar: GraphQLScalarType, written: string): unknown => scalar.parseLiteral(parseConstValue(written) as ConstValueNode);
const refuses = (act: () => unknown): void => expect(act).toThrow(GraphQLError);

test.each(['2020-12-31', '2020-02-29', '1900-01-01', '2199-12-31'])('a day: %s', (day) => {
  expect(CivilDayScalar.parseValue(day)).toBe(day);
  expect(literal(CivilDayScalar, `"${day}"`)).toBe(day);
  expect(CivilDayScalar.serialize(day)).toBe(day);
});

test.each(['2021-02-29', '2020-13-01', '2020-1-1', '20200101', '2020-01-01T00:00:00+08:00', '1899-12-31', '', 20200101, null, new Date()])('no day: %s', (value) => {
  refuses(() => CivilDayScalar.parseValue(value));
  expect(() => CivilDayScalar.serialize(value)).toThrow();
});

test.each([
  ['2020-01-07T23:59:59+08:00', '2020-01-07T23:59:59+08:00'],
  ['2020-01-07T15:59:59Z', '2020-01-07T23:59:59+08:00'],
  ['2020-01-07', '2020-01-07T00:00:00+08:00'],
  ['2020-01-07T23:59:59.123+08:00', '2020-01-07T23:59:59.123+08:00'],
  ['1988-07-01', '1988-07-01T00:00:00+09:00'],
])('an instant: %s', (written, given) => {
  expect(InstantScalar.serialize(InstantScalar.parseValue(written))).toBe(given);
  expect(InstantScalar.serialize(literal(InstantScalar, `"${written}"`))).toBe(given);
});

test.each(['2020-01-07T23:59:59', '2020-01-07 10:00+08:00', '2021-02-29', 'now', 0, null])('no instant: %s', (value) => refuses(() => InstantScalar.parseValue(value)));

test('an instant inside the program is milliseconds', () => {
  expect(InstantScalar.parseValue('2020-12-31')).toBe(instantOf('2020-12-31'));
  expect(() => InstantScalar.serialize('2020-12-31')).toThrow(TypeError);
});

test.each([
  ['"36"', '36'],
  ['36', '36'],
  ['"1.50"', '1.5'],
  ['"4/3"', '4/3'],
  ['"8/6"', '4/3'],
  ['-2', '-2'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
])('an exact number: %s', (written, given) => {
  expect(literal(ExactScalar, written)).toBe(given);
});

test('exact numbers in variables and in answers', () => {
  expect(ExactScalar.parseValue(36)).toBe('36');
  expect(ExactScalar.parseValue('1.50')).toBe('1.5');
  for (const value of [1.5, 2 ** 53, Number.NaN, '1e3', '0x1', '1/0', '', ' 1', true, null, [1]]) refuses(() => ExactScalar.parseValue(value));
  refuses(() => literal(ExactScalar, '1.5'));
  expect(['4/3', '1.5', 36, 36n, exact('1/8'), exact('1/3')].map((value) => ExactScalar.serialize(value))).toEqual(['4/3', '1.5', '36', '36', '0.125', '1/3']);
  for (const value of [1.5, '1.', 'x', '1e3', {}, Number.NaN]) expect(() => ExactScalar.serialize(value)).toThrow(TypeError);
});

test('facts stay as they are given', () => {
  const facts = { role: 'teacher', credits: '1.5', years: 3, share: 0.5, none: null, entries: [{ level: 'district', done: true }] };
  expect(FactsScalar.parseValue(facts)).toBe(facts);
  expect(literal(FactsScalar, '{role: "teacher", credits: "1.5", years: 3, share: 0.5, none: null, entries: [{level: "district", done: true}]}')).toEqual(facts);
});

test('what cannot be looked through is refused with its path', () => {
  const message = (value: unknown): string => {
    try {
      FactsScalar.parseValue(value);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  expect(message({ entries: [{ credits: 2 ** 53 }] })).toBe('');
  expect(message(JSON.parse('{"a": {"__proto__": {}}}'))).toContain('at a');
  expect(message({ a: Array.from({ length: 20 }).reduce((inner) => [inner], 1) })).toContain('16 levels');
  for (const value of [[], 'x', 1, null]) expect(message(value)).toContain('an object of facts');
  for (const written of ['{a: 9007199254740993}', '{a: 1.00000000000000000001}', '{a: TEACHER}', '[1]', '"x"']) refuses(() => literal(FactsScalar, written));
});

test('variables inside facts', () => {
  const node = { kind: Kind.OBJECT, fields: [{ kind: Kind.OBJECT_FIELD, name: { kind: Kind.NAME, value: 'a' }, value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: 'x' } } }] } as const;
  expect(FactsScalar.parseLiteral(node, { x: 5 })).toEqual({ a: 5 });
  expect(FactsScalar.parseLiteral(node, {})).toEqual({});
  expect(FactsScalar.parseLiteral(node)).toEqual({});
  refuses(() => FactsScalar.parseLiteral(node, { x: JSON.parse('{"__proto__": 1}') as unknown }));
});

test('JSON is given out and never taken', () => {
  const value = { a: [1, null, 'x'] };
  expect(JsonScalar.serialize(value)).toBe(value);
  expect(() => JsonScalar.serialize(1n)).toThrow(TypeError);
  refuses(() => JsonScalar.parseValue(value));
  refuses(() => literal(JsonScalar, '1'));
});
