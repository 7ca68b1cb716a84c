import { allOf, atLeast, complete, conversion, credit, dataRule, either, holds, is, not, notApplicable, onlyFor, part, remark, report, type RuleSpec, text, workflow } from '../../../src/plugin-kit.ts';
import { SCHOOL_STAGES } from '../facts/opinion.ts';
import { enoughDevelopmentSchools } from '../formulas/development-schools.ts';
import { enoughMonths } from '../formulas/enterprise-practice.ts';
import { itHoursInTime } from '../formulas/it-hours.ts';
import { isPublished } from '../formulas/published.ts';
import { ordinaryShares, vocationalShares } from '../formulas/shares.ts';
import { isDevelopmentSchool } from './conditions.ts';

const clause = (name: string) => ({ document: 'sh-2016-opinion', clause: name });
const id = (slug: string): string => `sh-2016-opinion/${slug}`;

const isVocational = is('staffKind', ['vocational']);
const isTeacherHere = is('staffKind', ['school', 'kindergarten', 'vocational']);
/** Researchers (教研员), whom the IT programme names beside teachers and principals, are recorded as other staff. */
const isInItProgramme = is('staffKind', ['school', 'kindergarten', 'vocational', 'other']);
const OTHERS = text('实施意见约束中小学、幼儿园和中等职业学校教师。', 'The opinion binds teachers of schools, kindergartens and secondary vocational schools.');

const managed = (field: string, zh: string, en: string) =>
  part(text(zh, en), holds(`trainerManagement.${field}`, { code: 'NOT_DONE', help: text(`区须做到:${zh}。`, `The district has to see to it: ${en}.`) }));

const covers = (stage: keyof typeof SCHOOL_STAGES) =>
  part(SCHOOL_STAGES[stage], is('onlineCourseStages', [stage], { code: 'INCOMPLETE', help: text(`课程未覆盖${SCHOOL_STAGES[stage].zh}。`, `No course covers the stage: ${SCHOOL_STAGES[stage].en}.`) }));

const assessed = (name: string, en: string) =>
  part(text(name, en), is('itAssessments', [name], { code: 'NOT_DONE', help: text(`须完成${name}。`, `The ${en} has to be completed.`) }));

