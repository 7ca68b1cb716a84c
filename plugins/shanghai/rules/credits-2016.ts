import { type Check, credit, onlyFor, type RuleSpec, text, type Text } from '../../../src/plugin-kit.ts';
import { categoryRowsHold, isOrdinarySchool, REPLACED_BY_CLAUSE_2, unlessExcepted } from './conditions.ts';
import { developmentSchools2016, selfDirected2016 } from './development-schools-2016.ts';
import { APPLIED, bound, DISTRICT, ETHICS, ETHICS_LITERACY, GENERAL, id, KNOWLEDGE, LITERACY, MUNICIPAL, PRACTICE, PROFESSIONAL, SCHOOL, teacherRow, withCourse } from './rows-2016.ts';

const clause1 = { document: 'sh-2016-credit', clause: '一.1' };
const ofCategories = (check: Check): Check => bound(onlyFor(categoryRowsHold, check, REPLACED_BY_CLAUSE_2));
const ofLevels = (check: Check, rule: string): Check => bound(onlyFor(isOrdinarySchool, unlessExcepted(rule, check), REPLACED_BY_CLAUSE_2));

const total: RuleSpec = credit({
  id: id('1.1-total'),
  source: clause1,
  topic: 'credit/total',
  carriesOut: 'cn-2011-1/cycle-hours',
  params: { credits: 36, cycleYears: 5 },
  summary: text('五年累计培训不少于36学分。', 'At least 36 credits in five years.'),
  reading: {
    name: 'cycle-2016-2020',
    text: text(
      '周期为2016年至2020年,其他日期的学分不计入。第1条(或第2条)各项为同一问题;第3至11条各自成立,约束所列人员。学分规则适用于中小学、幼儿园;中等职业学校只适用实施意见。',
      'The cycle is 2016-2020; entries of other days do not count. The rows of clause 1 (or 2) are one question; 1.3 to 1.11 are rules of their own for whom they name. Schools and kindergartens are bound; secondary vocational schools come under the opinion only.',
    ),
  },
  check: bound(teacherRow(id('1.1-total'), 'total', {})),
});

interface ClauseOne {
  readonly slug: string;
  readonly topic: string;
  readonly params: NonNullable<RuleSpec['params']>;
  readonly summary: Text;
  readonly inPrinciple?: boolean;
  readonly reading?: RuleSpec['reading'];
  readonly check: Check;
}
const clauseOne = (binds: (check: Check, rule: string) => Check) => ({ slug, ...spec }: ClauseOne): RuleSpec => credit({ id: id(slug), source: clause1, ...spec, check: binds(spec.check, id(slug)) });
const categoryRow = clauseOne(ofCategories);
const levelRow = clauseOne(ofLevels);

const categories: readonly RuleSpec[] = [
  categoryRow({
    slug: '1.1-ethics-literacy',
    topic: 'credit/ethics-literacy',
    params: { credits: 12 },
    summary: text('其中师德与素养不少于12学分。', 'Of these at least 12 in ethics and literacy.'),
    check: teacherRow(id('1.1-ethics-literacy'), 'ethicsLiteracy', ETHICS_LITERACY),
  }),
  categoryRow({
    slug: '1.1-knowledge-skills',
    topic: 'credit/knowledge-skills',
    params: { credits: [12, 14] },
    summary: text('知识与技能不少于12学分(规划上限14)。', 'At least 12 (planning figure 14) in knowledge and skills.'),
    check: teacherRow(id('1.1-knowledge-skills'), 'knowledgeSkills', KNOWLEDGE),
  }),
  categoryRow({
    slug: '1.1-practice',
    topic: 'credit/practice',
    params: { credits: [10, 12] },
    summary: text('实践体验不少于10学分(规划上限12)。', 'At least 10 (planning figure 12) in practice.'),
    check: teacherRow(id('1.1-practice'), 'practice', PRACTICE),
  }),
];

