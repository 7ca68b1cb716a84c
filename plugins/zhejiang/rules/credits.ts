import { allOf, type Check, credit, doneBy, eachYear, eligibility, is, onlyFor, part, remark, row, type RuleSpec, some, text } from '../../../src/plugin-kit.ts';

const ARTICLES = { document: 'zj-2016-71', clause: 'arts. 2-4' };
const LEDGER = 'zj-credits';
const CYCLE = { credits: 360, cycleYears: 5 };
/** The length of a cycle, for the ledger. */
export const CYCLE_YEARS = CYCLE.cycleYears;
/** The first calendar year that lies wholly in force. */
const FIRST_YEAR = 2017;

const isSchoolStaff = is('staffKind', ['school', 'kindergarten', 'vocational']);
const isBound: Check = allOf({
  kind: part(text('中小学、幼儿园、中职学校教师', 'teachers of schools, kindergartens and vocational schools'), isSchoolStaff),
  employment: part(text('专任教师和校长', 'full-time teachers and principals'), is('employment', ['fullTime'])),
});
const OTHERS = text('只约束专任教师和校长(含民办学校)。', 'Binds full-time teachers and principals alone, private schools included.');

const holdsRole = (role: string): Check =>
  allOf({
    kind: part(text('中小学、幼儿园、中职学校教师', 'teachers of schools, kindergartens and vocational schools'), isSchoolStaff),
    role: part(text('担任该身份', 'holds the role'), some('roles', { role: [role] }, { heldAt: { from: 'from', to: 'to' } })),
  });

