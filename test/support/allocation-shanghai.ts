import type { AllocationStructure, Holding, Sight } from '../../src/kernel/allocation/problem.ts';
import type { Random } from './allocation-problems.ts';

/** Levels: national, municipal special, municipal, district, school. Categories: three, then none. */
const NATIONAL = 0;
const MUNICIPAL = 2;
const DISTRICT = 3;
const SCHOOL = 4;
const LITERATE = 0;
const KNOWLEDGE = 1;
const PRACTICE = 2;
const NO_CATEGORY = 3;

interface Cell {
  readonly level: number;
  readonly category: number;
  /** 1 professional ethics, 2 literacy, 0 not asked. */
  readonly subcategory: number;
  readonly course: boolean;
  readonly selfDirected: boolean;
  readonly training: number;
}

/**
 * Rows and cells of the shape of a province's credit rules: a total, categories, levels, levels by category with their
 * parts and courses, self-directed marks, and special trainings, one of them a row a year. Amounts in hundredths.
 */
export function shanghai() {
  const cells: Cell[] = [];
  const indexOf = new Map<string, number>();
  const cell = (c: Cell): number => {
    const key = JSON.stringify(c);
    let index = indexOf.get(key);
    if (index === undefined) {
      index = cells.push(c) - 1;
      indexOf.set(key, index);
    }
    return index;
  };
  for (let level = 0; level <= SCHOOL; level += 1) {
    for (let category = 0; category <= NO_CATEGORY; category += 1) {
      const plain = { level, category, subcategory: 0, course: false, selfDirected: false, training: 0 };
      const subcategories = level === SCHOOL && category === LITERATE ? [1, 2] : [0];
      for (const subcategory of subcategories) {
        cell({ ...plain, subcategory });
        cell({ ...plain, subcategory, selfDirected: true });
      }
      if (category === KNOWLEDGE || (category === PRACTICE && level === SCHOOL)) cell({ ...plain, course: true });
    }
  }
  for (let year = 1; year <= 5; year += 1) {
    for (const level of [MUNICIPAL, DISTRICT]) {
      cell({ level, category: KNOWLEDGE, subcategory: 0, course: false, selfDirected: false, training: year });
    }
  }
  for (const training of [6, 7]) {
    cell({ level: DISTRICT, category: KNOWLEDGE, subcategory: 0, course: false, selfDirected: false, training });
  }
  const rows: { sees: Sight[] }[] = [];
  const required: number[] = [];
  const row = (figure: number, sees: (c: Cell) => boolean): void => {
    rows.push({ sees: [{ cells: cells.flatMap((c, index) => (sees(c) ? [index] : [])) }] });
    required.push(figure);
  };
  row(3600, () => true);
  row(1200, (c) => c.category === LITERATE);
  row(1200, (c) => c.category === KNOWLEDGE);
  row(1000, (c) => c.category === PRACTICE);
  row(400, (c) => c.level === MUNICIPAL);
  row(100, (c) => c.level === MUNICIPAL && c.category === LITERATE);
  row(300, (c) => c.level === MUNICIPAL && c.category === KNOWLEDGE);
  row(100, (c) => c.level === MUNICIPAL && c.category === KNOWLEDGE && c.course);
  row(1100, (c) => c.level === DISTRICT);
  row(200, (c) => c.level === DISTRICT && c.category === LITERATE);
  row(900, (c) => c.level === DISTRICT && c.category === KNOWLEDGE);
  row(300, (c) => c.level === DISTRICT && c.category === KNOWLEDGE && c.course);
  row(1500, (c) => c.level === SCHOOL);
  row(400, (c) => c.level === SCHOOL && c.subcategory === 1);
  row(100, (c) => c.level === SCHOOL && c.subcategory === 2);
  row(1000, (c) => c.level === SCHOOL && c.category === PRACTICE);
  row(100, (c) => c.level === SCHOOL && c.category === PRACTICE && c.course);
  row(300, (c) => c.selfDirected);
  row(300, (c) => c.selfDirected && c.level === DISTRICT);
  row(100, (c) => c.selfDirected && c.level === SCHOOL);
  for (let year = 1; year <= 5; year += 1) row(year <= 3 ? 0 : 700, (c) => c.training === year);
  row(300, (c) => c.training === 6);
  row(900, (c) => c.training === 7);
  const structure: AllocationStructure = {
    cellCount: cells.length,
    rows,
    additional: cells.flatMap((c, index) => (c.level >= MUNICIPAL ? [index] : [])),
  };
  const reachOf = (home: number, degree: boolean): number[] => {
    const from = cells[home] as Cell;
    return cells.flatMap((to, index) => {
      const level = from.level === to.level || (from.level < MUNICIPAL && (to.level === MUNICIPAL || to.level === DISTRICT)) ||
        (from.level === MUNICIPAL && to.level === DISTRICT);
      const category = from.category === to.category || (degree && to.category < PRACTICE);
      const same = from.subcategory === to.subcategory && from.course === to.course && from.selfDirected === to.selfDirected;
      return index !== home && level && category && same && from.training === to.training ? [index] : [];
    });
  };
  const reaches = cells.map((_, home) => reachOf(home, false));
  const degreeReaches = cells.map((_, home) => reachOf(home, true));

  /** Every cell holds about what is asked there, then some is taken away or lies at another level. */
  function transcript(random: Random): Holding[] {
    const holdings: Holding[] = [];
    const fullness = random.pick([70, 85, 100, 110, 130]);
    const misplaced = random.pick([0, 0, 10, 30]);
    const put = (amount: number, c: Partial<Cell>): void => {
      if (random.chance(5)) return;
      const full = { level: 0, category: NO_CATEGORY, subcategory: 0, course: false, selfDirected: false, training: 0, ...c };
      if (random.chance(misplaced) && (full.level === DISTRICT || full.level === MUNICIPAL) && full.training === 0) {
        full.level = full.level === DISTRICT ? random.pick([NATIONAL, MUNICIPAL]) : NATIONAL;
      }
      const home = indexOf.get(JSON.stringify(full));
      if (home === undefined) throw new Error(`no such cell ${JSON.stringify(full)}`);
      const share = full.course || full.training > 0 ? 100 : random.whole(fullness - 20, fullness + 20);
      holdings.push({ home, amount: Math.floor((amount * share) / 100), reach: reaches[home] as number[] });
    };
    put(110, { level: MUNICIPAL, category: LITERATE });
    put(110, { level: MUNICIPAL, category: KNOWLEDGE });
    put(100, { level: MUNICIPAL, category: KNOWLEDGE, course: true });
    put(80, { level: MUNICIPAL, category: PRACTICE });
    put(300, { level: DISTRICT, category: LITERATE });
    put(300, { level: DISTRICT, category: LITERATE, selfDirected: true });
    put(300, { level: DISTRICT, category: KNOWLEDGE, course: true });
    put(400, { level: SCHOOL, category: LITERATE, subcategory: 1 });
    put(150, { level: SCHOOL, category: LITERATE, subcategory: 2 });
    put(100, { level: SCHOOL, category: LITERATE, subcategory: 2, selfDirected: true });
    put(900, { level: SCHOOL, category: PRACTICE });
    put(100, { level: SCHOOL, category: PRACTICE, course: true });
    put(200, { level: SCHOOL, category: KNOWLEDGE });
    for (const year of [4, 5]) {
      put(400, { level: MUNICIPAL, category: KNOWLEDGE, training: year });
      put(300, { level: DISTRICT, category: KNOWLEDGE, training: year });
    }
    put(300, { level: DISTRICT, category: KNOWLEDGE, training: 6 });
    put(900, { level: DISTRICT, category: KNOWLEDGE, training: 7 });
    for (const level of [0, 1]) {
      for (const category of [LITERATE, KNOWLEDGE, PRACTICE]) if (random.chance(40)) put(150, { level, category });
    }
    if (random.chance(10)) {
      const home = indexOf.get(JSON.stringify({ level: DISTRICT, category: NO_CATEGORY, subcategory: 0, course: false, selfDirected: false, training: 0 })) as number;
      holdings.push({ home, amount: random.whole(1, 8) * 50, reach: degreeReaches[home] as number[] });
    }
    return holdings;
  }
  return { structure, required, transcript };
}