const inTheSystem: readonly RuleSpec[] = [
  report({
    id: id('1-shares'),
    source: clause('三(一)1'),
    topic: 'training/shares',
    inPrinciple: true,
    guideline: true,
    params: { municipal: ['1/10', '1/5'], district: ['3/10', '2/5'], school: ['2/5', '1/2'], vocationalExternal: '1/2', vocationalSchool: '1/2' },
    summary: text('教师培训的级别比例:市级一至二成,区级三至四成,校本四至五成;中职市区(集团)级与校本各半。', 'Shares of a teacher’s training: municipal 10-20%, district 30-40%, school-based 40-50%; in vocational schools municipal plus district or group one half, school-based the other.'),
    reading: {
      name: 'guideline',
      text: text('指导性比例(“原则上”):各项均在区间之内(含两端;中职为恰好各半)即符合,按精确分数比较,只报告是否符合,不影响判定;上海市教师专业发展学校(中小学、幼儿园)不适用。', 'A guideline (“in principle”): on when every share lies in its range, ends included (vocational: exactly one half each), compared as exact fractions; reported, never blocking. Not applicable in municipal development schools (of school and kindergarten teachers, whom the exemption names).'),
    },
    check: onlyFor(
      isTeacherHere,
      either(isVocational, vocationalShares, onlyFor(not(isDevelopmentSchool), ordinaryShares, text('上海市教师专业发展学校的教师除外。', 'Teachers of municipal development schools are exempt.'))),
      OTHERS,
    ),
  }),
  conversion({
    id: id('1-textbook'),
    source: clause('三(一)1'),
    topic: 'training/textbook',
    summary: text('教材使用培训列入知识与技能课程。', 'Textbook training counts as knowledge and skills.'),
    check: onlyFor(
      isTeacherHere,
      remark(
        'shanghai.textbook-is-knowledge',
        is('textbookTrainingClaimedAs', ['knowledgeSkills', null], { code: 'REFUSED', help: text('教材使用培训只能计入知识与技能。', 'Textbook training can be booked as knowledge and skills only.') }),
      ),
      OTHERS,
    ),
  }),
  dataRule({
    id: id('2-career-stages'),
    source: clause('三(一)2'),
    topic: 'training/career-stages',
    summary: text('培训随职业发展分职初期、成长期、成熟期和高端教师,各有项目,市区联动。', 'Training follows the career: novice, growing, mature and top stage, each with its own programmes; city and districts link up.'),
    reading: { name: 'stage-is-a-fact', text: text('发展阶段是教师的一项事实(careerStage),课程和指南据此筛选。', 'The career stage is a fact of the teacher (`careerStage`), by which courses and guides are filtered.') },
  }),
  credit({
    id: id('4-dual-qualified'),
    source: clause('三(一)4'),
    topic: 'training/enterprise-practice',
    params: { months: 12, cycleYears: 5 },
    summary: text('“双师型”教师每5年在企业实践1年以上。', 'A dual-qualified vocational teacher practises in an enterprise at least 1 year in every 5.'),
    reading: {
      name: 'months-add-up',
      text: text('按月计,12个月为一年(恰好12个月即可),五年内各次相加;五年从 cycleStartOn 起,以结束日期归入。非双师型教师不适用。', 'Counted in months, 12 make the year (exactly 12 is enough); stays add up within the five years, which begin on `cycleStartOn`; a stay lies where it ended. Not applicable to who is not dual-qualified.'),
    },
    assumes: { staffKind: { value: 'vocational', because: text('未说明时,问“双师型”教师的即指中等职业学校教师。', 'Where nothing is said, who asks about dual-qualified teachers means a teacher of a secondary vocational school.') } },
    check: onlyFor(isVocational, onlyFor(holds('dualQualified'), enoughMonths, text('只约束“双师型”教师。', 'Binds dual-qualified teachers only.')), text('只约束中等职业学校的“双师型”教师。', 'Binds dual-qualified teachers of secondary vocational schools only.')),
  }),
  dataRule({
    id: id('5-trainers'),
    source: clause('三(一)5'),
    topic: 'training/trainers',
    summary: text('兼职培训者登记管理,按学段学科建专家库,考核评价、动态管理。', 'Part-time trainers are registered; an expert pool by stage and subject; trainers are appraised and can leave the pool.'),
    reading: { name: 'trainer-title-encouraged', text: text('区或集团的“教师培训师”制度只是鼓励,没有不算不合格。', 'A 教师培训师 system of a district or group is encouraged only: its absence is no failure.') },
    check: allOf({
      registered: managed('partTimeTrainersRegistered', '兼职培训者登记在册', 'part-time trainers are registered'),
      expertPool: managed('expertPoolByStageAndSubject', '按学段、学科建立专家库', 'an expert pool by stage and subject'),
      appraised: managed('trainersAppraised', '考核评价培训者', 'trainers are appraised'),
      canLeave: managed('trainersCanLeave', '培训者队伍动态管理', 'trainers can leave the pool'),
      trainerTitle: part(text('“教师培训师”制度', 'a 教师培训师 system'), notApplicable('ENCOURAGED', text('只是鼓励。', 'Encouraged only.'))),
    }),
  }),
  workflow({
    id: id('6-self-selection'),
    source: clause('三(一)6'),
    topic: 'training/self-selection',
    summary: text('鼓励教师自主选择课程、机构和时间;区按层次提要求,学校管理选学。', 'Teachers choose course, institution and time themselves; districts set demands per tier, schools manage the choosing.'),
    check: notApplicable('ENCOURAGED', text('自主选学为鼓励推行,不作为义务检验。', 'Choosing for oneself is encouraged and not tested as a duty.')),
  }),
];

