import { allOf, type Amount, type Check, credit, either, onlyFor, part, type RowCheck, type RuleSpec, row, text, type Text } from '../../../src/plugin-kit.ts';
import { newTeacherDue } from '../formulas/taper.ts';
import { categoryRowsHold, isBound, isDevelopmentSchool, isOrdinarySchool, NOT_DEVELOPMENT_SCHOOL, OTHER_STAFF, REPLACED_BY_CLAUSE_2, seenByTeachers, unlessExcepted } from './conditions.ts';

type Where = Readonly<Record<string, readonly string[]>>;

const id = (slug: string): string => `sh-2016-credit/${slug}`;
const clause1 = { document: 'sh-2016-credit', clause: '一.1' };
const clause2 = { document: 'sh-2016-credit', clause: '一.2' };
const WHOLE = text('学分', 'credits');

/** A row of the 36: reduced in proportion for new teachers, where the district says so. */
const teacherRow = (rule: string, figure: string, where: Where, partName: string | null = null, required: Amount = { param: partName ?? 'credits' }): RowCheck =>
  row({ ledger: 'sh-2016', figure, sees: seenByTeachers(where), required, due: newTeacherDue(rule, partName) });

const bound = (check: Check): Check => onlyFor(isBound, check, OTHER_STAFF);
const ofCategories = (check: Check): Check => bound(onlyFor(categoryRowsHold, check, REPLACED_BY_CLAUSE_2));
const ofLevels = (check: Check, rule: string): Check => bound(onlyFor(isOrdinarySchool, unlessExcepted(rule, check), REPLACED_BY_CLAUSE_2));
const development = (check: Check): Check => bound(onlyFor(isDevelopmentSchool, check, NOT_DEVELOPMENT_SCHOOL));

/** A row with a required course in it; the figure of the whole is its own. */
const withCourse = (rule: string, figure: string, where: Where, course: { part: string; label: Text; where: Where }): Check =>
  allOf({ credits: part(WHOLE, teacherRow(rule, figure, where)), [course.part]: part(course.label, teacherRow(rule, course.part, { ...where, ...course.where }, course.part)) }, 'credits');

const GENERAL = { part: 'itGeneral', label: text('信息技术通识课程', 'general IT-ability course'), where: { itCourse: ['general'] } };
const PROFESSIONAL = { part: 'itProfessional', label: text('信息技术专业课程', 'professional IT-ability course'), where: { itCourse: ['professional'] } };
const APPLIED = { part: 'itApplied', label: text('信息技术实践应用课程', 'applied IT-ability course'), where: { itCourse: ['applied'] } };

const MUNICIPAL: Where = { level: ['municipal'] };
const DISTRICT: Where = { level: ['district'] };
const SCHOOL: Where = { level: ['school'] };
const ETHICS_LITERACY: Where = { category: ['ethicsLiteracy'] };
const KNOWLEDGE: Where = { category: ['knowledgeSkills'] };
const PRACTICE: Where = { category: ['practice'] };
const ETHICS: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['ethics'] };
const LITERACY: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['literacy'] };
const EXTERNAL: Where = { level: ['municipal', 'district'] };

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

/** Some credit of any amount: no proportion is taken of it. */
const covering = (figure: string, where: Where, more: readonly Where[] = []): RowCheck =>
  row({ ledger: 'sh-2016', figure, sees: [where, ...more].flatMap((one) => seenByTeachers({ ...EXTERNAL, ...one })), required: { reading: 'someCredit' } });

const IT_COUNTS_AS_KNOWLEDGE: Where = { itCourse: ['general', 'professional'] };

