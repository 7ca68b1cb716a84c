import { type DecisionSpec, text } from '../../../src/plugin-kit.ts';

const decision = (name: string, about: DecisionSpec['about'], title: [string, string], question: [string, string], rule: string): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: [`sh-2016-opinion/${rule}`],
});

export const opinionDecisions: readonly DecisionSpec[] = [
  decision('trainingShares', 'teacher', ['各级培训比例', 'Shares of training by level'], ['各级培训的比例是否在指导区间内?', 'Do the shares of training by level lie on the guideline?'], '1-shares'),
  decision('textbookTraining', 'entry', ['教材使用培训', 'Textbook training'], ['教材使用培训计入哪一类?', 'As which category does textbook training count?'], '1-textbook'),
  decision('enterprisePractice', 'teacher', ['企业实践', 'Practice in enterprises'], ['双师型教师的企业实践是否够时间?', 'Has the dual-qualified teacher practised long enough in an enterprise?'], '4-dual-qualified'),
  decision('trainerManagement', 'authority', ['培训者队伍管理', 'Management of trainers'], ['区对培训者的管理是否到位?', 'Does the district manage its trainers as it has to?'], '5-trainers'),
  decision('selfSelection', 'selection', ['自主选学', 'Choosing for oneself'], ['自主选学是否义务?', 'Is choosing for oneself a duty?'], '6-self-selection'),
  decision('platformEntry', 'course', ['资源进入平台', 'Entry to the platform'], ['资源或课程能否进入平台?', 'May the resource or course enter the platform?'], '7-admission'),
  decision('developmentSchools', 'authority', ['教师专业发展学校数量', 'Number of development schools'], ['教师专业发展学校是否够数?', 'Are there enough teacher development schools?'], '10-development-schools'),
  decision('courseGuide', 'authority', ['选课指南', 'Course guide'], ['选课指南是否发布?', 'Was the course guide published?'], '13-guide'),
  decision('onlineCourses', 'authority', ['网络课程建设', 'Online courses'], ['网络课程是否够数并覆盖各学段?', 'Are there enough online courses, covering every stage?'], '14-online-courses'),
  decision('schoolBasedActivity', 'session', ['校本研修活动', 'School-based activity'], ['活动是否写明研修方式?', 'Do the activities state their form?'], '16-school-based'),
  decision('itAbility', 'teacher', ['信息技术应用能力培训', 'IT-ability training'], ['50学时和三次测评是否按期完成?', 'Were the class hours and the three assessments completed in time?'], '17-it-hours'),
];
