import { allOf, complete, dataRule, either, is, part, refused, report, type RuleSpec, steps, text, workflow } from '../../../src/plugin-kit.ts';
import { isPublished } from '../formulas/published.ts';

const clause = (name: string) => ({ document: 'sh-2016-credit', clause: name });
const NO_REPORT = text('培训结束后须及时反馈学员参训情况和学习成效。', 'After a training attendance and result of each trainee have to be reported in time.');

export const managementRules: readonly RuleSpec[] = [
  workflow({
    id: 'sh-2016-credit/5.1-recognition',
    source: clause('五.1'),
    topic: 'credit/management/recognition',
    params: { steps: ['学校申报', '区县审核', '市级认定'], recognisedBy: '上海市师资培训中心', feedbackTo: ['区县'] },
    summary: text('学分按周期由学校申报、区县审核、市级认定,结果反馈区县。', 'Cycle by cycle credits are declared by the school, reviewed by the district, recognised by the municipality; the result goes back to the district.'),
    reading: { name: 'no-step-skipped', text: text('不得跳过步骤,不得由其他单位代办;次序不对的予以退回。', 'No step is skipped and none is done by another body; out of order it is refused.') },
    check: steps('recognitionSteps', { param: 'steps' }, {
      actors: { 学校申报: '学校', 区县审核: '区县', 市级认定: '上海市师资培训中心' },
      help: text('依次为学校申报、区县审核、上海市师资培训中心认定。', 'In this order: declared by the school, reviewed by the district, recognised by the Shanghai centre for teacher training.'),
    }),
  }),
  workflow({
    id: 'sh-2016-credit/5.1-feedback',
    source: clause('五.1'),
    topic: 'credit/management/feedback',
    summary: text('承担培训的机构及时将学员参训情况和学习成效反馈教育行政部门或学校。', 'The body that ran a training reports each trainee’s attendance and result in time to the education authority or the school.'),
    check: either(
      is('trainingFeedback', [null]),
      refused(NO_REPORT, 'NOT_DONE'),
      allOf({
        from: part(text('由承担机构反馈', 'reported by the body that ran it'), is('trainingFeedback.from', ['organiser'], { help: text('由承担培训任务的机构反馈。', 'The body that ran the training reports.') })),
        to: part(text('反馈给教育行政部门或学校', 'to the education authority or the school'), is('trainingFeedback.to', ['educationAuthority', 'school'], { help: text('反馈给教育行政部门或学校。', 'It goes to the education authority or the school.') })),
        trainees: part(text('每名学员的参训情况和成效', 'attendance and result of each trainee'), complete('trainingFeedback.trainees', ['attendance', 'result'], { atLeastOne: true, help: NO_REPORT })),
      }),
    ),
  }),
  dataRule({
    id: 'sh-2016-credit/5.1-archive',
    source: clause('五.1'),
    topic: 'credit/management/archive',
    params: { review: '每年', feedbackTo: ['市级', '教师所在学校'] },
    summary: text('区县为教师建立培训档案,按年度审核并反馈市级和学校。', 'The district keeps each teacher’s archive and reviews it every year, with feedback to the municipality and the school.'),
    reading: { name: 'required-fields', text: text('课程、学习成效、学时或学分为条目的必填项。', 'Course, learning result, and hours or credits are required fields of an entry.') },
    check: complete('archiveEntries', ['course', 'result', 'hours|credits'], { help: text('条目须有课程、学习成效、学时或学分。', 'An entry needs course, learning result, and hours or credits.') }),
  }),
  workflow({
    id: 'sh-2016-credit/5.2-duties',
    source: clause('五.2'),
    topic: 'credit/management/duties',
    params: { school: '学校', district: '区县教师进修院校', municipal: '上海市师资培训中心' },
    summary: text('学校管校本学分,区县进修院校管区级学分并制定细则,市师资培训中心管市级学分、全市查询和跨区结算。', 'The school runs school-based credits, the district college district credits and detailed rules, the municipal centre municipal credits, city-wide queries and cross-district settlement.'),
  }),
  dataRule({
    id: 'sh-2016-credit/5.3-credit-bank',
    source: clause('五.3'),
    topic: 'credit/management/credit-bank',
    summary: text('学分申报、审核、认定、查询一站办理,教师电子档案与学分银行互联互通。', 'One stop for declaring, reviewing, recognising and querying credits; electronic archives and a connected credit bank.'),
  }),
  report({
    id: 'sh-2016-credit/5.4-monitoring',
    source: clause('五.4'),
    topic: 'credit/management/monitoring',
    summary: text('学分监测分级负责,定期发布监测报告。', 'Credits are monitored with duties per level, and periodic reports are published.'),
    check: isPublished('monitoringReportPublishedOn', text('学分监测的周期报告', 'periodic report on credits')),
  }),
];
