import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import type { Tape } from './tape.ts';

/** What there is in the store and in the rules, to be asked about. */
export interface Known {
  /** Fields of the roots that each may ask for, such as `Query.teachers`; null: who did not sign in. */
  readonly may: ReadonlyMap<string | null, ReadonlySet<string>>;
  /** Global ids of all kinds. */
  readonly ids: readonly string[];
  readonly teachers: readonly string[];
  readonly institutions: readonly string[];
  readonly assessments: readonly string[];
  readonly grants: readonly string[];
  readonly names: readonly string[];
  readonly cursors: readonly string[];
  readonly rules: readonly string[];
  /** Subjects of accounts that there are, and the issuer of their tokens. */
  readonly subjects: readonly string[];
}

const PLACES = ['310101', '330106', '360102', '150603', 'CN', '310000', '110000'];
const NO_PLACES = ['999999', '3101', '', '上海', '310101 '];
const DECISIONS = ['creditCompletion', 'periodicRegistration', 'yearlyHours', 'trainingShares', 'nothing'];
const DAYS = ['2020-12-31', '2020-02-29', '2016-01-01', '1900-01-01', '2199-12-31', '2026-11-25'];
const NO_DAYS = ['2021-02-29', '1899-12-31', '2020-1-1', '', 'heute'];
const INSTANTS = [...DAYS, '2020-12-31T23:59:59+08:00', '2020-12-31T00:00:00Z', '2026-11-25T12:00:00.123+08:00'];
const TEXTS = ['王', '', ' ', 'a', 'L', '%', '\\', "'; drop table person; --", '"', '{', '𠮷野', '‮', 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(3_000), 'İ', '\u0007', 'null'];
const INTEGERS = [1, 5, 20, 100, 0, -1, 101, 2_147_483_647, -2_147_483_648];
const UNKNOWN_IDS = ['VGVhY2hlcjo5OTk5OTk5OTk', 'SW5zdGl0dXRpb246OTk5OTk5OTk5', 'Q3JlZGl0RW50cnk6MQ', 'VGVhY2hlcjo5MjIzMzcyMDM2ODU0Nzc1ODA4'];
const NO_IDS = ['17', '', 'VGVhY2hlcg', 'VGVhY2hlcjotMQ', '=', 'VGVhY2hlcjowMQ', '💥', 'x'.repeat(1_000)];
const ENTRY = { credits: '1', completedOn: '2018-05-01', level: 'school', category: 'practice' };

/** Values for arguments and inputs: mostly such as a client would give, now and then at an edge or beyond it. */
export class Values {
  readonly #known: Known;
  readonly #tape: Tape;

