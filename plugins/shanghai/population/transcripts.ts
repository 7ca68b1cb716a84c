import type { DescribedEntry, RandomSource, Weighted } from '../../../src/plugin-kit.ts';
import { due2016, least2016, leastDevelopment2016, least2021 } from './least.ts';
import type { Name2016, Name2021, Piece } from './pieces.ts';

type Units2016 = Record<Name2016, number>;
type Units2021 = Record<Name2021, number>;

const LEAST_2016 = least2016();
const LEAST_DEVELOPMENT = leastDevelopment2016();
const LEAST_2021 = least2021();

/** A little more than asked, as most people have. */
function withMore<Name extends string>(random: RandomSource, least: Readonly<Record<Name, number>>, names: readonly Name[]): Record<Name, number> {
  const units: Record<Name, number> = { ...least };
  for (const name of names) if (random.chance(350)) units[name] += 50 * (1 + random.below(4));
  return units;
}

const MORE_2016: readonly Name2016[] = ['districtPractice', 'schoolPractice', 'schoolKnowledge', 'schoolEthics', 'schoolLiteracy'];
const MORE_MUNICIPAL: readonly Name2016[] = ['municipalEthics', 'municipalKnowledge', 'districtKnowledge'];

const take = (units: Units2016, from: Name2016, amount: number): number => {
  const taken = Math.min(units[from], amount);
  units[from] -= taken;
  return taken;
};

type Kind2016 = (random: RandomSource, units: Units2016) => void;

/** Short of district credits, and as many municipal ones too many: offset by 3.2. */
const municipalSurplus: Kind2016 = (random, units) => {
  units.municipalKnowledge += take(units, 'districtKnowledge', 100 * (1 + random.below(3)));
};
/** National credits stand in for municipal ones (3.1) and through them for district ones (3.2). */
const nationalChain: Kind2016 = (random, units) => {
  units.nationalKnowledge += take(units, 'municipalKnowledge', 200) + take(units, 'districtKnowledge', 100 * (1 + random.below(3)));
};
const specialProgramme: Kind2016 = (random, units) => {
  units.specialKnowledge += take(units, 'municipalKnowledge', 100 * (1 + random.below(2))) + take(units, 'districtKnowledge', 100);
};
/** A higher degree in place of what no level asks for (3.4). */
const higherDegree: Kind2016 = (random, units) => {
  units.degreeNoLevel += take(units, 'schoolEthics', 400) + take(units, 'districtPractice', 200) + 100 * random.below(4);
};
const nothing: Kind2016 = () => undefined;
const nearly: Kind2016 = (random, units) => {
  take(units, random.pick(['schoolPractice', 'schoolEthics', 'districtKnowledge', 'municipalKnowledge']), 50 * (1 + random.below(4)));
};
const short: Kind2016 = (random, units) => {
  for (const name of Object.keys(units) as Name2016[]) if (random.chance(300)) take(units, name, 100 * (1 + random.below(4)));
};
const unproved: Kind2016 = (_random, units) => {
  units.degreeUnproved += take(units, 'schoolEthics', 400);
};
const levelUnsaid: Kind2016 = (_random, units) => {
  units.levelUnsaid += take(units, 'districtKnowledge', 300);
};

const KINDS_2016: Weighted<Kind2016> = [
  [360, nothing],
  [190, municipalSurplus],
  [110, nationalChain],
  [70, specialProgramme],
  [80, higherDegree],
  [90, nearly],
  [70, short],
  [20, unproved],
  [15, levelUnsaid],
];

export const ordinary2016 = (random: RandomSource): Units2016 => {
  const kind = random.weighted(KINDS_2016);
  const units = withMore(random, LEAST_2016, MORE_2016);
  // Who needs an offset has no other way: what is spare would make it needless.
  if (kind === nothing || kind === short) for (const name of MORE_MUNICIPAL) if (random.chance(300)) units[name] += 100;
  kind(random, units);
  return units;
};

export const development2016 = (random: RandomSource): Units2016 => {
  const units = withMore(random, LEAST_DEVELOPMENT, MORE_2016);
  if (random.chance(150)) (random.chance(600) ? nearly : short)(random, units);
  return units;
};