const standards: readonly RuleSpec[] = [
  workflow({
    id: id('7-admission'),
    source: clause('三(二)7'),
    topic: 'training/admission',
    summary: text('培训机构资质认定,社会第三方资源和课程按公布的条件准入。', 'Training bodies are recognised and third-party courses admitted by published conditions.'),
    reading: { name: 'admitted-first', text: text('未经准入的第三方资源或课程不得进入平台。', 'A third party’s resource or course that was not admitted cannot enter the platform.') },
    check: onlyFor(
      is('resourceProvider', ['thirdParty']),
      holds('resourceAdmitted', { help: text('先按公布的条件申请准入。', 'Apply for admission under the published conditions first.') }),
      text('准入条件针对社会第三方。', 'The conditions of admission are for third parties.'),
    ),
  }),
  workflow({
    id: id('8-premium-courses'),
    source: clause('三(二)8'),
    topic: 'training/premium-courses',
    summary: text('精品课程跨学段、学科申报、开发和认定。', 'Premium courses are proposed, developed and recognised across stages and subjects.'),
  }),
  report({
    id: id('10-development-schools'),
    source: clause('三(二)10'),
    topic: 'training/development-schools',
    params: { schoolsPer: 10, vocationalShare: '1/10', phases: ['申报与评审', '结对与帮扶', '交流与展示', '总结与年检', '滚动与退出'] },
    summary: text('各区每10所学校至少1所市或区级教师专业发展学校,全市中职一成;申报评审、结对、年检,可退出。', 'In each district at least 1 of every 10 schools is a municipal or district teacher development school, of the city’s vocational schools 10%; applied for, reviewed, paired, checked every year, can be withdrawn.'),
    reading: {
      name: 'rounded-up',
      text: text('各区和全市中职分别计算,不足10所的部分进一。', 'Rounded up, in each district and for the city’s vocational schools.'),
      values: { rounded: 'up' },
      alternatives: [{ name: 'rounded-down', text: text('不足10所的部分舍去。', 'Rounded down.'), values: { rounded: 'down' } }],
    },
    check: enoughDevelopmentSchools,
  }),
];

const platform: readonly RuleSpec[] = [
  workflow({
    id: id('11-shared-courses'),
    source: clause('三(三)11'),
    topic: 'training/shared-courses',
    summary: text('向市、区、校、高校和培训机构征集遴选共享课程,第三方优质课程有畅通渠道,精品予以奖励。', 'Shared courses are called for and selected from city, districts, schools, universities and training bodies; good third-party courses get a clear way in; premium ones are rewarded.'),
  }),
  dataRule({
    id: id('12-platform'),
    source: clause('三(三)12'),
    topic: 'training/platform',
    summary: text('统一身份认证,选课、组班、学分管理,与区平台和第三方平台交换数据,以数据分析支持档案和规划。', 'Unified sign-on; course selection, class grouping and credit management; exchange with other systems; analysis for archives and planning.'),
  }),
  report({
    id: id('13-guide'),
    source: clause('三(三)13'),
    topic: 'training/course-guide',
    params: { channels: ['PC', '移动互联网APP', '微信'], devices: ['电脑', '平板电脑', '手机'] },
    summary: text('定期发布各级各类教师选课指南,多渠道多终端推送课程、制定并跟踪学习计划。', 'Course guides are published per level and kind of teacher; courses are pushed to the individual with a tracked learning plan, on every kind of device.'),
    check: isPublished('courseGuidePublishedOn', text('选课指南', 'course guide')),
  }),
];

