import { beforeAll, describe, expect, test } from 'vitest';
import { day, instantOf } from '../../src/kernel/civil-day.ts';
import type { FactInput } from '../../src/kernel/facts.ts';
import type { Place } from '../../src/kernel/place.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { assessPerson } from '../../src/workflows/assess-people.ts';
import { entriesLeftOut, factsOfPerson } from '../../src/workflows/facts-of-person.ts';
import type { StoredEntry, StoredPerson } from '../../src/workflows/stored-person.ts';
import { loadRegistry } from '../support/plugins.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await loadRegistry();
});

const place = (code: string): Place => registry.place(code) as Place;
const nameEntry = (id: string): string => `entry-${id}`;

const person = (jurisdictionCode: string, more: Partial<StoredPerson> = {}): StoredPerson => ({
  id: '1',
  employment: { institutionId: '1', jurisdictionCode, provinceCode: `${jurisdictionCode.slice(0, 2)}0000`, from: day('2012-09-01'), to: null },
  lastEmployment: null,
  employments: [],
  roles: [],
  properties: new Map(),
  institutionProperties: new Map(),
  settings: new Map(),
  entries: [],
  ...more,
});

let last = 0;
const entry = (provinceCode: string, more: Partial<StoredEntry> = {}): StoredEntry => ({ id: String(++last), book: 'entries', provinceCode, units: 150, completedOn: day('2022-05-01'), act: 'recognised', attributes: {}, decidesId: null, ...more });

const listOf = (facts: Readonly<Record<string, FactInput>>, name: string): readonly Readonly<Record<string, FactInput>>[] => facts[name] as never;

describe('the facts of a person', () => {
  test('hold complete lists, also where there is nothing, and leave out what nobody recorded', () => {
    expect(factsOfPerson(place('310101'), person('310101'), nameEntry)).toEqual({ hourEntries: [], entries: [], roles: [] });
  });

  test('give entries as they would be given by hand: the amount exact, the status in the words of the place', () => {
    const attributes = { level: 'district', category: 'practice' };
    const facts = factsOfPerson(place('310101'), person('310101', { entries: [entry('310000', { units: 1, attributes }), entry('310000', { units: null, act: 'reviewed' })] }), nameEntry);
    expect(listOf(facts, 'entries')).toEqual([
      { ...attributes, id: expect.stringMatching(/^entry-/), credits: '0.01', completedOn: '2022-05-01', status: 'recognised' },
      { id: expect.stringMatching(/^entry-/), completedOn: '2022-05-01', status: 'reviewed' },
    ]);
    const elsewhere = factsOfPerson(place('330106'), person('330106', { entries: [entry('330000', { act: 'reviewed' })] }), nameEntry);
    expect(listOf(elsewhere, 'entries').map(({ status }) => status)).toEqual(['declared']);
  });

  test('list only recognised entries where the list does not say how an entry stands', () => {
    const entries = (['declared', 'reviewed', 'recognised', 'refused', 'reversed'] as const).map((act) => entry('150000', { book: 'trainingEntries', act }));
    expect(listOf(factsOfPerson(place('150603'), person('150603', { entries }), nameEntry), 'trainingEntries')).toHaveLength(1);
  });

  test('have the roles that the place knows, held in its province', () => {
    const roles = [
      { role: 'trainer', provinceCode: '310000', from: day('2018-01-01'), to: null },
      { role: 'trainer', provinceCode: '330000', from: null, to: null },
      { role: 'newPrincipal', provinceCode: '310000', from: null, to: null },
    ];
    expect(factsOfPerson(place('310101'), person('310101', { roles }), nameEntry)['roles']).toEqual([{ role: 'trainer', from: '2018-01-01', to: null }]);
  });

  test('list the days of employments in the province at institutions of the kinds that the place asks about', () => {
    const employments = [
      { provinceCode: '150000', kind: 'offCampus', from: day('2019-09-01'), to: day('2023-06-30') },
      { provinceCode: '150000', kind: 'school', from: day('2023-07-01'), to: day('2024-06-30') },
      { provinceCode: '150000', kind: null, from: day('2024-07-01'), to: day('2024-07-31') },
      { provinceCode: '310000', kind: 'offCampus', from: day('2015-09-01'), to: day('2019-08-31') },
      { provinceCode: '150000', kind: 'youthPalace', from: day('2024-08-01'), to: null },
    ];
    expect(factsOfPerson(place('150603'), person('150603', { employments }), nameEntry)['employments']).toEqual([
      { from: '2019-09-01', to: '2023-06-30' },
      { from: '2024-08-01', to: null },
    ]);
    expect(factsOfPerson(place('310101'), person('310101', { employments }), nameEntry)).not.toHaveProperty('employments');
  });

  test('read properties of the person and of the institution under the names that the place gives them', () => {
    const facts = factsOfPerson(place('310101'), person('310101', { properties: new Map([['seniorTitleOn', '2017-03-01']]), institutionProperties: new Map<string, FactInput>([['kind', 'kindergarten'], ['developmentSchool', 'municipal'], ['rural', true]]) }), nameEntry);
    expect(facts).toMatchObject({ seniorTitleOn: '2017-03-01', staffKind: 'kindergarten', developmentSchool: 'municipal' });
    expect(facts).not.toHaveProperty('rural');
  });

  test('take published settings of their place, and nothing else that was published', () => {
    const facts = factsOfPerson(place('310101'), person('310101', { settings: new Map<string, FactInput>([['districtTaper', []], ['roles', []], ['noSuchSetting', 1]]) }), nameEntry);
    expect(facts['districtTaper']).toEqual([]);
    expect(facts).not.toHaveProperty('noSuchSetting');
  });
});

