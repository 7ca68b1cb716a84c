import { allOf, type Check, credit, either, onlyFor, part, type RowCheck, type RuleSpec, row, text } from '../../../src/plugin-kit.ts';
import { isDevelopmentSchool, NOT_DEVELOPMENT_SCHOOL, seenByTeachers } from './conditions.ts';
import { APPLIED, bound, DISTRICT, ETHICS, ETHICS_LITERACY, GENERAL, id, KNOWLEDGE, LITERACY, PRACTICE, PROFESSIONAL, SCHOOL, teacherRow, type Where, withCourse } from './rows-2016.ts';

const clause2 = { document: 'sh-2016-credit', clause: '一.2' };
const EXTERNAL: Where = { level: ['municipal', 'district'] };
const development = (check: Check): Check => bound(onlyFor(isDevelopmentSchool, check, NOT_DEVELOPMENT_SCHOOL));

/** Some credit of any amount: no proportion is taken of it. */
const covering = (figure: string, where: Where, more: readonly Where[] = []): RowCheck =>
  row({ ledger: 'sh-2016', figure, sees: [where, ...more].flatMap((one) => seenByTeachers({ ...EXTERNAL, ...one })), required: { reading: 'someCredit' } });

const IT_COUNTS_AS_KNOWLEDGE: Where = { itCourse: ['general', 'professional'] };

/** Part 1, clause 2: what teachers of municipal development schools owe in place of the rows of clause 1. */
export const developmentSchools2016: readonly RuleSpec[] = [
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
const selfDirectedWhole = (where: Where) => part(text('自主研修', 'self-directed training'), selfDirectedRow('selfDirected', where, 'credits'));

/** Part 1, clause 3, which asks less of the levels in a municipal development school. */
export const selfDirected2016: RuleSpec = credit({
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
      // Booked as school-level whoever ran it, so that what is still to come lies there too and fills no row of other levels.
      allOf({ selfDirected: selfDirectedWhole(SCHOOL) }, 'selfDirected'),
      allOf(
        {
          selfDirected: selfDirectedWhole({}),
          district: part(text('区级', 'district level'), selfDirectedRow('selfDirectedDistrict', DISTRICT, 'district')),
          school: part(text('校级', 'school level'), selfDirectedRow('selfDirectedSchool', SCHOOL, 'school')),
        },
        'selfDirected',
      ),
    ),
  ),
});
