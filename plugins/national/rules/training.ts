import { allOf, type Check, credit, eligibility, holds, is, onlyFor, part, row, type RuleSpec, ruleOf, text } from '../../../src/plugin-kit.ts';

const CLAUSE = 'quoted in jx-2014-36 §1';
const BOUND: Check = is('staffKind', ['school', 'kindergarten']);
/** Also in a place that assumes nothing of this fact: who asks about these rules means a school teacher. */
const assumes: RuleSpec['assumes'] = { staffKind: { value: 'school', because: text('未说明时按中小学教师处理。', 'Where nothing is said, a primary or secondary school teacher is meant.') } };
const OTHERS = text('只约束中小学和幼儿园教师。', 'It binds teachers of primary and secondary schools and kindergartens only.');

export const trainingRules: readonly RuleSpec[] = [
  credit({
    id: 'cn-2011-1/cycle-hours',
    source: { document: 'cn-2011-1', clause: CLAUSE },
    params: { classHours: 360, cycleYears: 5 },
    summary: text('每位教师每个五年周期的培训不少于360学时。', 'Every teacher completes at least 360 class hours of training in each five-year cycle.'),
    reading: {
      name: 'hours-alone',
      text: text(
        '只看学时,培训考核由 cn-2011-1/prerequisite 另问;不设年度下限;周期起点是事实,周期外的学时不计;只约束中小学和幼儿园教师。',
        'Decided by the hours alone; the appraisal is asked by cn-2011-1/prerequisite. No yearly minimum; the start of the cycle is a fact and hours outside it do not count. Binds school and kindergarten teachers only.',
      ),
    },
    topic: 'credit/total',
    assumes,
    check: onlyFor(BOUND, row({ ledger: 'cn-hours', figure: 'total', sees: [{ pool: 'cycle', where: {} }], required: { param: 'classHours' } }), OTHERS),
  }),
  eligibility({
    id: 'cn-2011-1/prerequisite',
    source: { document: 'cn-2011-1', clause: CLAUSE },
    summary: text('完成培训学时并通过培训考核,是资格再注册、教师考核和职务聘任的前提。', 'Completed hours and the training appraisal are a prerequisite for re-registration, appraisal and appointment.'),
    reading: {
      name: 'both-needed',
      text: text('三种用途都须学时和考核两项同时具备。', 'Hours and appraisal are both needed, for each of the three uses.'),
    },
    topic: 'credit/use',
    assumes,
    check: onlyFor(
      BOUND,
      onlyFor(
        is('use', ['registration', 'appraisal', 'appointment']),
        allOf(
          {
            hours: part(text('完成周期学时', 'Hours of the cycle completed'), ruleOf('cn-2011-1/cycle-hours')),
            appraisal: part(text('培训考核合格', 'Training appraisal passed'), holds('trainingAppraisalPassed', { help: text('通过培训考核后再申请。', 'Apply once the training appraisal is passed.') })),
          },
          'hours',
        ),
        text('只涉及再注册、考核和聘任。', 'It speaks of re-registration, appraisal and appointment only.'),
      ),
      OTHERS,
    ),
  }),
];
