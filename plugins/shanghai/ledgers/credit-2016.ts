import { type LedgerSpec, text } from '../../../src/plugin-kit.ts';
import { place2016 } from '../formulas/place-2016.ts';
import {
  categoryCoordinate,
  coordinate,
  fullTimeCoordinate,
  IT_COURSES,
  leadingCoordinate,
  levelCoordinate,
  selfDirectedCoordinate,
  subcategoryCoordinate,
  TRAININGS,
} from './coordinates.ts';

type Corner = Readonly<Record<string, readonly string[]>>;

/** Levels and categories of additional units, as the rows of clause 1 ask for them, the least particular first. */
const ANY: readonly Corner[] = [{}, { category: ['ethicsLiteracy', 'knowledgeSkills', 'practice'] }];
const MUNICIPAL: readonly Corner[] = [
  { level: ['municipal'], category: ['none', 'ethicsLiteracy', 'knowledgeSkills'] },
  { level: ['municipal'], category: ['knowledgeSkills'], itCourse: ['general'] },
  { level: ['municipal'], category: ['practice'] },
];
const DISTRICT: readonly Corner[] = [
  { level: ['district'], category: ['none', 'ethicsLiteracy', 'knowledgeSkills'] },
  { level: ['district'], category: ['knowledgeSkills'], itCourse: ['professional'] },
  { level: ['district'], category: ['practice'] },
];
const SCHOOL: readonly Corner[] = [
  { level: ['school'], category: ['none', 'ethicsLiteracy'] },
  { level: ['school'], category: ['ethicsLiteracy'], subcategory: ['ethics', 'literacy'] },
  { level: ['school'], category: ['practice'] },
  { level: ['school'], category: ['practice'], itCourse: ['applied'] },
  { level: ['school'], category: ['knowledgeSkills'] },
];

const inCommon = (corners: readonly Corner[], marks: Corner = {}): LedgerSpec['additional'] => corners.map((corner) => ({ pool: 'common', at: { ...corner, ...marks } }));
const BOTH = ['no', 'yes'] as const;

/**
 * The credits of 2016-2020: the 36 with all special training in it, and the 18 of senior teachers on top. A move changes
 * the level alone, and a degree, which has no category of its own, takes one of two.
 */
export const ledger2016: LedgerSpec = {
  id: 'sh-2016',
  label: text('上海市教师培训学分(2016-2020)', 'Shanghai: training credits 2016-2020'),
  unit: 'credit',
  perWhole: 100,
  entries: { fact: 'entries', amount: 'credits', day: 'completedOn', id: 'id' },
  figures: { fact: 'figures', byYear: 'figuresByYear' },
  offsets: 'applyOffsets',
  cycle: { from: '2016-01-01', to: '2020-12-31' },
  pools: {
    common: { label: text('36学分', 'the 36') },
    senior: { label: text('高级教师在36学分之外的18学分', 'the 18 of senior teachers on top of the 36') },
  },
  coordinates: {
    level: levelCoordinate,
    category: categoryCoordinate,
    subcategory: subcategoryCoordinate,
    itCourse: coordinate('信息技术课程', 'IT course', IT_COURSES),
    training: coordinate('专题培训', 'special training', TRAININGS),
    selfDirected: selfDirectedCoordinate,
    fullTime: fullTimeCoordinate,
    leading: leadingCoordinate,
    year: coordinate('年度', 'year', {}),
  },
  placedBy: ['developmentSchool'],
  place: place2016,
  moves: [
    { rule: 'sh-2016-credit/3.1-national', pool: 'common', from: { level: ['national', 'municipalSpecial'] }, to: { level: 'municipal' }, withoutTag: 'degree' },
    { rule: 'sh-2016-credit/3.2-levels', pool: 'common', from: { level: ['municipal'] }, to: { level: 'district' }, withoutTag: 'degree' },
    { rule: 'sh-2016-credit/3.4-degree', pool: 'common', from: { category: ['none'] }, to: { category: 'ethicsLiteracy' }, tag: 'degree' },
    { rule: 'sh-2016-credit/3.4-degree', pool: 'common', from: { category: ['none'] }, to: { category: 'knowledgeSkills' }, tag: 'degree' },
  ],
  additional: [
    ...inCommon([...ANY, ...MUNICIPAL, ...DISTRICT, ...SCHOOL]),
    ...inCommon([...ANY, ...MUNICIPAL, ...DISTRICT, ...SCHOOL], { selfDirected: ['yes'] }),
    ...inCommon([...ANY, ...MUNICIPAL, ...DISTRICT, ...SCHOOL], { training: ['probation'], selfDirected: BOTH }),
    ...inCommon(DISTRICT, { training: ['headTeacher'], selfDirected: BOTH }),
    ...inCommon([...MUNICIPAL, ...DISTRICT], { training: ['trainer'], selfDirected: BOTH, year: ['*'] }),
    ...inCommon([...ANY, ...MUNICIPAL, ...DISTRICT], { training: ['qualification'], selfDirected: BOTH }),
    ...inCommon([...ANY, ...MUNICIPAL, ...DISTRICT], { training: ['principal'], selfDirected: BOTH, fullTime: BOTH }),
    ...inCommon(DISTRICT, { training: ['middleLeader'], selfDirected: BOTH }),
    { pool: 'senior', at: { leading: BOTH } },
  ],
};
