import { type LedgerSpec, text } from '../../../src/plugin-kit.ts';
import { place2021 } from '../formulas/place-2021.ts';
import { ABILITIES, CATEGORIES, coordinate, levelCoordinate, subcategoryCoordinate } from './coordinates.ts';

const at = (level: string, category: string, abilities: readonly string[], more: Readonly<Record<string, readonly string[]>> = {}): LedgerSpec['additional'][number] => ({
  pool: 'common',
  at: { level: [level], category: [category], ability: ['none', ...abilities], ...more },
});

/** The credits of 2021-2025. Offsets exist in the document and were not read: rows are decided on home cells. */
export const ledger2021: LedgerSpec = {
  id: 'sh-2021',
  label: text('上海市教师培训学分(2021-2025)', 'Shanghai: training credits 2021-2025'),
  unit: 'credit',
  perWhole: 100,
  entries: { fact: 'entries', amount: 'credits', day: 'completedOn', id: 'id' },
  figures: { fact: 'figures' },
  offsets: 'applyOffsets',
  cycle: { from: '2021-01-01', to: '2025-12-31' },
  pools: { common: { label: text('36学分', 'the 36') } },
  coordinates: {
    level: levelCoordinate,
    category: coordinate('类别', 'category', { ...CATEGORIES, selfDirected: text('自主选修', 'self-directed courses') }),
    subcategory: subcategoryCoordinate,
    ability: coordinate('能力', 'ability', ABILITIES),
  },
  place: place2021,
  moves: [],
  additional: [
    { pool: 'common', at: {} },
    { pool: 'common', at: { category: ['ethicsLiteracy', 'knowledgeSkills', 'practice', 'selfDirected'] } },
    { pool: 'common', at: { level: ['municipal'] } },
    at('municipal', 'ethicsLiteracy', ['counselling']),
    at('municipal', 'knowledgeSkills', ['subjectTeaching', 'assessmentDesign', 'itGeneral']),
    at('municipal', 'practice', ['experimentTeaching']),
    at('municipal', 'selfDirected', []),
    { pool: 'common', at: { level: ['district'] } },
    at('district', 'ethicsLiteracy', ['counselling', 'familyGuidance']),
    at('district', 'knowledgeSkills', ['subjectTeaching', 'assessmentDesign', 'itProfessional']),
    at('district', 'practice', ['experimentTeaching', 'crossSubjectTeaching']),
    at('district', 'selfDirected', []),
    { pool: 'common', at: { level: ['school'] } },
    at('school', 'ethicsLiteracy', [], { subcategory: ['ethics'] }),
    at('school', 'ethicsLiteracy', ['familyGuidance'], { subcategory: ['literacy'] }),
    at('school', 'practice', ['subjectTeaching', 'assessmentDesign', 'crossSubjectTeaching', 'itApplied']),
    at('school', 'knowledgeSkills', []),
    at('school', 'selfDirected', []),
  ],
  unreadOffsets: { document: 'sh-2021-credit' },
};
