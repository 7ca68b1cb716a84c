import { amount, boolean, choice, dayType, type FactSpec, field, integer, listOf, record, text, textType } from '../../../src/plugin-kit.ts';

const credits = (zh: string, en: string, nullable = false) => field(amount('credit', { perWhole: 100 }), text(zh, en), nullable);

/** The role's name among the values of `roles`. */
export const ROLES = { newTeacher: text('新录用教师(试用期内)', 'newly hired teacher in probation'), newPrincipal: text('新任校长', 'new principal') };

const AGREEMENT = {
  startedOn: field(dayType(), text('培训开始日期,如 "2018-07-01";只有未经认定机构的培训才需要', 'Day on which the training began, e.g. "2018-07-01"; needed only where the institution was not vetted.')),
  schoolAgreedOn: field(dayType(), text('学校同意参加的日期,须早于开始日;null 表示学校没有同意。只有未经认定机构的培训才需要', 'Day on which the school agreed, which has to lie before the first day; null: the school did not agree. Needed only where the institution was not vetted.'), true),
};

const PERSON: readonly FactSpec[] = [
  {
    name: 'cycleStartOn',
    type: dayType(),
    nullable: true,
    meaning: text(
      '五年培训周期的第一天,如 "2017-01-01",判定五年总学分时必须给出。给出时周期外完成的不计,只检验周期内完整的公历年;不填或为 null 时各公历年仍可判定,按当年完成的全部学分计。',
      'The first day of the five-year training cycle, e.g. "2017-01-01"; the total of the five years cannot do without it. Given, what was completed outside it does not count, and the calendar years that lie wholly in it are tested. Absent or null: calendar years are still answered, each by all that was completed in it.',
    ),
    suppliedBy: 'school',
    sensitivity: 'internal',
    // The finding that rests on it says so itself: to the other rows it is no default.
    default: { value: null, because: text('未指明周期:各公历年按当年完成的全部学分判定。', 'No cycle was named: each calendar year is judged by all that was completed in it.'), quiet: true },
  },
  {
    name: 'employment',
    type: choice({
      fullTime: text('专任教师或校长(公办、民办均是)', 'full-time teacher or principal, of a public or a private school'),
      partTime: text('兼职、外聘等非专任', 'not full-time: part-time, engaged from outside and the like'),
    }),
    meaning: text('是否为专任教师或校长。学分规定只约束专任的,民办学校也在内。', 'Whether this is a full-time teacher or principal. The credit rules bind these alone, private schools included.'),
    suppliedBy: 'school',
    sensitivity: 'internal',
    default: { value: 'fullTime', because: text('未说明时按专任教师或校长处理。', 'Where nothing is said, a full-time teacher or principal is meant.') },
  },
  {
    name: 'roles',
    type: listOf(
      record({
        role: field(choice({ teacher: text('教师', 'teacher'), ...ROLES }), text('岗位或身份,如 "newTeacher"', 'The role, e.g. "newTeacher".')),
        from: field(dayType(), text('首日;不填或为空表示一直如此', 'First day in the role; absent or null: since ever.'), true, text('一直如此', 'since ever')),
        to: field(dayType(), text('末日;不填或为空表示至今', 'Last day in the role; absent or null: until now.'), true, text('至今', 'until now')),
      }),
      50,
    ),
    meaning: text('新录用教师(newTeacher)、新任校长(newPrincipal)身份及起止日期;都不是则为空列表。', 'Whether the person is a newly hired teacher (newTeacher) or a new principal (newPrincipal), with the days; an empty list when neither.'),
    suppliedBy: 'school',
    sensitivity: 'personal',
  },
];

