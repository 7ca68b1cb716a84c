import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, money, record, text, textType } from '../../src/plugin-kit.ts';

const FIRST_SCHOOL_YEAR = 2005;
const SCHOOL_YEARS = Object.fromEntries(
  Array.from({ length: 26 }, (_, index) => {
    const year = FIRST_SCHOOL_YEAR + index;
    return [`${year}-${year + 1}`, text(`${year}~${year + 1}学年度`, `school year ${year}-${year + 1}`)];
  }),
);

const STAFF: readonly FactSpec[] = [
  {
    name: 'onStaffList',
    type: boolean(),
    meaning: text('是否在编。', 'Whether the teacher is on the staff list (holds an established post, 在编).'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
  {
    name: 'inPost',
    type: boolean(),
    meaning: text('是否在岗。', 'Whether the teacher is actually in post (在岗).'),
    suppliedBy: 'school',
    sensitivity: 'internal',
  },
];

const MAKE_UP: readonly FactSpec[] = [
  {
    name: 'failedTraining',
    type: listOf(
      record({
        year: field(choice(SCHOOL_YEARS), text('被记为培训不合格的学年度,如 "2012-2013"', 'The school year recorded as failed, e.g. "2012-2013".')),
        project: field(textType(200), text('不合格的培训项目名称,可不填', 'The failed project by name; may be left out.')),
        completedProgramme: field(
          choice({
            none: text('没有完成可冲抵的项目', 'no programme that offsets was completed'),
            nationalDistance: text('完成“国培计划”远程培训项目', 'a distance project of the national training plan (国培计划) was completed'),
            itAbility: text('完成信息技术应用能力提升工程培训', 'the IT-ability programme was completed'),
            other: text('完成其他项目', 'some other programme was completed'),
          }),
          text('该学年度内另外完成的可冲抵项目;没有则填 "none"', 'The programme that offsets which the teacher completed in that same year; "none" when there was none.'),
        ),
        checkOutcome: field(
          choice({
            pending: text('尚未核定', 'not settled yet'),
            failureStands: text('核定后仍为不合格', 'checked: the failure stands'),
            failureRemoved: text('核定后不再记为不合格', 'checked: the offset removes the failure'),
          }),
          text('逐一核对的结果,只在完成了可冲抵项目时需要', 'What the one-by-one check came to; needed only where a programme that offsets was completed.'),
        ),
      }),
      100,
    ),
    meaning: text('教师被记为培训不合格的学年度,每学年(每项目)一条;没有则为空列表。', 'The school years in which the teacher was recorded as having failed the training, one record for each year (and project); an empty list when there is none.'),
    suppliedBy: 'province',
    sensitivity: 'personal',
  },
  {
    name: 'makeUpYear',
    type: choice(SCHOOL_YEARS),
    meaning: text('在哪一学年度补训。', 'The school year in which the training is to be made up.'),
    suppliedBy: 'caller',
    sensitivity: 'public',
    default: { value: '2014-2015', because: text('通知只安排在2014~2015学年度补训。', 'The notice arranges make-up training in school year 2014-2015 only.') },
  },
  {
    name: 'sex',
    type: choice({ male: text('男', 'male'), female: text('女', 'female') }),
    meaning: text('性别。', 'Sex: the limit of age differs.'),
    suppliedBy: 'teacher',
    sensitivity: 'personal',
  },
  {
    name: 'birthDate',
    type: dayType(),
    meaning: text('出生日期,如 "1959-06-30";也可只给 birthYear。', 'Day of birth, e.g. "1959-06-30"; birthYear does as well.'),
    suppliedBy: 'teacher',
    sensitivity: 'personal',
    insteadOf: ['birthYear'],
  },
  {
    name: 'birthYear',
    type: integer({ min: 1900, max: 2199 }),
    meaning: text('出生年份,如 1959;代替 birthDate。', 'Year of birth, e.g. 1959; in place of birthDate.'),
    suppliedBy: 'teacher',
    sensitivity: 'personal',
  },
  {
    name: 'makeUpList',
    type: record({
      publishedOn: field(dayType(), text('公示日期,如 "2014-12-15";为空表示没有公示', 'Day of publication, e.g. "2014-12-15"; null: it was not published.'), true),
      site: field(
        choice({ jxjsjy: text('江西教师教育网(www.jxjsjy.com)', 'Jiangxi Teacher Education Network (江西教师教育网, www.jxjsjy.com)'), other: text('其他网站', 'another site') }),
        text('在哪个网站公示', 'The site on which it was published.'),
      ),
      withNames: field(boolean(), text('是否列出不合格人员名单', 'Whether it gives the names of those who failed.')),
      withFailedProjects: field(boolean(), text('是否列出不合格培训项目', 'Whether it gives the projects that they failed.')),
    }),
    nullable: true,
    meaning: text('培训不合格人员名单和项目的公示;为空表示没有公示。', 'The published list of those who failed and of what they failed; null: there is none.'),
    suppliedBy: 'province',
    sensitivity: 'public',
  },
  {
    name: 'makeUpFees',
    type: record({
      collectedFen: field(money(), text('为补训收取的费用合计,以分为单位,如 20000(200元)', 'All that was collected for the make-up training, in fen, e.g. 20000 for 200 yuan.')),
      refundedFen: field(money(), text('其中已退还教师的,以分为单位', 'What of it has been refunded to the teacher, in fen.')),
    }),
    nullable: true,
    meaning: text('补训收费与退费;为空表示没有收费。', 'Fees collected for the make-up training and refunded; null: nothing was collected.'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
];

const OFFSET: FactSpec = {
  name: 'offset',
  type: record({
    trainingYear: field(choice(SCHOOL_YEARS), text('完成项目的培训年度,如 "2012-2013"', 'The training year in which it was completed, e.g. "2012-2013".')),
    programme: field(
      choice({
        nationalDistance: text('“国培计划”远程培训项目', 'distance project of the national training plan (国培计划)'),
        itAbility: text('中小学教师信息技术应用能力提升工程培训', 'IT-ability programme for school teachers'),
        other: text('其他项目', 'any other programme'),
      }),
      text('完成的项目', 'The programme completed.'),
    ),
    recognisedCredits: field(amount('credit'), text('认定的冲抵学分,如 "2.5";为空表示尚未认定', 'The credits recognised for the offset, e.g. "2.5"; null: none recognised yet.'), true),
  }),
  meaning: text('要冲抵全员远程培训学分的项目。', 'The programme that is to offset credits of the all-staff distance training.'),
  suppliedBy: 'province',
  sensitivity: 'personal',
};

const FEES: readonly FactSpec[] = [
  {
    name: 'trainingFee',
    type: record({
      declaredFree: field(boolean(), text('省教育厅是否明确该项目不收取培训费', 'Whether the Education Department has declared the programme free of charge.')),
      chargedFen: field(money(), text('收取的培训费(每人),以分为单位,如 20000(200元)', 'What is charged (for one teacher), in fen, e.g. 20000 for 200 yuan.')),
      chargedTo: field(
        choice({ teacher: text('教师', 'the teacher'), school: text('学校', 'the school'), other: text('其他(如财政)', 'someone else, such as the public budget') }),
        text('向谁收取;只在免费项目中有区别', 'Who is charged; it makes a difference in a free programme only.'),
      ),
      separateLines: field(boolean(), text('是否实行“收支两条线”', 'Whether income and spending are separate lines (收支两条线).')),
    }),
    meaning: text('一个远程培训项目的收费。', 'What a distance training programme charges and how it keeps the money.'),
    suppliedBy: 'institution',
    sensitivity: 'internal',
  },
  {
    name: 'approvedFeeFen',
    type: money(),
    nullable: true,
    meaning: text('经批准的收费标准(每人),以分为单位;为空表示没有批准的标准。', 'The approved standard of the fee (for one teacher), in fen; null: none has been approved.'),
    suppliedBy: 'province',
    sensitivity: 'public',
    setting: { authority: text('江西省发展和改革委员会', 'Jiangxi Development and Reform Commission') },
  },
];

export const facts: readonly FactSpec[] = [...STAFF, ...MAKE_UP, OFFSET, ...FEES];
