import { allOf, anyOf, type Check, credit, eachYear, either, is, onlyFor, part, type RowCheck, type RuleSpec, row, type Text, text, windowOf } from '../../../src/plugin-kit.ts';
import { newTeacherDue, seniorDue, seniorSumDue } from '../formulas/taper.ts';
import { hasRole, HELD, isBound, onlyRole, OTHER_STAFF, seenByTeachers, seenInTraining } from './conditions.ts';

type Where = Readonly<Record<string, readonly string[]>>;

const TOTAL = 'sh-2016-credit/1.1-total';
const role = (slug: string, clause: string, spec: Omit<RuleSpec, 'id' | 'kind' | 'source'>): RuleSpec => credit({ id: `sh-2016-credit/${slug}`, source: { document: 'sh-2016-credit', clause }, ...spec });
const binds = (when: Check, others: Text, check: Check): Check => onlyFor(isBound, onlyFor(when, check, others), OTHER_STAFF);
const trainingRow = (figure: string, where: Where, param = 'credits'): RowCheck => row({ ledger: 'sh-2016', figure, sees: seenInTraining(where), required: { param } });

/** A role that is recorded, or the day of the title, which says the same. */
const isSenior = anyOf({
  role: part(text('高级教师', 'senior teacher'), hasRole('senior')),
  title: part(text('已评聘高级教师职称', 'holds the title'), windowOf({ fact: 'seniorTitleOn' }, undefined, { at: true })),
});
const totalRow = (): RowCheck => row({ ledger: 'sh-2016', figure: 'total', sees: seenByTeachers({}), required: { param: 'credits', rule: TOTAL }, due: newTeacherDue(TOTAL) });
const seniorRow = (required: RowCheck['required'] = { param: 'credits' }): RowCheck =>
  row({ ledger: 'sh-2016', figure: 'senior', sees: [{ pool: 'senior', where: {} }], required, due: seniorDue() });
const SELF_DIRECTED = text('个性化自主研修', 'individual self-directed training');

const novice = role('1.4-novice', '一.4', {
  topic: 'credit/role/novice',
  params: { credits: 12 },
  summary: text('新任教师参加见习教师规范化培训不少于12学分。', 'A novice teacher takes the standardised probation training, at least 12 credits.'),
  reading: {
    name: 'tested-by-itself',
    text: text(
      '只就见习培训学分单独检验。是否计入36学分原文未说明:认定了级别的同时计入36学分各项,未认定级别的只计入本条。',
      'Tested by itself over credits marked as probation training. The text does not say whether they count in the 36: one recognised at a level is also seen by the rows of the 36, one without a level by this row alone.',
    ),
  },
  check: binds(hasRole('novice'), onlyRole('新任(见习)教师', 'novice teachers'), trainingRow('probation', { training: ['probation'] })),
});

const headTeacher = role('1.5-head-teacher', '一.5', {
  topic: 'credit/role/head-teacher',
  params: { credits: 3 },
  summary: text('班主任五年内参加专题培训不少于3学分,纳入区级学分和总量。', 'A head teacher takes at least 3 credits of special training in five years, counted at district level and in the total.'),
  check: binds(hasRole('headTeacher'), onlyRole('班主任', 'head teachers'), trainingRow('headTeacher', { training: ['headTeacher'], level: ['district'] })),
});

const trainer = role('1.6-trainer', '一.6', {
  topic: 'credit/role/trainer',
  params: { creditsPerYear: 7 },
  summary: text('教师培训者每年参加专题研修不少于7学分,纳入市级和区级学分及总量。', 'A teacher trainer takes at least 7 credits of special training each year, counted at municipal and district level and in the total.'),
  reading: {
    name: 'each-calendar-year',
    text: text(
      '每个公历年度单独判定:周期内12月31日不晚于所问之日、且全年担任的各年,或所问的一年;不取平均,以最差的一年为整体数值。市级、区级或两者合计均可,校级不计。',
      'Each calendar year is a finding of its own: every year of the cycle over on the day asked about in which the role was held throughout, or the one year asked about. No averaging; the worst year gives the figures of the whole. Municipal or district credits or both; school-level ones do not count.',
    ),
  },
  check: onlyFor(isBound, eachYear(row({ ledger: 'sh-2016', figure: 'trainer', sees: seenInTraining({ training: ['trainer'], level: ['municipal', 'district'] }), required: { param: 'creditsPerYear' } }), { role: { list: 'roles', where: { role: ['trainer'] }, ...HELD }, year: 'year' }), OTHER_STAFF),
});

