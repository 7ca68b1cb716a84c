import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, record, text, textType } from '../../src/plugin-kit.ts';

/** Facts that several places share. A place below may declare one of the same name again, with its own options or default. */
const COMMON: readonly FactSpec[] = [
  {
    name: 'staffKind',
    type: choice({
      school: text('中小学教师', 'primary or secondary school teacher'),
      kindergarten: text('幼儿园教师', 'kindergarten teacher'),
      vocational: text('中等职业学校教师', 'secondary vocational school teacher'),
      offCampus: text('校外培训机构从业人员', 'staff of an off-campus training institution'),
      youthPalace: text('少年宫教师', 'youth-palace teacher'),
      other: text('其他', 'other'),
    }),
    meaning: text('这个人属于哪一类教师。', 'What kind of teacher this person is.'),
    suppliedBy: 'caller',
    sensitivity: 'internal',
    default: { value: 'school', because: text('未说明时按中小学教师处理。', 'Where nothing is said, a primary or secondary school teacher is meant.') },
  },
  {
    name: 'cycleStartOn',
    type: dayType(),
    meaning: text('五年培训周期的第一天,如 "2016-01-01"。周期外完成的不计。', 'The first day of the five-year training cycle, e.g. "2016-01-01". What was completed outside the cycle does not count.'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
  {
    name: 'roles',
    type: listOf(
      record({
        role: field(choice({ teacher: text('教师', 'teacher') }), text('岗位或身份', 'The role.')),
        from: field(dayType(), text('任职首日;不填或为空表示一直如此', 'First day in the role; absent or null: since ever.'), true),
        to: field(dayType(), text('任职末日;不填或为空表示至今', 'Last day in the role; absent or null: until now.'), true),
      }),
      50,
    ),
    meaning: text('教师担任的岗位及起止日期;没有则为空列表。各地另列自己的岗位。', 'The roles that the teacher holds, with their days; an empty list when there is none. Each place names its own.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'year',
    type: integer({ min: 1990, max: 2199 }),
    nullable: true,
    meaning: text('只问某一公历年时填写,如 2018;为空则检验所有可检验的年份。', 'The one calendar year asked about, e.g. 2018; null: every year that can be tested.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: null, because: text('未指明年份时检验所有可检验的年份。', 'Where no year is named, every year that can be tested is.'), quiet: true },
  },
];

const USE: FactSpec = {
  name: 'use',
  type: choice({
    registration: text('教师资格再注册(定期注册)', 're-registration of the teaching qualification'),
    appraisal: text('教师考核', 'appraisal of the teacher'),
    appointment: text('职务聘任', 'appointment to a post or title'),
    other: text('其他用途', 'any other use'),
  }),
  meaning: text('培训结果用于什么;三种用途要求相同。', 'What the training result is used for; the three uses named ask for the same.'),
  suppliedBy: 'caller',
  sensitivity: 'public',
  default: { value: 'registration', because: text('三种用途要求相同。', 'The three uses ask for the same.') },
};

const HOURS: readonly FactSpec[] = [
  {
    name: 'hourEntries',
    type: listOf(
      record({
        id: field(textType(100), text('记录编号,在回答中用来指明该条', 'Names the entry in the answer, e.g. "h-1".')),
        hours: field(amount('classHour', { perWhole: 100 }), text('学时数,精确到0.01,如 "40"', 'Class hours, to 0.01, e.g. "40".')),
        completedOn: field(dayType(), text('完成日期,如 "2018-06-30"', 'Day of completion, e.g. "2018-06-30".')),
      }),
    ),
    meaning: text('逐条列出的培训学时,连同完成日期;没有则为空列表。', 'The class hours of training one by one with the day of completion; an empty list when there are none.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
    insteadOf: ['hours'],
  },
  {
    name: 'hours',
    type: record({ total: field(amount('classHour'), text('本周期内完成的学时合计,如 "360" 或 "4/3"', 'All class hours completed in the cycle, e.g. "360" or "4/3".')) }),
    meaning: text('学时合计,代替逐条记录。', 'The sum of class hours, in place of the single entries.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
  {
    name: 'trainingAppraisalPassed',
    type: boolean(),
    nullable: true,
    meaning: text('培训考核是否合格;为空表示没有考核。', 'Whether the training appraisal was passed; null: there was none.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
];

export const facts: readonly FactSpec[] = [...COMMON, USE, ...HOURS];
