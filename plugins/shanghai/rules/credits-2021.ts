import { allOf, type Check, credit, onlyFor, type Part, part, type RuleSpec, row, text, type Text } from '../../../src/plugin-kit.ts';
import { ABILITIES } from '../ledgers/coordinates.ts';
import { isBound, isOrdinarySchool, OTHER_STAFF, unlessExcepted } from './conditions.ts';

type Where = Readonly<Record<string, readonly string[]>>;

const SOURCE = { document: 'sh-2021-credit', clause: '一.1' };
const sees = (where: Where) => [{ pool: 'common', where }];
const rowOf = (figure: string, where: Where, param = 'credits') => row({ ledger: 'sh-2021', figure, sees: sees(where), required: { param } });
const bound = (check: Check): Check => onlyFor(isBound, check, OTHER_STAFF);

const ETHICS_LITERACY: Where = { category: ['ethicsLiteracy'] };
const KNOWLEDGE: Where = { category: ['knowledgeSkills'] };
const PRACTICE: Where = { category: ['practice'] };

const ability = (figure: string, where: Where, name: string): Part => part(ABILITIES[name] ?? text(name, name), rowOf(figure, { ...where, ability: [name] }, `abilities.${name}`));
const whole = (figure: string, where: Where): Part => part(text('学分', 'credits'), rowOf(figure, where));
const named = (label: Text, figure: string, where: Where, param: string): Part => part(label, rowOf(figure, where, param));

const LABELS = {
  ethicsLiteracy: text('师德与素养', 'ethics and literacy'),
  knowledgeSkills: text('知识与技能', 'knowledge and skills'),
  practice: text('实践体验', 'practice'),
  ethics: text('师德', 'professional ethics'),
  literacy: text('素养', 'literacy'),
};

const rule = (slug: string, spec: Omit<RuleSpec, 'id' | 'kind' | 'source'>): RuleSpec => credit({ id: `sh-2021-credit/${slug}`, source: SOURCE, ...spec });

const categories: readonly RuleSpec[] = [
  rule('1.1-total', {
    topic: 'credit/total',
    succeeds: 'sh-2016-credit/1.1-total',
    carriesOut: 'cn-2011-1/cycle-hours',
    params: { credits: 36, cycleYears: 5 },
    summary: text('五年累计不少于36学分。', 'At least 36 credits in five years.'),
    reading: {
      name: 'home-cells',
      text: text(
        '周期为2021年至2025年。该办法的冲抵等条款未读:各项按学分原有级别与类别判定;差额不超过其他单元在自身要求之外所余的,结论为未定(冲抵规则未知)。',
        'The cycle is 2021-2025. Its offsets were not read: rows are decided on home cells, and a row short by no more than what other cells hold beyond their own minima is undetermined.',
      ),
    },
    check: bound(rowOf('total', {})),
  }),
  rule('1.1-ethics-literacy', {
    topic: 'credit/ethics-literacy',
    succeeds: 'sh-2016-credit/1.1-ethics-literacy',
    params: { credits: 8 },
    summary: text('其中师德与素养不少于8学分。', 'Of these ethics and literacy at least 8.'),
    check: bound(rowOf('ethicsLiteracy', ETHICS_LITERACY)),
  }),
  rule('1.1-knowledge-skills', {
    topic: 'credit/knowledge-skills',
    succeeds: 'sh-2016-credit/1.1-knowledge-skills',
    params: { credits: 10 },
    summary: text('知识与技能不少于10学分。', 'Knowledge and skills at least 10.'),
    check: bound(rowOf('knowledgeSkills', KNOWLEDGE)),
  }),
  rule('1.1-practice', {
    topic: 'credit/practice',
    succeeds: 'sh-2016-credit/1.1-practice',
    params: { credits: 14 },
    summary: text('实践体验不少于14学分。', 'Practice at least 14.'),
    check: bound(rowOf('practice', PRACTICE)),
  }),
  rule('1.1-self-directed', {
    topic: 'credit/self-directed',
    succeeds: 'sh-2016-credit/1.3-self-directed',
    params: { credits: 4 },
    summary: text('自主选修课程4学分,单列为一类。', 'Self-directed courses 4; here a category of its own.'),
    check: bound(rowOf('selfDirected', { category: ['selfDirected'] })),
  }),
];