const senior = role('1.7-senior', '一.7', {
  topic: 'credit/role/senior',
  params: { credits: 18, leading: 14, total: 54 },
  summary: text(
    '高级教师在36学分之外增加个性化自主研修不少于18学分,其中带教指导、课程开发、课题研究等不少于14学分。',
    'A senior teacher adds to the 36 at least 18 individual self-directed credits, at least 14 of them mentoring, course development, research projects and the like.',
  ),
  reading: {
    name: 'on-top-of-the-36',
    text: text(
      '在36学分之外;由记录本身说明计入本条,仅有1.3的自主研修标记的仍在36之内。判定四项:基础36、自主研修18、其中14、合计54(整体数值;适用1.11时为36加区定数额)。四项均须满足;合计只是结果,36与18之间不得相互转移。',
      'On top of the 36. An entry says that it is for this row; the mark of 1.3 alone leaves it in the 36. Findings: base 36, self-directed 18, leading work within it 14, and the sum 54, the figure of the whole (36 plus the figure of the district under 1.11). All are needed; nothing moves between the 36 and the 18.',
    ),
  },
  check: binds(
    isSenior,
    onlyRole('高级教师', 'senior teachers'),
    allOf(
      {
        base: part(text('基础36学分', 'base of 36'), totalRow()),
        selfDirected: part(SELF_DIRECTED, seniorRow()),
        leading: part(
          text('带教指导、课程开发、课题研究等', 'mentoring, course development, research and the like'),
          row({ ledger: 'sh-2016', figure: 'seniorLeading', sees: [{ pool: 'senior', where: { leading: ['yes'] } }], required: { param: 'leading' }, due: seniorDue('leading') }),
        ),
        sum: part(
          text('合计', 'sum'),
          row({ ledger: 'sh-2016', figure: 'total+senior', sees: [...seenByTeachers({}), { pool: 'senior', where: {} }], required: { param: 'total' }, due: seniorSumDue }),
        ),
      },
      'sum',
    ),
  ),
});

const principals: readonly RuleSpec[] = [
  role('1.8-principal-new', '一.8', {
    topic: 'credit/role/principal-new',
    params: { credits: 30 },
    summary: text('新任或拟任校(园)长参加任职资格培训不少于30学分。', 'A newly appointed or prospective principal takes at least 30 credits of qualification training.'),
    reading: {
      name: 'tested-by-itself',
      text: text('只就任职资格培训学分单独检验;依3.3,教师各项也可计入。在任校(园)长的36学分只约束在任者。', "Tested by itself over credits marked as qualification training; under 3.3 the teacher's rows see them too. The 36 of serving principals is asked only of who holds that role."),
    },
    check: binds(hasRole('principalNew'), onlyRole('新任或拟任校(园)长', 'newly appointed or prospective principals'), trainingRow('qualification', { training: ['qualification'] })),
  }),
  role('1.8-principal-serving', '一.8', {
    topic: 'credit/role/principal-serving',
    params: { credits: 36, fullTime: 18 },
    summary: text('在任校(园)长五年内不少于36学分,其中脱产培训不少于18学分。', 'A serving principal takes at least 36 credits in five years, at least 18 of them full-time.'),
    reading: {
      name: 'principals-credits-only',
      text: text('只计校(园)长培训学分,教师培训学分一概不计(3.3)。18学分含于36之内;两项均判定,36为整体数值。', "Only credits of principals' training count here, teachers' credits never (3.3). The 18 lie within the 36; both are findings, the 36 is the figure of the whole."),
    },
    check: binds(
      hasRole('principalServing'),
      onlyRole('在任校(园)长', 'serving principals'),
      allOf(
        {
          principal: part(text('校(园)长培训', "principals' training"), trainingRow('principal', { training: ['principal'] })),
          fullTime: part(text('脱产培训', 'full-time'), trainingRow('principalFullTime', { training: ['principal'], fullTime: ['yes'] }, 'fullTime')),
        },
        'principal',
      ),
    ),
  }),
];

