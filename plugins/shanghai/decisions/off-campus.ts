import { type DecisionSpec, text } from '../../../src/plugin-kit.ts';

const decision = (name: string, about: DecisionSpec['about'], title: [string, string], question: [string, string], rules: readonly string[], asks?: readonly string[]): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: rules.map((rule) => `sh-2023-offcampus/${rule}`),
  ...(asks ? { asks } : {}),
});

export const offCampusDecisions: readonly DecisionSpec[] = [
  decision('trainerCertificate', 'trainer', ['“培训师”证书', 'Trainer certificate'], ['能否获得“培训师”证书?', 'Can the trainer certificate be issued?'], ['1-certificate', '1-members']),
  decision('certificationFigures', 'authority', ['能力评定人数', 'Numbers of the assessment'], ['多少人未获证,获证率多少?', 'How many were not certified, and what is the rate?'], ['1-figures']),
  decision('continuingEducation', 'course', ['继续教育课程', 'Course of continuing education'], ['课程分类是否齐全?', 'Is the course classified completely?'], ['2-continuing-education']),
  decision('yearlyHours', 'trainer', ['继续教育学时', 'Hours of continuing education'], ['继续教育学时够不够?', 'Are the hours of continuing education enough?'], ['2-continuing-education'], ['continuingEducationHours']),
  decision('complaint', 'trainer', ['师德师风投诉', 'Complaint'], ['能否登记投诉?', 'Can the complaint be filed?'], ['3-complaints']),
  decision('blacklistEntry', 'trainer', ['列入黑名单', 'Entry in the blacklist'], ['能否列入黑名单?', 'May the person be entered in the blacklist?'], ['3-blacklist']),
  decision('hiring', 'trainer', ['聘用黑名单人员', 'Hiring and the blacklist'], ['能否聘用、留用、解聘或拒绝录用?', 'May the person be hired, kept, dismissed or refused?'], ['3-blacklist']),
];