  constructor(known: Known, tape: Tape) {
    [this.#known, this.#tape] = [known, tape];
  }

  /** A value of a type as JSON; `name`: of the argument or input field. */
  of(type: GraphQLInputType, name: string, depth = 0): unknown {
    const tape = this.#tape;
    if (!isNonNullType(type) && tape.chance(8)) return null;
    const inner = getNullableType(type) as GraphQLInputType;
    if (isListType(inner)) return Array.from({ length: tape.chance(4) ? tape.whole(90, 251) : tape.whole(0, 4) }, () => this.of(inner.ofType as GraphQLInputType, name, depth + 1));
    if (isEnumType(inner)) return tape.pick(inner.getValues()).name;
    if (isInputObjectType(inner)) {
      const given = Object.values(inner.getFields()).filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth < 4 && tape.chance(45)));
      return Object.fromEntries(given.map((field) => [field.name, this.of(field.type, field.name, depth + 1)]));
    }
    return this.#scalar(getNamedType(inner).name, name);
  }

  #scalar(type: string, name: string): unknown {
    const tape = this.#tape;
    const usual = <Value>(good: readonly Value[], bad: readonly Value[], badInHundred = 10): Value => tape.pick(good.length === 0 || tape.chance(badInHundred) ? bad : good);
    switch (type) {
      case 'Boolean':
        return tape.chance(50);
      case 'Int':
        return usual(INTEGERS.slice(0, 4), INTEGERS, 8);
      case 'Float':
        return usual([0, 1.5], [-0, 1e308, 5e-324]);
      case 'CivilDay':
        return usual(DAYS, NO_DAYS, 4);
      case 'Instant':
        return usual(INSTANTS, NO_DAYS, 4);
      case 'Exact':
        return usual(['1', '0.5', '4/3'], ['', '1e400', '-1', '1/0']);
      case 'Facts':
      case 'Json':
        return this.#facts();
      case 'ID':
        return this.#id(name, usual);
      default:
        return this.#text(name, usual);
    }
  }

  #id(name: string, usual: <Value>(good: readonly Value[], bad: readonly Value[], badInHundred?: number) => Value): string {
    const { ids, teachers, institutions, grants, rules } = this.#known;
    const bad = [...UNKNOWN_IDS, ...NO_IDS, ...ids];
    switch (name) {
      case 'jurisdiction':
      case 'under':
        return usual(PLACES, NO_PLACES);
      case 'decision':
        return usual(DECISIONS, ['', 'constructor']);
      case 'rule':
        return usual(rules, ['sh-2016-credit/none', '', '__proto__']);
      case 'role':
        return usual(['headTeacher'], ['', 'toString']);
      case 'after':
        return usual(PLACES, NO_PLACES);
      case 'teacher':
        return usual(teachers, bad);
      case 'institution':
        return usual(institutions, bad);
      case 'grant':
      case 'delegation':
        return usual(grants, bad, 40);
      default:
        return usual(ids, bad, 15);
    }
  }

  #text(name: string, usual: <Value>(good: readonly Value[], bad: readonly Value[], badInHundred?: number) => Value): string {
    const { cursors, names, subjects } = this.#known;
    switch (name) {
      case 'after':
      case 'before':
        return usual(cursors, ['', 'x', ...NO_IDS], 15);
      case 'issuer':
        return usual(['https://fuzz.example', 'urn:shixun:development'], TEXTS);
      case 'subject':
        return usual(subjects, TEXTS);
      case 'idempotencyKey':
        return usual(['fuzz-key-1', 'fuzz-key-2', 'fuzz-key-3'].map((key) => `${key}-${this.#tape.whole(0, 50)}`), TEXTS);
      case 'name':
        return usual(names, TEXTS, 30);
      default:
        return usual(['maths', 'primary', 'entries', 'default', 'About', 'Teacher'], TEXTS, 30);
    }
  }

  #facts(): unknown {
    const tape = this.#tape;
    const entries = Array.from({ length: tape.chance(3) ? 1_001 : tape.whole(0, 5) }, () => ({ ...ENTRY, credits: tape.pick(['1', '0.01', '36', 2, '1/3', -1, null, 'x']), category: tape.pick(['practice', 'knowledge', 'nothing']) }));
    return tape.pick<() => unknown>([
      () => ({ developmentSchool: 'none', roles: [], entries }),
      () => ({ roles: [], entries }),
      () => ({}),
      () => ({ cycleStartOn: tape.pick([...DAYS, ...NO_DAYS]), creditTotals: { cycle: '359.99' } }),
      () => ({ staffKind: 'offCampus', trainingEntries: entries }),
      () => ({ [tape.pick(TEXTS)]: tape.pick<unknown>([null, [], {}, 0, '', [[[]]], true]) }),
    ])();
  }
}

/** A value as it is written in a query. */
export function written(type: GraphQLInputType, value: unknown): string {
  const inner = getNullableType(type) as GraphQLInputType;
  if (value === null || value === undefined) return 'null';
  if (isListType(inner)) return Array.isArray(value) ? `[${value.map((item) => written(inner.ofType as GraphQLInputType, item)).join(', ')}]` : written(inner.ofType as GraphQLInputType, value);
  if (isEnumType(inner)) return String(value);
  if (isInputObjectType(inner)) return `{${Object.entries(value as object).map(([name, item]) => `${name}: ${written(inner.getFields()[name]?.type ?? inner, item)}`).join(', ')}}`;
  return literal(value);
}

/** JSON as a literal: names of fields are names there and cannot be anything. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).filter(([name]) => /^[_A-Za-z]\w*$/.test(name)).map(([name, item]) => `${name}: ${literal(item)}`).join(', ')}}`;
}