describe('what was earned under the rules of another province', () => {
  const question = { decision: 'creditCompletion', at: instantOf('2025-12-31'), lawAt: null };
  const school = { institutionProperties: new Map<string, FactInput>([['developmentSchool', 'none']]) };

  test('does not pass over, and is told apart', () => {
    const own = entry('330000');
    const other = entry('310000', { attributes: { level: 'district' } });
    const teacher = person('330106', { entries: [own, other] });
    expect(listOf(factsOfPerson(place('330106'), teacher, nameEntry), 'entries').map(({ id }) => id)).toEqual([nameEntry(own.id)]);
    expect(entriesLeftOut(place('330106'), teacher)).toEqual([other]);
  });

  test('is listed without an amount where the place says how, as long as nobody has decided about it', () => {
    const other = entry('360000', { book: 'hourEntries', units: 4000 });
    const teacher = person('310101', { entries: [other], ...school });
    expect(listOf(factsOfPerson(place('310101'), teacher, nameEntry), 'entries')).toEqual([{ id: nameEntry(other.id), completedOn: '2022-05-01', origin: 'elsewhere' }]);
    expect(entriesLeftOut(place('310101'), teacher)).toEqual([]);
    const answer = assessPerson(registry, teacher, question, nameEntry);
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    expect(answer.assessment.ledgers[0]?.entries).toMatchObject([{ id: nameEntry(other.id), nowhere: 'UNSETTLED' }]);
    expect(answer.assessment.ledgers[0]?.gap.amount).toBeNull();
  });

  test('counts as the own entry says that decides about it, unless that one was reversed', () => {
    const other = entry('360000', { book: 'hourEntries', units: 4000 });
    const decision = entry('310000', { units: 250, decidesId: other.id, attributes: { level: 'district', category: 'practice', origin: 'elsewhere', districtDecision: '2022-17' } });
    const listed = (act: StoredEntry['act']): unknown[] => listOf(factsOfPerson(place('310101'), person('310101', { entries: [other, { ...decision, act }] }), nameEntry), 'entries').map(({ id, credits, status }) => [id, credits, status]);
    expect(listed('recognised')).toEqual([[nameEntry(decision.id), '2.5', 'recognised']]);
    expect(listed('reversed')).toEqual([
      [nameEntry(other.id), undefined, undefined],
      [nameEntry(decision.id), '2.5', 'reversed'],
    ]);
  });
});

describe('a person without a main employment on the day', () => {
  const question = { decision: 'creditCompletion', at: instantOf('2020-12-31') };
  const lastEmployment = { institutionId: '1', jurisdictionCode: '310101', provinceCode: '310000', from: day('2012-09-01'), to: day('2019-08-31') };

  test('is judged by no place, and told the last day of the employment that ended', () => {
    const answer = assessPerson(registry, person('310101', { employment: null, lastEmployment }), question, nameEntry);
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'NOT_EMPLOYED', path: 'at', value: '2020-12-31', nearest: ['2019-08-31'], message: { key: 'input.no-longer-employed' } }] });
  });

  test('who was never employed is told so', () => {
    expect(assessPerson(registry, person('310101', { employment: null }), question, nameEntry)).toMatchObject({ ok: false, problems: [{ code: 'NOT_EMPLOYED', message: { key: 'input.not-employed' } }] });
  });
});
