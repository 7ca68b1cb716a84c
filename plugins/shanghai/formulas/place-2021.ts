import type { FactRecord, Placement } from '../../../src/plugin-kit.ts';
import { absentFields, coordinateOf, isMarked, isUndecidedElsewhere, nowhereByStatus, textOf } from './entry-fields.ts';

const ABILITY_OF_IT: Readonly<Record<string, string>> = { general: 'itGeneral', professional: 'itProfessional', applied: 'itApplied' };

/**
 * Where an entry lies among the cells of 2021-2025. Self-directed courses are a category of their own; offsets exist there
 * and were not read, so that this is also where it stays (sh-2021-credit/1.1-self-directed).
 */
export function place2021(entry: FactRecord): Placement {
  const nowhere = nowhereByStatus(entry);
  if (nowhere) return { nowhere };
  const level = coordinateOf(entry, 'level');
  const category = isMarked(entry, 'selfDirected') ? 'selfDirected' : coordinateOf(entry, 'category');
  const absent = absentFields(entry, level, category);
  if (level === null || category === null || absent.length > 0) return { missing: absent, isAmountOpen: isUndecidedElsewhere(entry) };
  const subcategory = level === 'school' && category === 'ethicsLiteracy' ? (textOf(entry, 'subcategory') ?? 'none') : 'none';
  const ability = textOf(entry, 'ability') ?? ABILITY_OF_IT[textOf(entry, 'itCourse') ?? ''] ?? 'none';
  const home = { pool: 'common', level, category, subcategory, ability };
  return isUndecidedElsewhere(entry) ? { home, unsettled: { code: 'RULE_NOT_KNOWN', rule: 'sh-2016-credit/2.3-elsewhere' } } : { home };
}