const developmentSchools: readonly RuleSpec[] = [
  credit({
    id: id('1.2-external'),
    source: clause2,
    topic: 'credit/development-school/external',
    params: { credits: 6 },
    summary: text(
      '上海市教师专业发展学校的教师,市级与区级合计不少于6学分,涵盖师德与素养、知识与技能、信息技术通识课程与专业课程。',
      'Teachers of a municipal teacher development school: municipal plus district together at least 6, covering ethics and literacy, knowledge and skills, and the general and professional IT courses.',
    ),
    reading: {
      name: 'replaced',
      text: text(
        '第2条代替第1条的各级别、各类别要求(并行则36学分内要有43学分);总量36不变。“涵盖”只在市级与区级学分中检验:师德与素养、知识与技能、通识与专业课程各有若干认定学分即可,数额不限;信息技术课程属于知识与技能,也可涵盖该类。',
        "Clause 2 replaces the level rows and the category rows of 1.1 (kept, they would ask for 43 of the 36); the total of 36 stays. 'Covering' is tested among municipal and district credits alone: some recognised credit of any amount in each of the four. An IT course is knowledge and skills and covers that category too.",
      ),
      values: { someCredit: '0.01' },
      alternatives: [{ name: 'kept', text: text('第1条的各类别要求与第2条并行适用;各级别要求依其自身文字仍不适用。', 'The category rows of 1.1 hold beside clause 2; its level rows exempt these teachers by their own words.') }],
    },
    check: development(
      allOf(
        {
          external: part(text('市级与区级合计', 'municipal and district together'), teacherRow(id('1.2-external'), 'external', EXTERNAL)),
          ethicsLiteracy: part(text('涵盖师德与素养', 'covers ethics and literacy'), covering('externalEthics', ETHICS_LITERACY)),
          knowledgeSkills: part(text('涵盖知识与技能', 'covers knowledge and skills'), covering('externalKnowledge', KNOWLEDGE, [IT_COUNTS_AS_KNOWLEDGE])),
          itGeneral: part(text('涵盖信息技术通识课程', 'covers the general IT course'), covering('externalItGeneral', GENERAL.where)),
          itProfessional: part(text('涵盖信息技术专业课程', 'covers the professional IT course'), covering('externalItProfessional', PROFESSIONAL.where)),
        },
        'external',
      ),
    ),
  }),
  credit({
    id: id('1.2-school'),
    source: clause2,
    topic: 'credit/development-school/school',
    params: { credits: 30 },
    summary: text('校本研修不少于30学分。', 'There at least 30 school-based credits.'),
    reading: { name: 'any-category', text: text('30学分中各组成部分之外的余数可为任何类别的校本研修。', 'What the parts leave open of the 30 may be school-based training of any category.') },
    check: development(teacherRow(id('1.2-school'), 'school', SCHOOL)),
  }),
  credit({
    id: id('1.2-school-ethics'),
    source: clause2,
    topic: 'credit/development-school/school/ethics',
    params: { credits: [4, 5] },
    summary: text('其中校本师德不少于4学分(规划上限5)。', 'There school-based ethics at least 4 (planning figure 5).'),
    check: development(teacherRow(id('1.2-school-ethics'), 'schoolEthics', ETHICS)),
  }),
  credit({
    id: id('1.2-school-literacy'),
    source: clause2,
    topic: 'credit/development-school/school/literacy',
    params: { credits: [2, 3] },
    summary: text('其中校本素养不少于2学分(规划上限3)。', 'There school-based literacy at least 2 (planning figure 3).'),
    check: development(teacherRow(id('1.2-school-literacy'), 'schoolLiteracy', LITERACY)),
  }),
  credit({
    id: id('1.2-school-practice'),
    source: clause2,
    topic: 'credit/development-school/school/practice',
    params: { credits: [19, 22], itApplied: 1 },
    summary: text('其中校本实践体验不少于19学分(规划上限22),含信息技术实践应用课程1学分。', 'There school-based practice at least 19 (planning figure 22), of which applied IT 1.'),
    check: development(withCourse(id('1.2-school-practice'), 'schoolPractice', { ...SCHOOL, ...PRACTICE }, APPLIED)),
  }),
];

const SELF: Where = { selfDirected: ['yes'] };
const selfDirectedRow = (figure: string, where: Where, param: string): RowCheck => row({ ledger: 'sh-2016', figure, sees: seenByTeachers({ ...SELF, ...where }), required: { param } });
const selfDirectedWhole = () => part(text('自主研修', 'self-directed training'), selfDirectedRow('selfDirected', {}, 'credits'));

const selfDirected: RuleSpec = credit({
  id: id('1.3-self-directed'),
  source: { document: 'sh-2016-credit', clause: '一.3' },
  topic: 'credit/self-directed',
  params: { credits: [3, 5], district: [3, 4], school: 1 },
  summary: text('五年内自主研修3-5学分,其中区级3-4、校级1,计入总量;上海市教师专业发展学校全部计为校级。', '3-5 self-directed credits within the total: district 3-4 and school 1; in a municipal development school all of them school-level.'),
  reading: {
    name: 'three-findings',
    text: text(
      '三项判定:合计3、区级3、校级1,均须满足;合计的要求仍为3,超过5不算不合格。上海市教师专业发展学校只检验合计,任何级别的自主研修课程都记为校级。自主研修是学分的标记,同时计入所在级别、类别与36学分。',
      'Three findings: whole 3, district 3, school 1, all needed; the required figure of the whole stays 3, and more than 5 is no failure. In a municipal development school only the whole is tested and a self-directed course of any level is booked as school-level. Self-directed is a mark on an entry, which also counts in its cell and in the 36.',
    ),
  },
  check: bound(
    either(
      isDevelopmentSchool,
      allOf({ selfDirected: selfDirectedWhole() }, 'selfDirected'),
      allOf(
        {
          selfDirected: selfDirectedWhole(),
          district: part(text('区级', 'district level'), selfDirectedRow('selfDirectedDistrict', DISTRICT, 'district')),
          school: part(text('校级', 'school level'), selfDirectedRow('selfDirectedSchool', SCHOOL, 'school')),
        },
        'selfDirected',
      ),
    ),
  ),
});

/** Part 1, clauses 1 to 3: what every teacher owes, in the order of the document. */
export const credits2016: readonly RuleSpec[] = [total, ...categories, ...municipal, ...district, ...school, ...developmentSchools, selfDirected];
