import { type DecisionSpec, text } from '../../src/plugin-kit.ts';

type Pair = readonly [string, string];
const decision = (name: string, about: DecisionSpec['about'], title: Pair, question: Pair, document: string, rules: readonly string[]): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: rules.map((rule) => `${document}/${rule}`),
});
const onCredits = (name: string, about: DecisionSpec['about'], title: Pair, question: Pair, ...rules: string[]): DecisionSpec => decision(name, about, title, question, 'zj-2016-71', rules);
const onProjects = (name: string, about: DecisionSpec['about'], title: Pair, question: Pair, ...rules: string[]): DecisionSpec => decision(name, about, title, question, 'zj-2019-357', rules);

const PLACES = ['2.3-weak-areas', '2.4-vocational'];

export const decisions: readonly DecisionSpec[] = [
  onCredits('creditCompletion', 'teacher', ['学分(学时)完成情况', 'Completion of credits or class hours'], ['教师是否完成应修的学分?', 'Has the teacher completed the credits that are due?'], '2-cycle', '2-year', '2-new-teacher', '2-new-principal'),
  onCredits('newTeacherTraining', 'teacher', ['新录用教师试用期培训', 'Training of newly hired teachers'], ['试用期培训是否完成?', 'Has the training in probation been completed?'], '2-new-teacher'),
  onCredits('newPrincipalTraining', 'teacher', ['新任校长培训', 'Training of new principals'], ['新任校长培训是否完成?', 'Has the training of the new principal been completed?'], '2-new-principal'),
  onCredits('unvettedTraining', 'entry', ['未经认定机构的培训', 'Training by an institution that was not vetted'], ['这次培训能否计学分?', 'Does this training count?'], '3-unvetted'),
  onProjects(
    'projectSubmission',
    'project',
    ['培训项目申报', 'Submission of a training project'],
    ['所问时刻能否申报这个项目?', 'Can the project be submitted at the moment asked about?'],
    '5.1-submission',
    '3.1-staff',
    '3.1-title',
    '3.1-lead-sessions',
    '3.1-online-90',
    '3.1-online-other',
    '3.3-fees',
    '6.1-experts',
    '4-quota-80',
    '4-quota-50',
    '4-quota-35',
    '4-quota-8',
    '4-quota-local',
    '5.1-held',
  ),
  onProjects('projectReview', 'project', ['培训项目审核', 'Review of a training project'], ['能否审核,是否符合专业特色?', 'Can it be reviewed now, and does it fit the institution’s specialty?'], '5.1-review', '3.1-specialty'),
  onProjects('publication', 'project', ['培训项目发布', 'Publication of a training project'], ['所问时刻能否发布?', 'Can it be published at the moment asked about?'], '5.1-publication'),
  onProjects('sessionDates', 'session', ['班期时间', 'Days of a session'], ['班期是否在举办时间内?', 'Does the session lie in the window?'], '5.1-held'),
  onProjects('timetable', 'session', ['课程表公布', 'Publication of the timetable'], ['课程表是否按时公布?', 'Was the timetable published in time?'], '3.2-timetable'),
  onProjects('projectChange', 'project', ['公布项目的调整', 'Change of a published project'], ['能否作这项调整?', 'Can the change be made?'], '3.2-committed'),
  onProjects('trainingFees', 'project', ['培训收费', 'Training fees'], ['收费标准是否写明、有无另收?', 'Are the fees stated, and was nothing else charged?'], '3.3-fees'),
  onProjects('onlineShare', 'project', ['线上学分占比', 'Share of online credits'], ['线上培训是否符合规定?', 'Is the online part allowed?'], '3.1-online-90', '3.1-online-other'),
  onProjects('hoursConversion', 'project', ['学分折算', 'Conversion to credits'], ['学分是否按学分制管理办法折算?', 'Were the credits converted by the credit rules?'], '3.1-conversion'),
  onProjects('monitoring', 'authority', ['培训质量监控', 'Monitoring of training quality'], ['当地是否有记载在平台上的检查?', 'Has the locality checks on record?'], '3.4-monitoring'),
  onProjects('violationHandling', 'institution', ['违规处理', 'Handling of violations'], ['涉嫌违规如何处理?', 'How is a suspected violation handled?'], '3.5-discipline'),
  onProjects('teacherDataUpdate', 'authority', ['更新教师信息', 'Update of teachers’ data'], ['所问时刻能否录入和更新?', 'Can data be entered at the moment asked about?'], '5.2-data-update'),
  {
    ...onProjects('courseSelection', 'selection', ['自主选课', 'Course selection'], ['教师能否在指明的轮次(selectionRound)选课?', 'Can the teacher select in the round named (selectionRound)?'], '5.3-round-1', '5.3-round-2', '5.3-round-2-only-after-1', ...PLACES),
    asks: ['selectionRound'],
  },
  onProjects('firstRoundSelection', 'selection', ['第一轮选课', 'Course selection, round 1'], ['教师能否在第一轮选课?', 'Can the teacher select in round 1?'], '5.3-round-1', ...PLACES),
  onProjects('secondRoundSelection', 'selection', ['第二轮选课', 'Course selection, round 2'], ['教师能否在第二轮选课?', 'Can the teacher select in round 2?'], '5.3-round-2', '5.3-round-2-only-after-1', ...PLACES),
  onProjects('schoolReview', 'selection', ['学校审核选课', 'The school’s review of a selection'], ['学校是否同意?', 'Has the school approved the selection?'], '2.1-school-review'),
  onProjects('selectionSteps', 'selection', ['选课流程', 'Steps of a selection'], ['选课进行到哪一步?', 'How far is the selection?'], '5.3-steps', '2.1-school-review'),
];
