import { type Amount, type Check, either, formula, type Where } from '../../../src/plugin-kit.ts';

/** Did anybody give this fact? Null and an empty list are given: there is none. */
export const isGiven = (path: string): Check =>
  formula<Record<string, unknown>>({
    name: 'is-given',
    version: 1,
    facts: [],
    optional: [path],
    run: (known) => ({ verdict: known[path] === undefined ? 'NOT_MET' : 'MET' }),
  });

/** Was a number published? Null says as absence does that it was not. */
export const isPublished = (name: string): Check =>
  formula<Record<string, unknown>>({
    name: 'is-published',
    version: 1,
    facts: [],
    optional: [name],
    run: (known) => ({ verdict: known[name] == null ? 'NOT_MET' : 'MET' }),
  });

/** What has been submitted and neither withdrawn nor rejected. */
export const COUNTED = ['submitted', 'approved', 'published'];

/** A check on how many there are: counted from a list where one is given, else the number that was given. */
export const onCount = (list: string, where: Where, figure: string, check: (count: Amount) => Check): Check => either(isGiven(list), check({ count: list, where }), check({ fact: figure }));
