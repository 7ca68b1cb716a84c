import type { Cell, FactRecord, Placement } from '../../../src/plugin-kit.ts';
import { absentFields, coordinateOf, isMarked, isUndecidedElsewhere, nowhereByStatus, textOf } from './entry-fields.ts';

const yesOrNo = (isYes: boolean): string => (isYes ? 'yes' : 'no');

const EMPTY: Cell = {
  pool: 'common',
  level: 'none',
  category: 'none',
  subcategory: 'none',
  itCourse: 'none',
  training: 'none',
  selfDirected: 'no',
  fullTime: 'no',
  leading: 'no',
  year: 'none',
};

/** The IT course that a training counts as; abilities are the names that the rules from 2021 on use for the same. */
const IT_OF_ABILITY: Readonly<Record<string, string>> = { itGeneral: 'general', itProfessional: 'professional', itApplied: 'applied' };

/**
 * Where an entry lies among the cells of 2016-2020, before anything is offset. In a municipal development school a
 * self-directed course is booked as school-level, whoever ran it (sh-2016-credit/1.3-self-directed). Only a degree above
 * the one held, proved by its certificate, is anything at all (3.4). What the district has not decided is open (2.3).
 */
export function place2016(entry: FactRecord, context: { readonly year: string; readonly facts: Readonly<Record<string, unknown>> }): Placement {
  const nowhere = nowhereByStatus(entry);
  if (nowhere) return { nowhere, rule: 'sh-2016-credit/5.1-recognition' };
  const school = context.facts['developmentSchool'];
  if (school === undefined && dependsOnSchool(entry)) return { missing: [], missingFacts: ['developmentSchool'], isAmountOpen: isUndecidedElsewhere(entry) };
  const placement = homeOf(entry, context.year, school === 'municipal');
  if ('nowhere' in placement || !isUndecidedElsewhere(entry)) return placement;
  if ('missing' in placement) return { ...placement, isAmountOpen: true };
  return { ...placement, unsettled: { code: 'PENDING', rule: 'sh-2016-credit/2.3-elsewhere' } };
}

/**
 * Whether rows that bind in any school would count it by its level: those of special trainings, and the municipal one of
 * college heads. All others bind by the kind of school and are open themselves.
 */
function dependsOnSchool(entry: FactRecord): boolean {
  if (!isMarked(entry, 'selfDirected') || isMarked(entry, 'forSenior') || textOf(entry, 'level') === 'school') return false;
  return (textOf(entry, 'training') ?? 'none') !== 'none' || ['national', 'municipalSpecial', 'municipal'].includes(textOf(entry, 'level') ?? '');
}

function homeOf(entry: FactRecord, year: string, isDevelopmentSchool: boolean): Placement {
  if (isMarked(entry, 'forSenior')) return { home: { ...EMPTY, pool: 'senior', leading: yesOrNo(isMarked(entry, 'leading')) } };
  const isSelfDirected = isMarked(entry, 'selfDirected');
  const level = isSelfDirected && isDevelopmentSchool ? 'school' : coordinateOf(entry, 'level');
  const stated = coordinateOf(entry, 'category');
  // Self-directed courses became a category in 2021; before, the mark alone says it.
  const category = stated === 'selfDirected' ? 'none' : stated;
  const degree = entry['degree'];
  if (typeof degree === 'object' && degree !== null) return degreeAt(degree as FactRecord, level);
  const absent = absentFields(entry, level, category);
  if (level === null || category === null || absent.length > 0) return { missing: absent };
  const training = textOf(entry, 'training') ?? 'none';
  return {
    home: {
      ...EMPTY,
      level,
      category,
      // Only the school-based rows ask for it; leaving it out elsewhere keeps the cells few.
      subcategory: level === 'school' && category === 'ethicsLiteracy' ? (textOf(entry, 'subcategory') ?? 'none') : 'none',
      itCourse: textOf(entry, 'itCourse') ?? IT_OF_ABILITY[textOf(entry, 'ability') ?? ''] ?? 'none',
      training,
      selfDirected: yesOrNo(isSelfDirected),
      fullTime: yesOrNo(training === 'principal' && isMarked(entry, 'fullTime')),
      year: training === 'trainer' ? year : 'none',
    },
  };
}

/** A degree lies at its level without a category, from where it is shared over two of them (sh-2016-credit/3.4-degree). */
function degreeAt(degree: FactRecord, level: string | null): Placement {
  if (degree['certificate'] === false) return { nowhere: 'NO_CERTIFICATE', rule: 'sh-2016-credit/3.4-degree' };
  if (degree['higherThanHeld'] === false) return { nowhere: 'NOT_HIGHER', rule: 'sh-2016-credit/3.4-degree' };
  const missing = ['certificate', 'higherThanHeld'].filter((name) => degree[name] === undefined).map((name) => `degree.${name}`);
  if (missing.length > 0 || level === null) return { missing: level === null ? [...missing, 'level'] : missing };
  return { home: { ...EMPTY, level }, tags: ['degree'] };
}
