import type { CivilDay } from '../../src/kernel/civil-day.ts';
import { instantOf } from '../../src/kernel/civil-day.ts';
import type { Assessment } from '../../src/kernel/assess.ts';
import type { FactInput } from '../../src/kernel/facts.ts';
import type { DatedCell } from '../../src/plugin-host/population.ts';
import { recordsOf } from '../../src/plugin-host/place-records.ts';
import type { Registry } from '../../src/plugin-host/registry.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';
import type { Person } from '../../src/population/people.ts';
import { askQuestion } from '../../src/workflows/ask-question.ts';
import { factsOfPerson } from '../../src/workflows/facts-of-person.ts';
import type { StoredPerson } from '../../src/workflows/stored-person.ts';

export async function populationOf(registry: Registry, teachers: number, seed = 1): Promise<Population> {
  return new Population(registry, await loadSpecs(registry), { teachers, seed });
}

/** An invented person as the store would know them once imported, as of a day; null without a main employment on it. */
export function asStored(registry: Registry, person: Person, day: string): StoredPerson | null {
  const employment = person.employments.find(({ isMain, from, to }) => isMain && from <= day && (to === null || day <= to));
  if (!employment) return null;
  const province = (code: string): string => `${code.slice(0, 2)}0000`;
  const { institution } = employment;
  const properties = new Map<string, FactInput>();
  for (const { described, institution: at } of person.employments) {
    const records = registry.place(at.jurisdiction);
    for (const [name, cells] of Object.entries(described?.properties ?? {})) {
      const spec = records && recordsOf(records).person.find(({ property }) => property === name)?.spec;
      const value = valueOn(cells, day);
      if (value !== undefined) properties.set(name, spec?.type.kind === 'boolean' ? value === 'true' : spec?.type.kind === 'list' ? (JSON.parse(value) as FactInput) : value);
    }
  }
  return {
    id: person.key,
    employment: { institutionId: institution.key, jurisdictionCode: institution.jurisdiction, provinceCode: province(institution.jurisdiction), from: employment.from as CivilDay, to: employment.to as CivilDay | null },
    lastEmployment: null,
    employments: person.employments.filter(({ from }) => from <= day).map(({ from, to, institution: at }) => ({ provinceCode: province(at.jurisdiction), kind: at.kind.kind, from: from as CivilDay, to: to as CivilDay | null })),
    roles: person.employments.flatMap(({ described, institution: at }) => (described?.roles ?? []).map(({ value, from = null, to = null }) => ({ role: value, provinceCode: province(at.jurisdiction), from: from as CivilDay | null, to: to as CivilDay | null }))),
    properties,
    institutionProperties: new Map(Object.entries({ kind: institution.kind.kind, ...institution.kind.properties })),
    entries: person.entries.map(({ entry, place, decides }, index) => ({
      id: `${person.key}-${index + 1}`,
      book: entry.book,
      provinceCode: province(place.code),
      units: entry.units,
      completedOn: entry.on as CivilDay,
      act: entry.act ?? 'recognised',
      attributes: attributesOf(entry.fields),
      decidesId: decides === null ? null : `${person.key}-${decides + 1}`,
    })),
    settings: new Map(),
  };
}

const valueOn = (cells: readonly DatedCell[], day: string): string | undefined => cells.find(({ from = null, to = null }) => (from === null || from <= day) && (to === null || day <= to))?.value;

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

function attributesOf(fields: Readonly<Record<string, string>>): Record<string, FactInput> {
  const attributes: Record<string, FactInput> = {};
  for (const [path, written] of Object.entries(fields)) {
    const [name = '', inner] = path.split('.');
    const value = BOOLEANS[written] ?? written;
    if (inner === undefined) attributes[name] = value;
    else attributes[name] = { ...(attributes[name] as Record<string, FactInput> | undefined), [inner]: value };
  }
  return attributes;
}

/** What the rules say of an invented person on a day; null without a main employment on it. */
export function assessmentOf(registry: Registry, person: Person, decision: string, day: string): Assessment | null {
  const stored = asStored(registry, person, day);
  if (!stored?.employment) return null;
  const { jurisdictionCode } = stored.employment;
  const place = registry.place(jurisdictionCode);
  if (!place) throw new Error(`unknown place ${jurisdictionCode}`);
  const answer = askQuestion(registry, { jurisdiction: jurisdictionCode, decision, facts: factsOfPerson(place, stored, (id) => id), at: instantOf(`${day}T12:00:00+08:00`) });
  if (!answer.ok) throw new Error(`${person.key}: ${JSON.stringify(answer.problems)}`);
  return answer.assessment;
}