const MUNICIPAL: Where = { level: ['municipal'] };
const DISTRICT: Where = { level: ['district'] };
const SCHOOL: Where = { level: ['school'] };
const at = (level: Where, category: Where): Where => ({ ...level, ...category });

const municipal = rule('1.1-municipal', {
  topic: 'credit/municipal',
  succeeds: 'sh-2016-credit/1.1-municipal',
  inPrinciple: true,
  params: { credits: 7, ethicsLiteracy: 2, knowledgeSkills: 4, practice: 1, abilities: { counselling: 1, subjectTeaching: 2, assessmentDesign: 1, itGeneral: 1, experimentTeaching: 1 } },
  summary: text(
    '市级原则上不少于7学分:师德与素养2(含辅导能力1)、知识与技能4(含学科教学2、作业与命题1、信息技术通识1)、实践体验1(实验教学);上海市教师专业发展学校除外。',
    'In principle at least 7 municipal credits: ethics and literacy 2 with 1 of guidance and counselling; knowledge and skills 4 with 2 of subject teaching, 1 of homework and test design, 1 of general IT; practice 1 of experiment teaching. Not for municipal development schools.',
  ),
  check: bound(
    onlyFor(
      isOrdinarySchool,
      unlessExcepted(
        'sh-2021-credit/1.1-municipal',
        allOf(
          {
            credits: whole('municipal', MUNICIPAL),
            ethicsLiteracy: named(LABELS.ethicsLiteracy, 'municipalEthics', at(MUNICIPAL, ETHICS_LITERACY), 'ethicsLiteracy'),
            counselling: ability('municipalCounselling', at(MUNICIPAL, ETHICS_LITERACY), 'counselling'),
            knowledgeSkills: named(LABELS.knowledgeSkills, 'municipalKnowledge', at(MUNICIPAL, KNOWLEDGE), 'knowledgeSkills'),
            subjectTeaching: ability('municipalSubjectTeaching', at(MUNICIPAL, KNOWLEDGE), 'subjectTeaching'),
            assessmentDesign: ability('municipalAssessmentDesign', at(MUNICIPAL, KNOWLEDGE), 'assessmentDesign'),
            itGeneral: ability('itGeneral', at(MUNICIPAL, KNOWLEDGE), 'itGeneral'),
            practice: named(LABELS.practice, 'municipalPractice', at(MUNICIPAL, PRACTICE), 'practice'),
            experimentTeaching: ability('municipalExperimentTeaching', at(MUNICIPAL, PRACTICE), 'experimentTeaching'),
          },
          'credits',
        ),
      ),
      text('上海市教师专业发展学校的教师除外。', 'Teachers of municipal development schools are exempt.'),
    ),
  ),
});