const middleLeader = role('1.9-middle-leader', '一.9', {
  topic: 'credit/role/middle-leader',
  params: { credits: 9 },
  summary: text('中层干部(含青年后备干部)五年内岗位培训不少于9学分,纳入区级学分和总量。', 'Middle-level leaders, reserve cadres included, take at least 9 credits of post training in five years, counted at district level and in the total.'),
  check: binds(hasRole('middleLeader', 'reserveCadre'), onlyRole('中层干部和青年后备干部', 'middle-level leaders and reserve cadres'), trainingRow('middleLeader', { training: ['middleLeader'], level: ['district'] })),
});

const collegeHead = role('1.10-college-head', '一.10', {
  topic: 'credit/role/college-head',
  params: { credits: 10 },
  summary: text('区县教师进修院校(校)院长五年内市级研修不少于10学分,计入总量。', 'Heads of a district teacher college take at least 10 municipal credits in five years, counted in the total.'),
  check: onlyFor(
    // A college of teachers is no school: its head may be recorded as other staff.
    is('staffKind', ['school', 'kindergarten', 'other']),
    onlyFor(hasRole('collegeHead'), row({ ledger: 'sh-2016', figure: 'municipal', sees: seenByTeachers({ level: ['municipal'] }), required: { param: 'credits' } }), onlyRole('区县教师进修院校(校)院长', 'heads of a district teacher college')),
    OTHER_STAFF,
  ),
});

const isNewTeacher = windowOf({ fact: 'enteredSystemOn' }, { param: 'from' }, undefined);
const isNewSenior = windowOf({ fact: 'seniorTitleOn' }, { param: 'from' }, { at: true });
const duePart = (check: () => RowCheck, zh: string, en: string) => part(text(zh, en), check());
const newTeacherPart = () => duePart(totalRow, '新进教师的须修学分', 'credits due from a new teacher');
const newSeniorPart = () => duePart(() => seniorRow({ param: 'credits', rule: 'sh-2016-credit/1.7-senior' }), '新评高级教师的自主研修学分', 'self-directed credits due from a new senior teacher');

const taper = role('1.11-taper', '一.11', {
  topic: 'credit/role/taper',
  params: { from: '2016-01-01' },
  summary: text(
    '2016年1月1日起评聘的高级教师自主研修学分、进入教育系统的新教师培训学分逐年递减,数额由区制定。',
    'Who becomes a senior teacher from 2016-01-01 on owes fewer self-directed credits with each year, who enters the system from 2016-01-01 on fewer training credits; the district sets how much.',
  ),
  reading: {
    name: 'district-table',
    text: text(
      '区的递减表给出代替18或36的须修学分;各组成部分(14学分、1.1各项)按表,表中未列的按同比例精确计算,不取整。没有递减表时为“未公布”,除非全额要求也已满足。2016年以前的不变。未给出日期时按全额要求并予说明。第2条各项同样是36学分的组成部分。',
      "The district's table gives the figure due in place of the 18 or the 36. Parts of that requirement (the 14; the rows of 1.1, or of 1.2 in their place) are due as the table says, and where it is silent in the same proportion, exact, never rounded. Without a table: not published, unless even the full figure is met. A table changes nothing for earlier days. Where no day is given the full figures hold.",
    ),
  },
  check: binds(
    anyOf({ newTeacher: part(text('2016年起进入系统', 'entered from 2016 on'), isNewTeacher), senior: part(text('2016年起评聘高级教师', 'senior from 2016 on'), isNewSenior) }),
    onlyRole('2016年起评聘的高级教师和进入教育系统的新教师', 'who became a senior teacher or entered the system from 2016 on'),
    either(isNewTeacher, either(isNewSenior, allOf({ newTeacher: newTeacherPart(), senior: newSeniorPart() }), allOf({ newTeacher: newTeacherPart() }, 'newTeacher')), allOf({ senior: newSeniorPart() }, 'senior')),
  ),
});

/** Part 1, clauses 4 to 11: what else is owed, by whom. */
export const roles2016: readonly RuleSpec[] = [novice, headTeacher, trainer, senior, ...principals, middleLeader, collegeHead, taper];