export const creditRules: readonly RuleSpec[] = [
  credit({
    id: 'zj-2016-71/2-cycle',
    source: ARTICLES,
    topic: 'credit/total',
    carriesOut: 'cn-2011-1/cycle-hours',
    summary: text('专任教师和校长(含民办学校)每五年一周期不少于360学分。', 'Full-time teachers and principals, private schools included: at least 360 credits in each five-year cycle.'),
    params: CYCLE,
    reading: {
      name: 'cycle-start-is-a-fact',
      text: text('周期的起始日由提问者给出,周期外完成的不计。新任校长培训学分按规定比例同时计入。', 'The start of the cycle is a fact; what was completed outside it does not count. Of a new principal’s training the share stated there counts as well.'),
    },
    check: onlyFor(
      isBound,
      row({
        ledger: LEDGER,
        figure: 'cycle',
        sees: [
          { pool: 'cycle', where: {} },
          { pool: 'newPrincipal', where: { inCycle: ['yes'] }, share: { rule: 'zj-2016-71/2-new-principal', param: 'countsInCycle' } },
        ],
        required: { param: 'credits' },
      }),
      OTHERS,
    ),
  }),
  credit({
    id: 'zj-2016-71/2-year',
    source: ARTICLES,
    topic: 'credit/yearly',
    summary: text('每年不少于24学分。', 'At least 24 credits in each year.'),
    params: { creditsPerYear: 24 },
    reading: {
      name: 'calendar-years-from-2017',
      text: text('按公历年计,逐年判定;首个检验年为2017年(2016年只有部分时间施行)。指明周期的,检验周期内完整的年份;未指明的,检验2017年以来的各年。只计周期培训学分。', 'Calendar years, each a finding; the first is 2017, since 2016 lay in force in part only. Where a cycle is named, those that lie wholly in it are tested; where none is, every year since 2017. Credits of the cycle count, those of probation and of a new principal’s training do not.'),
      values: { firstYear: FIRST_YEAR },
    },
    check: onlyFor(
      isBound,
      remark('zhejiang.no-cycle-named', eachYear(row({ ledger: LEDGER, figure: 'year', sees: [{ pool: 'cycle', where: {} }], required: { param: 'creditsPerYear' } }), { year: 'year', from: FIRST_YEAR }), { when: is('cycleStartOn', [null]) }),
      OTHERS,
    ),
  }),
  credit({
    id: 'zj-2016-71/2-new-teacher',
    source: ARTICLES,
    topic: 'credit/role/new-teacher',
    summary: text('新录用教师试用期内不少于180学分,其中实践培训不少于80学分,不计入周期。', 'Newly hired teachers: at least 180 credits in probation, at least 80 of them practical, not counted in the cycle.'),
    params: { credits: 180, practical: 80, countsInCycle: 0 },
    reading: {
      name: 'practical-within-total',
      text: text('80学分含在180学分之内;两项各为一个判定。', 'The 80 lie within the 180; both are findings.'),
    },
    check: onlyFor(
      holdsRole('newTeacher'),
      allOf(
        {
          total: part(text('试用期培训学分', 'credits in probation'), row({ ledger: LEDGER, figure: 'probation', sees: [{ pool: 'probation', where: {} }], required: { param: 'credits' } })),
          practical: part(
            text('其中实践培训学分', 'practical credits among them'),
            row({ ledger: LEDGER, figure: 'probationPractical', sees: [{ pool: 'probation', where: { practical: ['yes'] } }], required: { param: 'practical' } }),
          ),
        },
        'total',
      ),
      text('只约束试用期内的新录用教师。', 'Binds newly hired teachers in probation alone.'),
    ),
  }),
  credit({
    id: 'zj-2016-71/2-new-principal',
    source: ARTICLES,
    topic: 'credit/role/new-principal',
    summary: text('新任校长不少于300学分,其中集中培训不少于90学分,可有一半计入周期。', 'New principals: at least 300 credits, at least 90 of them centralised; half of them may count in the cycle.'),
    params: { credits: 300, centralised: 90, countsInCycle: '1/2' },
    reading: {
      name: 'half-counts-in-the-cycle',
      text: text('为该培训认定的学分,至多一半同时计入周期(上限,精确计算);90学分含在300学分之内。', 'Up to one half of the credits recognised for this training also counts in the cycle: a cap, and exact. The 90 lie within the 300.'),
    },
    check: onlyFor(
      holdsRole('newPrincipal'),
      allOf(
        {
          total: part(text('新任校长培训学分', 'credits of the training'), row({ ledger: LEDGER, figure: 'newPrincipal', sees: [{ pool: 'newPrincipal', where: {} }], required: { param: 'credits' } })),
          centralised: part(
            text('其中集中培训学分', 'centralised credits among them'),
            row({ ledger: LEDGER, figure: 'newPrincipalCentralised', sees: [{ pool: 'newPrincipal', where: { centralised: ['yes'] } }], required: { param: 'centralised' } }),
          ),
        },
        'total',
      ),
      text('只约束新任校长。', 'Binds new principals alone.'),
    ),
  }),
  eligibility({
    id: 'zj-2016-71/3-unvetted',
    source: { document: 'zj-2016-71', clause: 'art. 3' },
    topic: 'credit/recognition/unvetted-institution',
    summary: text('未经认定机构的培训,开始前经学校同意的方可计学分。', 'Training by an institution that was not vetted counts only if the school agreed before it began.'),
    reading: {
      name: 'agreed-before-the-first-day',
      text: text('“之前”按天计:学校须在培训开始日的前一天或更早同意。', '"Before" is measured in days: the school agreed on the day before the first day of the training, or earlier.'),
      values: { daysBefore: 1 },
    },
    check: onlyFor(
      is('training.institutionVetted', [false]),
      doneBy('training.schoolAgreedOn', { shift: { fact: 'training.startedOn' }, days: { reading: 'daysBefore' }, direction: 'before' }, {
        help: text('未经学校事先同意的,不计学分;可改选经认定机构的培训。', 'Without the school’s agreement beforehand no credits count; training by a vetted institution needs none.'),
      }),
      text('机构已经认定,不需要学校事先同意。', 'The institution was vetted: no agreement is needed.'),
    ),
  }),
];