const forms: readonly RuleSpec[] = [
  report({
    id: id('14-online-courses'),
    source: clause('三(四)14'),
    topic: 'training/online-courses',
    params: { courses: 200 },
    summary: text('研修一体网络课程不少于200门,覆盖学前、小学、初中、高中、中职各学段学科。', 'At least 200 integrated online courses covering all stages (preschool, primary, junior, senior, vocational) and subjects.'),
    check: allOf(
      {
        courses: part(text('课程门数', 'number of courses'), atLeast({ fact: 'onlineCourseCount' }, { param: 'courses' }, 'course')),
        preschool: covers('preschool'),
        primary: covers('primary'),
        junior: covers('junior'),
        senior: covers('senior'),
        vocational: covers('vocational'),
      },
      'courses',
    ),
  }),
  dataRule({
    id: id('16-school-based'),
    source: clause('三(四)16'),
    topic: 'training/school-based-forms',
    summary: text('校本研修有讲座、案例、课例、工作坊、观摩、网络研修、企业实践等方式,分层次、专题化开展。', 'School-based training has named forms (lecture, case analysis, lesson study, workshop, observation, online study, enterprise practice ...), planned by topic and stage.'),
    reading: { name: 'form-is-a-field', text: text('研修方式是校本研修活动的必填项。', 'The form is a required field of a school-based activity.') },
    check: complete('schoolActivities', ['form'], { help: text('须写明研修方式。', 'The form of the activity has to be stated.') }),
  }),
  credit({
    id: id('17-it-hours'),
    source: clause('三(四)17'),
    topic: 'credit/it-ability',
    params: { classHours: 50, by: '2017-12-31', assessments: ['培训前诊断性测评', '学习阶段测评', '实践阶段测评'] },
    summary: text('至2017年底每位教师、校长、教研员完成不少于50学时信息技术培训及三次测评。', 'By the end of 2017 every teacher, principal and researcher completes at least 50 class hours of IT-ability training, with three assessments.'),
    reading: {
      name: 'instant-of-the-50th-hour',
      text: text('学时不论何时取得都计;以完成第50学时的时刻与2017年12月31日终了相比,逾期为不合格而学时不缺。中等职业学校包括在内,教研员可记为其他人员。按10学时1学分,50学时即第三部分第5条的1+3+1学分。', 'Hours count whenever they were taken; the instant at which the 50th was completed is compared with the end of 2017-12-31. Later is not met for being late, with no shortfall in hours. Vocational schools included; researchers may be recorded as other staff. At 10 hours a credit the 50 are the 1 + 3 + 1 of 3.5.'),
    },
    check: onlyFor(
      isInItProgramme,
      allOf(
        {
          hours: part(text('信息技术培训学时', 'class hours of IT-ability training'), itHoursInTime),
          before: assessed('培训前诊断性测评', 'diagnostic assessment before the training'),
          learning: assessed('学习阶段测评', 'assessment in the learning stage'),
          practice: assessed('实践阶段测评', 'assessment in the practice stage'),
        },
        'hours',
      ),
      OTHERS,
    ),
  }),
];

const safeguards: readonly RuleSpec[] = [
  report({
    id: id('performance'),
    source: clause('四(三)'),
    topic: 'training/performance',
    summary: text('定期开展培训项目绩效评估,以数据分析预警、诊断和干预。', 'Performance of training projects is evaluated; analysis warns early, diagnoses and prompts intervention.'),
  }),
  report({
    id: id('funding'),
    source: clause('四(四)'),
    topic: 'training/funding',
    summary: text('市区分别保障本级经费,向乡村教师倾斜,经费使用受监管。', 'Municipality and district fund their own level; rural teachers get more; use of funds is supervised.'),
  }),
  dataRule({
    id: id('organisation'),
    source: clause('四(一)'),
    topic: 'training/organisation',
    params: { municipalCentre: '上海市师资培训中心', vocationalSupport: '上海市教委教育技术装备中心', firstResponsible: '校长', office: '上海市教师专业发展工程领导小组办公室' },
    summary: text('市师资培训中心协调、咨询、检查全市教师教育,装备中心协助中职教师培训,校长是学校培训第一责任人。', 'The municipal centre coordinates, advises and inspects; the equipment centre helps with vocational teachers; the principal is the first person responsible for a school’s training.'),
  }),
];

export const opinionRules: readonly RuleSpec[] = [...inTheSystem, ...standards, ...platform, ...forms, ...safeguards];
