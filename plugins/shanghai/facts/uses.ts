import { amount, choice, dayType, type FactSpec, field, listOf, record, text, textType, type Text } from '../../../src/plugin-kit.ts';

const periodOf = (what: Text) =>
  record({
    from: field(dayType(), text(`${what.zh}的第一天,如 "2016-01-01"`, `First day of ${what.en}, such as "2016-01-01"`)),
    to: field(dayType(), text(`${what.zh}的最后一天(含),如 "2020-12-31"`, `Last day of ${what.en}, included, such as "2020-12-31"`)),
  });

/** Bodies as the order of recognition names them. */
export const BODIES = {
  学校: text('学校', 'the school'),
  区县: text('区县', 'the district'),
  上海市师资培训中心: text('上海市师资培训中心', 'the Shanghai centre for teacher training'),
  其他: text('其他单位', 'another body'),
};

export const useFacts: readonly FactSpec[] = [
  {
    name: 'registrationPeriod',
    type: periodOf(text('注册有效期', 'the registration period')),
    meaning: text('所问的教师资格定期注册有效期;适用其最后一日的规定,期外的学分不计', 'The registration period asked about; the law of its last day decides, and credits outside it do not count'),
    suppliedBy: 'caller',
    sensitivity: 'internal',
  },
  {
    name: 'creditPeriod',
    type: periodOf(text('所问期间', 'the period')),
    meaning: text('职称评聘、绩效考核、评优评先所看的学分期间;适用其最后一日的规定,期外的学分不计', 'The period whose credits are looked at for title, performance appraisal or awards; the law of its last day decides, and credits outside it do not count'),
    suppliedBy: 'caller',
    sensitivity: 'internal',
  },
  {
    name: 'recognitionSteps',
    type: listOf(
      record({
        step: field(choice({ 学校申报: text('学校申报', 'declared by the school'), 区县审核: text('区县审核', 'reviewed by the district'), 市级认定: text('市级认定', 'recognised by the city') }), text('完成的步骤', 'The step that was taken')),
        by: field(choice(BODIES), text('由谁完成', 'Who took it')),
        result: field(choice({ passed: text('通过', 'passed'), failed: text('未通过', 'failed') }), text('结果', 'How it ended')),
      }),
      20,
    ),
    meaning: text('一笔学分认定已完成的步骤,按先后排列;尚未开始为空列表', 'The steps of recognising credits taken so far, in the order in which they were taken; an empty list when none was'),
    suppliedBy: 'platform',
    sensitivity: 'internal',
  },
  {
    name: 'trainingFeedback',
    type: record({
      from: field(choice({ organiser: text('承担培训任务的机构', 'the body that ran the training'), other: text('其他', 'someone else') }), text('由谁反馈', 'Who reported')),
      to: field(choice({ educationAuthority: text('教育行政部门', 'the education authority'), school: text('学校', 'the school'), other: text('其他', 'someone else') }), text('反馈给谁', 'To whom')),
      trainees: field(
        listOf(
          record({
            name: field(textType(100), text('学员姓名或编号', 'Name or number of the trainee')),
            attendance: field(textType(200), text('参训情况', 'Attendance')),
            result: field(textType(200), text('学习成效', 'Learning result')),
          }),
        ),
        text('逐个学员', 'Trainee by trainee'),
      ),
    }),
    nullable: true,
    meaning: text('培训结束后的反馈;null 为没有反馈', 'The report after a training; null: none was made'),
    suppliedBy: 'institution',
    sensitivity: 'personal',
  },
  {
    name: 'archiveEntries',
    type: listOf(
      record({
        course: field(textType(200), text('所学课程', 'Course')),
        result: field(textType(200), text('学习成效', 'Learning result')),
        hours: field(amount('classHour'), text('学时(学时、学分填其一即可)', 'Class hours (these or the credits)')),
        credits: field(amount('credit'), text('学分(学时、学分填其一即可)', 'Credits (these or the class hours)')),
      }),
    ),
    meaning: text('教师培训档案中的条目', "Entries of a teacher's training archive"),
    suppliedBy: 'district',
    sensitivity: 'personal',
  },
  {
    name: 'monitoringReportPublishedOn',
    type: dayType(),
    nullable: true,
    meaning: text('本周期学分监测报告发布的日期;null 为没有发布', 'Day on which the periodic report on credits was published; null: it was not'),
    suppliedBy: 'district',
    sensitivity: 'public',
  },
];