const SENIOR_LEADING = due2016('1.7-senior', 'leading');
const PRINCIPAL_FULL_TIME = due2016('1.8-principal-serving', 'fullTime');
const DUE = {
  headTeacher: due2016('1.5-head-teacher'),
  novice: due2016('1.4-novice'),
  seniorOther: due2016('1.7-senior') - SENIOR_LEADING,
  principalPartTime: due2016('1.8-principal-serving') - PRINCIPAL_FULL_TIME,
  principalNew: due2016('1.8-principal-new'),
  middleLeader: due2016('1.9-middle-leader'),
  collegeHead: due2016('1.10-college-head') - due2016('1.1-municipal'),
};

/** What roles ask for on top: mostly all of it. */
export function addRole2016(random: RandomSource, units: Units2016, role: string): void {
  const owed = (due: number): number => (random.chance(850) ? due : Math.max(0, due - 100 * (1 + random.below(3))));
  switch (role) {
    case 'headTeacher':
      units.headTeacher += owed(DUE.headTeacher);
      // It counts at district level: many need no other course there.
      if (random.chance(300)) take(units, 'districtKnowledge', 300);
      return;
    case 'novice':
      units.probation += owed(DUE.novice);
      return;
    case 'senior':
      units.seniorLeading += owed(SENIOR_LEADING);
      units.seniorOther += DUE.seniorOther + (random.chance(300) ? 100 : 0);
      return;
    case 'principalServing':
      units.principalFullTime += owed(PRINCIPAL_FULL_TIME);
      units.principalPartTime += DUE.principalPartTime;
      // Principals go to few courses of teachers: theirs stand in (3.3).
      if (random.chance(600)) take(units, 'municipalKnowledge', 200);
      return;
    case 'principalNew':
      units.qualification += owed(DUE.principalNew);
      return;
    case 'middleLeader':
    case 'reserveCadre':
      units.middleLeader += owed(DUE.middleLeader);
      return;
    case 'collegeHead':
      units.municipalKnowledge += DUE.collegeHead;
  }
}

type Kind2021 = (random: RandomSource, units: Units2021) => void;
const NAMES_2021 = Object.keys(LEAST_2021) as Name2021[];

const met2021: Kind2021 = (random, units) => {
  for (const name of NAMES_2021) if (LEAST_2021[name] > 0 && random.chance(120)) units[name] += 50 * (1 + random.below(3));
};
const nearly2021: Kind2021 = (random, units) => {
  const name = random.pick(NAMES_2021);
  units[name] -= Math.min(units[name], 50 * (1 + random.below(3)));
};
/** Enough in all, too little somewhere: by offsets that were not read it might do. */
const unbalanced2021: Kind2021 = (random, units) => {
  const name = random.pick(['municipalSubject', 'municipalExperiment', 'districtIt', 'districtCross', 'schoolIt', 'schoolFamily'] as const);
  const moved = Math.min(units[name], 100);
  units[name] -= moved;
  units.districtKnowledge += moved + 100;
};
const short2021: Kind2021 = (random, units) => {
  for (const name of NAMES_2021) if (random.chance(350)) units[name] = 0;
};
const levelUnsaid2021: Kind2021 = (_random, units) => {
  units.levelUnsaid += units.districtSubject;
  units.districtSubject = 0;
};

const KINDS_2021: Weighted<Kind2021> = [
  [760, met2021],
  [90, nearly2021],
  [70, unbalanced2021],
  [60, short2021],
  [20, levelUnsaid2021],
];

export const ordinary2021 = (random: RandomSource): Units2021 => {
  const units = { ...LEAST_2021 };
  random.weighted(KINDS_2021)(random, units);
  return units;
};

/** Entries of so many units, on days between two. */
export function addEntries<Name extends string>(random: RandomSource, entries: DescribedEntry[], pieces: Readonly<Record<Name, Piece>>, units: Readonly<Record<Name, number>>, from: string, to: string): void {
  for (const name in units) if (units[name] > 0) addPiece(random, entries, pieces[name], units[name], from, to);
}

export function addPiece(random: RandomSource, entries: DescribedEntry[], { fields, size, course }: Piece, units: number, from: string, to: string): void {
  for (const part of random.split(units, size)) entries.push({ book: 'entries', units: part, on: random.day(from, to), fields, course });
}
