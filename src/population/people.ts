import type { DatedCell, DescribedEntry, DescribedPerson, PersonAsked } from '../plugin-host/population.ts';
import { dayAfter } from './days.ts';
import { IdentityNumbers } from './identity-number.ts';
import type { Institution } from './institutions.ts';
import { personName } from './names.ts';
import { thresholdOf, Turns } from './plan.ts';
import type { PlaceOfPopulation, PopulationPlan } from './plan.ts';
import { Random } from './random.ts';

export interface Employment {
  readonly institution: Institution;
  readonly subject: string;
  readonly isMain: boolean;
  readonly from: string;
  readonly to: string | null;
  /** What the person is in the place of this employment; null where another row of the place says it. */
  readonly described: Pick<DescribedPerson, 'roles' | 'properties'> | null;
}

export interface LedgerEntry {
  readonly entry: DescribedEntry;
  readonly place: PlaceOfPopulation;
  readonly course: string;
  /** Which of the person's entries this one is the decision about; null: none. */
  readonly decides: number | null;
}

export interface Person {
  readonly key: string;
  readonly name: string;
  /** Empty: nobody has recorded it. */
  readonly identityNumber: string;
  readonly bornOn: string;
  readonly sex: 'male' | 'female';
  readonly phone: string;
  readonly employments: readonly Employment[];
  readonly entries: readonly LedgerEntry[];
  /** At which figure of which rule the person was put, and how far beside it. */
  readonly threshold: { readonly name: string; readonly by: number; readonly place: string } | null;
}

/** Of a thousand people. */
const CHANCES = { female: 720, fromElsewhere: 35, fromWithin: 110, second: 30, left: 25, withoutNumber: 15, decided: 550 };

/** All people of a plan, one after the other: none is kept. Each is drawn from its own number, whoever came before. */
export function* peopleOf(plan: PopulationPlan): Generator<Person> {
  const turns = new Turns(plan);
  const ordinals = plan.places.map(() => 0);
  const numbers = new IdentityNumbers();
  const random = new Random();
  for (let index = 0; index < plan.options.teachers; index++) {
    const at = turns.next();
    const place = plan.places[at] as PlaceOfPopulation;
    const ordinal = ordinals[at] ?? 0;
    ordinals[at] = ordinal + 1;
    yield personAt(random.seed(plan.options.seed, 2, index), plan, place, index, ordinal, numbers);
  }
}

function personAt(random: Random, plan: PopulationPlan, place: PlaceOfPopulation, index: number, ordinal: number, numbers: IdentityNumbers): Person {
  const sex = random.chance(CHANCES.female) ? 'female' : 'male';
  const threshold = thresholdOf(place.spec.thresholds, ordinal);
  const institution = institutionFor(random, place, threshold?.spec.institution ?? (threshold ? place.spec.institutions[0]?.name : undefined));
  const asked = { sex, institution: institution.kind, threshold: threshold && { name: threshold.spec.name, by: threshold.by } } as const;
  const life = threshold === null && random.chance(CHANCES.fromElsewhere) ? lifeInTwoPlaces(random, plan, place, institution, asked) : lifeInOnePlace(random, place, institution, asked, threshold === null);
  const { number, bornOn } = numbers.next(place.code, life.bornOn, sex);
  return {
    key: `T${String(index + 1).padStart(7, '0')}`,
    name: personName(random, sex, bornOn, place.spec.localNames),
    identityNumber: random.chance(CHANCES.withoutNumber) ? '' : number,
    bornOn,
    sex,
    phone: phoneOf(index),
    employments: life.employments,
    entries: life.entries,
    threshold: threshold && { name: threshold.spec.name, by: threshold.by, place: place.code },
  };
}

/** Begins as no operator's numbers do; nobody's follows from that of who came before. */
const phoneOf = (index: number): string => `154${String((index * 32_452_843 + 10_000_019) % 100_000_000).padStart(8, '0')}`;

interface Life {
  readonly bornOn: string;
  readonly employments: readonly Employment[];
  readonly entries: readonly LedgerEntry[];
}

type Asked = Pick<PersonAsked, 'sex' | 'institution' | 'threshold'>;

function institutionFor(random: Random, place: PlaceOfPopulation, kind: string | undefined): Institution {
  const named = kind === undefined ? undefined : place.byKind.get(kind);
  if (named && named.length > 0) return random.pick(named);
  for (;;) {
    const institution = random.pick(place.institutions);
    if (random.chance(institution.kind.staff ?? 1_000)) return institution;
  }
}

