import { type DecisionSpec, text } from '../../src/plugin-kit.ts';

const decision = (name: string, about: DecisionSpec['about'], title: [string, string], question: [string, string], rules: readonly string[]): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: rules.map((rule) => `kb-2022-offcampus/${rule}`),
});

export const decisions: readonly DecisionSpec[] = [
  decision('masterSelection', 'selection', ['校外名师评选', 'Selection of off-campus masters'], ['评选进行到哪一步,能否列入白名单?', 'How far is the selection, and is the applicant on the whitelist?'], ['1-selection']),
  decision('studioAdmission', 'institution', ['名师工作室准入', 'Admission of a master-teacher studio'], ['能否设立名师工作室?', 'Can the studio be admitted?'], ['1-studio']),
  decision('hiring', 'trainer', ['聘用校外名师', 'Hiring an off-campus master'], ['学校能否聘用这位名师?', 'Can a school hire this master?'], ['2-hire']),
  decision('studentSelection', 'course', ['学生选课', 'Students’ choice of courses'], ['课程能否供选,各方行为是否得当?', 'Can the course be chosen, and did each act by whom it may?'], ['2-student-selection']),
  decision('starRating', 'institution', ['机构星级评价', 'Star rating of an institution'], ['评价是否完整、几星、是否公示?', 'Is the rating complete, how many stars does it give, was it published?'], ['3-stars']),
  decision('exit', 'institution', ['机构退出', 'Exit of an institution'], ['机构能否继续留在平台?', 'May the institution stay?'], ['3-exit']),
  decision('institutionRecord', 'institution', ['机构档案', 'Record of an institution'], ['机构档案是否齐全?', 'Is the record of the institution complete?'], ['3-identities']),
  decision('yearlyHours', 'teacher', ['年度培训学时', 'Yearly training hours'], ['教师各年培训学时是否达标?', 'Did the teacher get the training hours of each year?'], ['3-hours']),
  decision('trainingDuty', 'institution', ['机构组织培训的义务', 'An institution’s duty to organise training'], ['机构是否定期组织两类培训?', 'Does the institution organise both kinds of training regularly?'], ['3-hours']),
  decision('jointResearch', 'institution', ['联合教研团队', 'Joint research team'], ['团队组成是否齐全?', 'Is the team complete?'], ['3-joint-research']),
];
