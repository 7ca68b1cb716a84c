import { amount, choice, type FactSpec, type FieldSpec, field, integer, listOf, record, text } from '../../../src/plugin-kit.ts';

const figure = (zh: string, en: string): FieldSpec => field(amount('credit', { perWhole: 100 }), text(`${zh},学分。`, `${en}, in credits.`), true);

const common: Readonly<Record<string, FieldSpec>> = {
  total: figure('五年累计总学分(不含1.7的18学分)', 'All credits of the five years (without the 18 of 1.7)'),
  ethicsLiteracy: figure('师德与素养', 'Ethics and literacy, all levels'),
  knowledgeSkills: figure('知识与技能', 'Knowledge and skills, all levels'),
  practice: figure('实践体验', 'Practice, all levels'),
  municipal: figure('市级', 'Municipal level'),
  municipalEthics: figure('市级师德与素养', 'Municipal ethics and literacy'),
  municipalKnowledge: figure('市级知识与技能', 'Municipal knowledge and skills'),
  itGeneral: figure('市级知识与技能中的信息技术通识课程', 'General IT-ability course within municipal knowledge and skills'),
  district: figure('区级', 'District level'),
  districtEthics: figure('区级师德与素养', 'District ethics and literacy'),
  districtKnowledge: figure('区级知识与技能', 'District knowledge and skills'),
  itProfessional: figure('区级知识与技能中的信息技术专业课程', 'Professional IT-ability course within district knowledge and skills'),
  school: figure('校本研修', 'School-based training'),
  schoolEthics: figure('校本师德', 'School-based professional ethics'),
  schoolLiteracy: figure('校本素养', 'School-based literacy'),
  schoolPractice: figure('校本实践体验', 'School-based practice'),
  itApplied: figure('校本实践体验中的信息技术实践应用课程', 'Applied IT-ability course within school-based practice'),
  selfDirected: figure('自主研修', 'Self-directed training, all levels'),
};

const developmentSchool: Readonly<Record<string, FieldSpec>> = {
  external: figure('市级与区级合计', 'Municipal and district level together'),
  externalEthics: figure('市级与区级中的师德与素养', 'Ethics and literacy at municipal and district level together'),
  externalKnowledge: figure('市级与区级中的知识与技能(含信息技术课程)', 'Knowledge and skills (IT courses included) at municipal and district level together'),
  externalItGeneral: figure('市级与区级中的信息技术通识课程', 'General IT-ability course at municipal and district level together'),
  externalItProfessional: figure('市级与区级中的信息技术专业课程', 'Professional IT-ability course at municipal and district level together'),
};

const roles: Readonly<Record<string, FieldSpec>> = {
  selfDirectedDistrict: figure('区级自主研修', 'Self-directed training at district level'),
  selfDirectedSchool: figure('校级自主研修', 'Self-directed training at school level'),
  probation: figure('见习教师规范化培训', 'Probation training'),
  headTeacher: figure('班主任专题培训(区级)', 'Special training of head teachers at district level'),
  senior: figure('高级教师在36学分之外的个性化自主研修', 'Individual self-directed credits of a senior teacher on top of the 36'),
  seniorLeading: figure('其中带教指导、课程开发、课题研究等', 'Of these mentoring, course development, research and the like'),
  qualification: figure('校(园)长任职资格培训', 'Qualification training of principals'),
  principal: figure('在任校(园)长培训', 'Training of serving principals'),
  principalFullTime: figure('其中脱产培训', 'Of this full-time'),
  middleLeader: figure('中层干部岗位培训(区级)', 'Post training of middle-level leaders at district level'),
};

const from2021: Readonly<Record<string, FieldSpec>> = {
  municipalPractice: figure('市级实践体验(2021年起)', 'Municipal practice (from 2021)'),
  municipalCounselling: figure('市级生涯与心理辅导能力(2021年起)', 'Municipal: guidance and counselling (from 2021)'),
  municipalSubjectTeaching: figure('市级学科教学能力(2021年起)', 'Municipal: subject teaching (from 2021)'),
  municipalAssessmentDesign: figure('市级作业与命题设计能力(2021年起)', 'Municipal: homework and test design (from 2021)'),
  municipalExperimentTeaching: figure('市级实验教学能力(2021年起)', 'Municipal: experiment teaching (from 2021)'),
  districtPractice: figure('区级实践体验(2021年起)', 'District practice (from 2021)'),
  districtCounselling: figure('区级生涯与心理辅导能力(2021年起)', 'District: guidance and counselling (from 2021)'),
  districtFamilyGuidance: figure('区级家庭教育指导能力(2021年起)', 'District: family guidance (from 2021)'),
  districtSubjectTeaching: figure('区级学科教学能力(2021年起)', 'District: subject teaching (from 2021)'),
  districtAssessmentDesign: figure('区级作业与命题设计能力(2021年起)', 'District: homework and test design (from 2021)'),
  districtExperimentTeaching: figure('区级实验教学能力(2021年起)', 'District: experiment teaching (from 2021)'),
  districtCrossSubject: figure('区级跨学科教学能力(2021年起)', 'District: cross-subject teaching (from 2021)'),
  schoolFamilyGuidance: figure('校级家庭教育指导能力(2021年起)', 'School: family guidance (from 2021)'),
  schoolSubjectTeaching: figure('校级学科教学能力(2021年起)', 'School: subject teaching (from 2021)'),
  schoolAssessmentDesign: figure('校级作业与命题设计能力(2021年起)', 'School: homework and test design (from 2021)'),
  schoolCrossSubject: figure('校级跨学科教学能力(2021年起)', 'School: cross-subject teaching (from 2021)'),
};

export const figureFacts: readonly FactSpec[] = [
  {
    name: 'figures',
    type: record({ ...common, ...developmentSchool, ...roles, ...from2021 }),
    meaning: text(
      '各项学分的合计数,代替学分记录(entries);只需给出所问各项。null与0表示没有。给出合计数时不作分配与冲抵。',
      'Sums of credits by name in place of entries; only those asked about are needed. null or 0: none. With sums nothing is allocated or offset.',
    ),
    suppliedBy: 'school',
    sensitivity: 'personal',
    insteadOf: ['entries'],
  },
  {
    name: 'figuresByYear',
    type: listOf(
      record({
        figure: field(choice({ trainer: text('教师培训者专题研修(市级与区级)', 'special training of teacher trainers, municipal and district') }), text('项目。', 'Which sum.')),
        year: field(integer({ min: 2016, max: 2020 }), text('公历年度,如2018。', 'Calendar year, such as 2018.')),
        amount: field(amount('credit', { perWhole: 100 }), text('该年度的学分。', 'Credits of that year.'), true),
      }),
      20,
    ),
    meaning: text('教师培训者各年度专题研修的合计数,代替学分记录。', 'Sums by year of the special training of teacher trainers, in place of entries.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
    insteadOf: ['entries'],
  },
];