/** Mostly one institution for ever; some came from another of the place, some work at two, some have left. */
function lifeInOnePlace(random: Random, place: PlaceOfPopulation, institution: Institution, asked: Asked, isFree: boolean): Life {
  const until = isFree && random.chance(CHANCES.left) ? random.day('2021-06-30', '2025-11-30') : null;
  const described = place.spec.describe(random, { ...asked, from: null, bornOn: null, until });
  // Who came after that day has not left: someone else is drawn.
  const hasLeft = until !== null && described.employedFrom < until;
  const person = until === null || hasLeft ? described : place.spec.describe(random, { ...asked, from: null, bornOn: null, until: null });
  const employment = employmentAt(random, institution, person, person.employedFrom, hasLeft ? until : person.employedTo);
  const employments = [employment];
  if (isFree && person.employedFrom < '2017-01-01' && random.chance(CHANCES.fromWithin)) moveWithin(random, place, employments);
  if (isFree && random.chance(CHANCES.second)) addSecond(random, place, employments);
  return { bornOn: person.bornOn, employments, entries: person.entries.map((entry) => ledgerEntry(random, place, entry)) };
}

function employmentAt(random: Random, institution: Institution, described: Employment['described'], from: string, to: string | null): Employment {
  return { institution, subject: random.pick(institution.kind.subjects), isMain: true, from, to, described };
}

/** The years before were spent at another institution of the same kind. */
function moveWithin(random: Random, place: PlaceOfPopulation, employments: Employment[]): void {
  const [current] = employments as [Employment];
  const before = institutionFor(random, place, current.institution.kind.name);
  if (before === current.institution) return;
  const moved = `${2017 + random.below(4)}-09-01`;
  employments.splice(0, 1, { ...current, from: moved }, { ...current, institution: before, to: dayAfter(moved, -1), described: null });
}

/** Beside the main employment, at any other institution of the place. */
function addSecond(random: Random, place: PlaceOfPopulation, employments: Employment[]): void {
  const [current] = employments as [Employment];
  const other = random.pick(place.institutions);
  if (employments.some(({ institution }) => institution === other)) return;
  employments.push({ ...current, institution: other, subject: random.pick(other.kind.subjects), isMain: false, described: null });
}

/** First in one place, then in another: what was earned there is there, and some places decide about it. */
function lifeInTwoPlaces(random: Random, plan: PopulationPlan, place: PlaceOfPopulation, institution: Institution, asked: Asked): Life {
  const others = plan.places.filter((other) => other !== place && other.weight > 0);
  if (others.length === 0) return lifeInOnePlace(random, place, institution, asked, true);
  const before = random.pick(others);
  const moved = `${2018 + random.below(7)}-09-01`;
  const last = dayAfter(moved, -1);
  const former = institutionFor(random, before, undefined);
  const then = before.spec.describe(random, { ...asked, institution: former.kind, from: null, bornOn: null, until: last });
  const now = place.spec.describe(random, { ...asked, from: moved, bornOn: then.bornOn, until: null });
  if (then.employedFrom >= last) return { bornOn: now.bornOn, employments: [employmentAt(random, institution, now, moved, null)], entries: now.entries.map((entry) => ledgerEntry(random, place, entry)) };
  const earned = then.entries.map((entry) => ledgerEntry(random, before, entry));
  return {
    bornOn: then.bornOn,
    employments: [employmentAt(random, institution, only(now, then, moved, null), moved, null), employmentAt(random, former, only(then, now, null, last), then.employedFrom, last)],
    entries: [...earned, ...decisions(random, place, earned, moved), ...now.entries.map((entry) => ledgerEntry(random, place, entry))],
  };
}

/** What both places say of a person holds in each for its own time. */
function only(one: DescribedPerson, other: DescribedPerson, from: string | null, to: string | null): Employment['described'] {
  const properties = Object.entries(one.properties).map(([name, cells]) => [name, name in other.properties ? within(cells, from, to) : cells] as const);
  return { roles: one.roles, properties: Object.fromEntries(properties) };
}

const within = (cells: readonly DatedCell[], from: string | null, to: string | null): DatedCell[] =>
  cells.flatMap((cell) => {
    const first = from !== null && (cell.from ?? '') < from ? from : (cell.from ?? null);
    const last = to !== null && (cell.to ?? '9999') > to ? to : (cell.to ?? null);
    return first !== null && last !== null && first > last ? [] : [{ value: cell.value, from: first, to: last }];
  });

/** About all that the person brought, or about nothing. */
function decisions(random: Random, place: PlaceOfPopulation, earned: readonly LedgerEntry[], on: string): LedgerEntry[] {
  const { decide } = place.spec;
  if (!decide || !random.chance(CHANCES.decided)) return [];
  return earned.flatMap(({ entry }, index) => {
    const decision = entry.act === undefined ? decide(random, entry, on) : null;
    return decision ? [{ ...ledgerEntry(random, place, decision), decides: index }] : [];
  });
}

function ledgerEntry(random: Random, place: PlaceOfPopulation, entry: DescribedEntry): LedgerEntry {
  const courses = entry.course === undefined ? undefined : place.courses.get(entry.course);
  return { entry, place, course: courses ? random.pick(courses).key : '', decides: null };
}