const district = rule('1.1-district', {
  topic: 'credit/district',
  succeeds: 'sh-2016-credit/1.1-district',
  params: { credits: 10, ethicsLiteracy: 2, knowledgeSkills: 6, practice: 2, abilities: { counselling: 1, familyGuidance: 1, subjectTeaching: 2, assessmentDesign: 1, itProfessional: '1.5', experimentTeaching: 1, crossSubjectTeaching: 1 } },
  summary: text(
    '区级不少于10学分:师德与素养2(含辅导1、家庭教育指导1)、知识与技能6(含学科教学2、作业与命题1、信息技术专业1.5)、实践体验2(含实验教学1、跨学科教学1)。',
    'At least 10 district credits: ethics and literacy 2 with 1 of counselling and 1 of family guidance; knowledge and skills 6 with 2 of subject teaching, 1 of homework and test design, 1.5 of professional IT; practice 2 with 1 of experiment and 1 of cross-subject teaching.',
  ),
  check: bound(
    allOf(
      {
        credits: whole('district', DISTRICT),
        ethicsLiteracy: named(LABELS.ethicsLiteracy, 'districtEthics', at(DISTRICT, ETHICS_LITERACY), 'ethicsLiteracy'),
        counselling: ability('districtCounselling', at(DISTRICT, ETHICS_LITERACY), 'counselling'),
        familyGuidance: ability('districtFamilyGuidance', at(DISTRICT, ETHICS_LITERACY), 'familyGuidance'),
        knowledgeSkills: named(LABELS.knowledgeSkills, 'districtKnowledge', at(DISTRICT, KNOWLEDGE), 'knowledgeSkills'),
        subjectTeaching: ability('districtSubjectTeaching', at(DISTRICT, KNOWLEDGE), 'subjectTeaching'),
        assessmentDesign: ability('districtAssessmentDesign', at(DISTRICT, KNOWLEDGE), 'assessmentDesign'),
        itProfessional: ability('itProfessional', at(DISTRICT, KNOWLEDGE), 'itProfessional'),
        practice: named(LABELS.practice, 'districtPractice', at(DISTRICT, PRACTICE), 'practice'),
        experimentTeaching: ability('districtExperimentTeaching', at(DISTRICT, PRACTICE), 'experimentTeaching'),
        crossSubjectTeaching: ability('districtCrossSubject', at(DISTRICT, PRACTICE), 'crossSubjectTeaching'),
      },
      'credits',
    ),
  ),
});

const ETHICS: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['ethics'] };
const LITERACY: Where = { ...SCHOOL, ...ETHICS_LITERACY, subcategory: ['literacy'] };

const school = rule('1.1-school', {
  topic: 'credit/school',
  succeeds: 'sh-2016-credit/1.1-school',
  params: { credits: 15, ethics: 2, literacy: 2, practice: 11, abilities: { familyGuidance: 1, subjectTeaching: 2, assessmentDesign: 1, crossSubjectTeaching: 1, itApplied: '2.5' } },
  summary: text(
    '校本研修不少于15学分:师德2,素养2(含家庭教育指导1),实践体验11(含学科教学2、作业与命题1、跨学科教学1、信息技术应用2.5)。',
    'At least 15 school-based credits: ethics 2; literacy 2 with 1 of family guidance; practice 11 with 2 of subject teaching, 1 of homework and test design, 1 of cross-subject teaching, 2.5 of applied IT.',
  ),
  check: bound(
    allOf(
      {
        credits: whole('school', SCHOOL),
        ethics: named(LABELS.ethics, 'schoolEthics', ETHICS, 'ethics'),
        literacy: named(LABELS.literacy, 'schoolLiteracy', LITERACY, 'literacy'),
        familyGuidance: ability('schoolFamilyGuidance', LITERACY, 'familyGuidance'),
        practice: named(LABELS.practice, 'schoolPractice', at(SCHOOL, PRACTICE), 'practice'),
        subjectTeaching: ability('schoolSubjectTeaching', at(SCHOOL, PRACTICE), 'subjectTeaching'),
        assessmentDesign: ability('schoolAssessmentDesign', at(SCHOOL, PRACTICE), 'assessmentDesign'),
        crossSubjectTeaching: ability('schoolCrossSubject', at(SCHOOL, PRACTICE), 'crossSubjectTeaching'),
        itApplied: ability('itApplied', at(SCHOOL, PRACTICE), 'itApplied'),
      },
      'credits',
    ),
  ),
});

/** What every teacher owes in 2021-2025: the same questions with other numbers. */
export const credits2021: readonly RuleSpec[] = [...categories, municipal, district, school];
