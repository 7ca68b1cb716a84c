import { describe, expect, it } from 'vitest';
import { checkFacts } from '../../src/kernel/fact-input.ts';
import type { FactInput, FactSpec, FactType } from '../../src/kernel/facts.ts';
import { amount, boolean, choice, dayType, field, instantType, integer, listOf, money, record, textType } from '../../src/kernel/facts.ts';
import { text } from '../../src/kernel/text.ts';

const spec = (name: string, type: FactType, more: Partial<FactSpec> = {}): FactSpec => ({ name, type, meaning: text('x', 'x'), suppliedBy: 'caller', sensitivity: 'public', ...more });
const check = (type: FactType, value: FactInput, more: Partial<FactSpec> = {}) => checkFacts(new Map([['f', spec('f', type, more)]]), { f: value });
const codes = (type: FactType, value: FactInput, more: Partial<FactSpec> = {}): string[] => check(type, value, more).problems.map(({ code, path }) => `${code} ${path}`);
const read = (type: FactType, value: FactInput): unknown => check(type, value).facts['f'];

describe('amounts', () => {
  const credits = amount('credit', { perWhole: 100 });
  it.each([['36', '36'], [36, '36'], ['0.01', '0.01'], ['4/2', '2'], ['1e3', null], ['-1', null], ['', null], ['1.', null], ['٣', null], [1.5, null], [2 ** 53, null], [true, null], [['1'], null]] as [FactInput, string | null][])('%j is %j', (given, expected) => {
    expect(read(credits, given)?.toString() ?? null).toBe(expected);
  });
  it('refuses what is finer than the smallest unit and names the nearest', () => {
    const { problems } = check(credits, '1.005');
    expect(problems).toMatchObject([{ code: 'TOO_FINE', message: { params: { unit: '0.01', nearest: ['1', '1.01'] } } }]);
    expect(codes(credits, '1/3')).toEqual(['TOO_FINE f']);
    expect(codes(amount('classHour'), '1/3')).toEqual([]);
  });
  it('keeps a declared range, both ends included', () => {
    const share = amount('share', { max: '1' });
    expect([codes(share, '1'), codes(share, '1.01'), codes(share, '0'), codes(share, '-0.01')]).toEqual([[], ['OUT_OF_RANGE f'], [], ['OUT_OF_RANGE f']]);
    expect(codes(amount('credit'), '1000000')).toEqual([]);
    expect(codes(amount('credit'), '1000000.01')).toEqual(['OUT_OF_RANGE f']);
  });
  it('says that a fraction of JSON is not exact', () => {
    expect(check(credits, 0.1).problems[0]?.message.key).toBe('input.amount-float');
  });
});

describe('whole numbers, money, days and instants', () => {
  it.each([
    [integer({ min: 1, max: 12 }), 1, []],
    [integer({ min: 1, max: 12 }), 0, ['OUT_OF_RANGE f']],
    [integer({ min: 1, max: 12 }), 13, ['OUT_OF_RANGE f']],
    [integer(), 1.5, ['WRONG_TYPE f']],
    [integer(), '12', []],
    [money(), 0, []],
    [money(), -1, ['WRONG_TYPE f']],
    [money(), '9007199254740993', ['WRONG_TYPE f']],
    [dayType(), '2020-02-29', []],
    [dayType(), '2019-02-29', ['WRONG_TYPE f']],
    [dayType(), '2020-2-9', ['WRONG_TYPE f']],
    [dayType(), '2020-02-09T00:00:00Z', ['WRONG_TYPE f']],
    [instantType(), '2020-02-09', []],
    [instantType(), '2020-02-09T08:00:00+08:00', []],
    [instantType(), '2020-02-09T08:00:00', ['WRONG_TYPE f']],
    [textType(3), 'abc', []],
    [textType(3), 'abcd', ['WRONG_TYPE f']],
    [boolean(), 'true', ['WRONG_TYPE f']],
  ] as [FactType, FactInput, string[]][])('%j takes %j: %j', (type, value, expected) => {
    expect(codes(type, value)).toEqual(expected);
  });
});

describe('null', () => {
  it('is known where a fact may have none, and refused elsewhere', () => {
    expect(check(dayType(), null, { nullable: true }).facts).toEqual({ f: null });
    expect(codes(dayType(), null)).toEqual(['NOT_NULLABLE f']);
    expect(check(listOf(boolean()), null).facts).toEqual({ f: null });
    expect(codes(listOf(boolean()), [null])).toEqual(['WRONG_TYPE f[0]']);
  });
});

describe('names', () => {
  const roles = record({ role: field(choice({ headTeacher: text('班主任', 'head teacher'), trainer: text('培训者', 'trainer') }), text('x', 'x')) });
  it('that are unknown are refused with the nearest known ones', () => {
    expect(check(roles, { role: 'headteacher' }).problems).toMatchObject([{ code: 'UNKNOWN_VALUE', path: 'f.role', nearest: ['headTeacher'] }]);
    expect(check(roles, { rolle: 'trainer' }).problems).toMatchObject([{ code: 'UNKNOWN_FIELD', path: 'f.rolle', nearest: ['role'] }]);
    expect(checkFacts(new Map([['entries', spec('entries', roles)]]), { entry: 1 }).problems).toMatchObject([{ code: 'UNKNOWN_FACT', nearest: ['entries'] }]);
  });
  it('of objects themselves are no facts', () => {
    const hostile = JSON.parse('{"__proto__": {"f": true}, "constructor": 1, "toString": 2}') as Record<string, FactInput>;
    const { facts, problems } = checkFacts(new Map([['f', spec('f', boolean())]]), hostile);
    expect(facts['f']).toBeUndefined();
    expect(problems.map(({ path }) => path).sort()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(codes(roles, JSON.parse('{"__proto__": 1}') as FactInput)).toEqual(['UNKNOWN_FIELD f.__proto__']);
  });
});

describe('everything that is wrong', () => {
  it('is reported at once, with its path', () => {
    const entries = listOf(record({ credits: field(amount('credit', { perWhole: 100 }), text('x', 'x')), on: field(dayType(), text('x', 'x')) }), 3);
    expect(codes(entries, [{ credits: 'a', on: 'b' }, 'c', { credits: '1', on: '2020-01-01', more: 1 }])).toEqual(['WRONG_TYPE f[0].credits', 'WRONG_TYPE f[0].on', 'WRONG_TYPE f[1]', 'UNKNOWN_FIELD f[2].more']);
    expect(codes(entries, [{}, {}, {}, {}])).toEqual(['TOO_MANY f']);
    expect(codes(entries, {})).toEqual(['WRONG_TYPE f']);
  });
  it('includes facts that exclude each other', () => {
    const specs = new Map([['entries', spec('entries', listOf(boolean()), { insteadOf: ['figures'] })], ['figures', spec('figures', record({}))]]);
    expect(checkFacts(specs, { entries: [], figures: {} }).problems).toMatchObject([{ code: 'CONFLICT', path: 'entries' }]);
    expect(checkFacts(specs, { entries: [] }).problems).toEqual([]);
  });
});