const municipal: readonly RuleSpec[] = [
  levelRow({
    slug: '1.1-municipal',
    topic: 'credit/municipal',
    inPrinciple: true,
    params: { credits: [4, 7] },
    summary: text('市级共享课程原则上不少于4学分(规划上限7);上海市教师专业发展学校的教师除外。', 'In principle at least 4 (planning figure 7) municipal credits; not for teachers of municipal development schools.'),
    reading: {
      name: 'municipal-schools-only',
      text: text('除外的仅为上海市(市级)教师专业发展学校;区级教师专业发展学校不改变要求。', 'Only municipal development schools are meant; a district one changes nothing.'),
    },
    check: teacherRow(id('1.1-municipal'), 'municipal', MUNICIPAL),
  }),
  levelRow({
    slug: '1.1-municipal-ethics',
    topic: 'credit/municipal/ethics-literacy',
    inPrinciple: true,
    params: { credits: [1, 2] },
    summary: text('市级师德与素养不少于1学分(规划上限2)。', 'Municipal ethics and literacy at least 1 (planning figure 2).'),
    check: teacherRow(id('1.1-municipal-ethics'), 'municipalEthics', { ...MUNICIPAL, ...ETHICS_LITERACY }),
  }),
  levelRow({
    slug: '1.1-municipal-knowledge',
    topic: 'credit/municipal/knowledge-skills',
    inPrinciple: true,
    params: { credits: [3, 5], itGeneral: 1 },
    summary: text('市级知识与技能不少于3学分(规划上限5),其中信息技术通识课程1学分。', 'Municipal knowledge and skills at least 3 (planning figure 5), of which the general IT-ability course is 1.'),
    check: withCourse(id('1.1-municipal-knowledge'), 'municipalKnowledge', { ...MUNICIPAL, ...KNOWLEDGE }, GENERAL),
  }),
];

const district: readonly RuleSpec[] = [
  levelRow({
    slug: '1.1-district',
    topic: 'credit/district',
    inPrinciple: true,
    params: { credits: [11, 14] },
    summary: text('区级课程不少于11学分(规划上限14)。', 'At least 11 (planning figure 14) district credits.'),
    check: teacherRow(id('1.1-district'), 'district', DISTRICT),
  }),
  levelRow({
    slug: '1.1-district-ethics',
    topic: 'credit/district/ethics-literacy',
    inPrinciple: true,
    params: { credits: [2, 3] },
    summary: text('区级师德与素养不少于2学分(规划上限3)。', 'District ethics and literacy at least 2 (planning figure 3).'),
    check: teacherRow(id('1.1-district-ethics'), 'districtEthics', { ...DISTRICT, ...ETHICS_LITERACY }),
  }),
  levelRow({
    slug: '1.1-district-knowledge',
    topic: 'credit/district/knowledge-skills',
    inPrinciple: true,
    params: { credits: [9, 11], itProfessional: 3 },
    summary: text('区级知识与技能不少于9学分(规划上限11),其中信息技术专业课程3学分。', 'District knowledge and skills at least 9 (planning figure 11), of which the professional IT-ability course is 3.'),
    reading: {
      name: 'all-rows-at-once',
      text: text('第1条各项同时适用;各级下限之和为30,因此总量36另行检验。', 'All rows of clause 1 hold at once: the level rows add up to 30 at their minima, so the total of 36 is tested in its own right.'),
    },
    check: withCourse(id('1.1-district-knowledge'), 'districtKnowledge', { ...DISTRICT, ...KNOWLEDGE }, PROFESSIONAL),
  }),
];

const school: readonly RuleSpec[] = [
  levelRow({
    slug: '1.1-school',
    topic: 'credit/school',
    inPrinciple: true,
    params: { credits: [15, 18] },
    summary: text('校本研修不少于15学分(规划上限18)。', 'At least 15 (planning figure 18) credits of school-based training.'),
    check: teacherRow(id('1.1-school'), 'school', SCHOOL),
  }),
  levelRow({
    slug: '1.1-school-ethics',
    topic: 'credit/school/ethics',
    inPrinciple: true,
    params: { credits: [4, 5] },
    summary: text('校本师德不少于4学分(规划上限5)。', 'School-based professional ethics at least 4 (planning figure 5).'),
    check: teacherRow(id('1.1-school-ethics'), 'schoolEthics', ETHICS),
  }),
  levelRow({
    slug: '1.1-school-literacy',
    topic: 'credit/school/literacy',
    inPrinciple: true,
    params: { credits: [1, 2] },
    summary: text('校本素养不少于1学分(规划上限2)。', 'School-based literacy at least 1 (planning figure 2).'),
    check: teacherRow(id('1.1-school-literacy'), 'schoolLiteracy', LITERACY),
  }),
  levelRow({
    slug: '1.1-school-practice',
    topic: 'credit/school/practice',
    inPrinciple: true,
    params: { credits: [10, 12], itApplied: 1 },
    summary: text('校本实践体验不少于10学分(规划上限12),其中信息技术实践应用课程1学分。', 'School-based practice at least 10 (planning figure 12), of which the applied IT-ability course is 1.'),
    check: withCourse(id('1.1-school-practice'), 'schoolPractice', { ...SCHOOL, ...PRACTICE }, APPLIED),
  }),
];

/** Part 1, clauses 1 to 3: what every teacher owes, in the order of the document. */
export const credits2016: readonly RuleSpec[] = [total, ...categories, ...municipal, ...district, ...school, ...developmentSchools2016, selfDirected2016];