const ENTRIES: readonly FactSpec[] = [
  {
    name: 'entries',
    type: listOf(
      record({
        id: field(textType(100), text('记录编号,在回答中用来指明该条', 'Names the entry in the answer, e.g. "e-1".')),
        credits: credits('学分,精确到0.01,如 "24" 或 "1.5"', 'Credits, to 0.01, e.g. "24" or "1.5".'),
        completedOn: field(dayType(), text('完成日期,如 "2018-06-30"', 'Day of completion, e.g. "2018-06-30".')),
        purpose: field(
          choice({
            cycle: text('五年周期培训', 'training of the five-year cycle'),
            probation: text('新录用教师试用期培训', 'training of a newly hired teacher in probation'),
            newPrincipal: text('新任校长培训', 'training of a new principal'),
          }),
          text('认定用于哪类培训;不填为五年周期培训', 'The training that the credits were recognised for; absent: that of the five-year cycle.'),
          false,
          text('五年周期培训', 'training of the five-year cycle'),
        ),
        practical: field(boolean(), text('是否为实践培训;试用期培训必须说明,其他不用填', 'Whether the training was practical; has to be stated for probation, and for nothing else.')),
        centralised: field(boolean(), text('是否为集中培训;新任校长培训必须说明,其他不用填', 'Whether the training was centralised (集中培训); has to be stated for new principals, and for nothing else.')),
        institutionVetted: field(boolean(), text('培训机构是否经资质认定;false 表示未经认定,不填按已认定计', 'Whether the training institution was vetted (资质认定); false: it was not. Absent: it was.'), false, text('已经认定', 'vetted')),
        ...AGREEMENT,
        status: field(
          choice({
            recognised: text('已认定', 'recognised'),
            declared: text('已申报、未认定', 'declared, not yet recognised'),
            refused: text('不予认定', 'refused'),
            reversed: text('已撤销', 'reversed'),
          }),
          text('认定情况;不填为已认定。未认定的不计', 'Where recognition stands; absent: recognised. What is not recognised does not count.'),
          false,
          text('已认定', 'recognised'),
        ),
      }),
    ),
    meaning: text('逐条列出的学分;没有则为空列表。', 'The credits one by one; an empty list when there are none.'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
    insteadOf: ['creditTotals', 'creditTotalsByYear'],
  },
  {
    name: 'creditTotals',
    type: record({
      cycle: credits('周期内计入的学分合计(含按规定可计入的新任校长培训学分),如 "360"', 'All credits that count in the cycle, e.g. "360"; the part of a new principal’s training that counts is already in it.', true),
      probation: credits('试用期培训学分合计,如 "180"', 'All credits of the training in probation, e.g. "180".', true),
      probationPractical: credits('其中实践培训学分,如 "80"', 'Of these the practical ones, e.g. "80".', true),
      newPrincipal: credits('新任校长培训学分合计,如 "300"', 'All credits of the training of a new principal, e.g. "300".', true),
      newPrincipalCentralised: credits('其中集中培训学分,如 "90"', 'Of these the centralised ones, e.g. "90".', true),
    }),
    meaning: text('学分合计,代替逐条记录。', 'Sums of credits, in place of the single entries.'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
  },
  {
    name: 'creditTotalsByYear',
    type: listOf(
      record({
        year: field(integer({ min: 1990, max: 2199 }), text('公历年,如 2018', 'Calendar year, e.g. 2018.')),
        amount: credits('该年完成的周期培训学分合计,如 "24"', 'Credits of the cycle completed in that year, e.g. "24".'),
      }),
      100,
    ),
    meaning: text('各公历年的周期培训学分合计,代替逐条记录。', 'The sum of the cycle’s credits in each calendar year, in place of the single entries.'),
    suppliedBy: 'platform',
    sensitivity: 'personal',
  },
];

const TRAINING: FactSpec = {
  name: 'training',
  type: record({ institutionVetted: field(boolean(), text('培训机构是否经资质认定', 'Whether the training institution was vetted (资质认定).')), ...AGREEMENT }),
  meaning: text('所问的一次培训:由谁办、何时开始、学校何时同意。只用于询问未经认定机构的培训能否计学分。', 'The one training asked about: by whom, from when, and when the school agreed. For the question whether training by an institution that was not vetted counts.'),
  suppliedBy: 'school',
  sensitivity: 'internal',
};

export const creditFacts: readonly FactSpec[] = [...PERSON, ...ENTRIES, TRAINING];
