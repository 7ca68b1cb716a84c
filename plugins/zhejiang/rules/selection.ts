import { allOf, atLeast, type Check, deadline, either, eligibility, is, not, onlyFor, part, pending, quota, refused, remark, type RuleSpec, text, windowOf, workflow } from '../../../src/plugin-kit.ts';
import { halfYearOpen } from '../formulas/half-year.ts';
import { isOfRound, isRoundToldByMoment } from '../formulas/round-concerned.ts';
import { isSecondRoundReached, unreservedPlaces } from '../formulas/reserved-places.ts';

const source = (clause: string) => ({ document: 'zj-2019-357', clause });
const ROUND_2 = 'zj-2019-357/5.3-round-2';
const ONLY_AFTER_1 = 'zj-2019-357/5.3-round-2-only-after-1';

const BOTH_DAYS = {
  name: 'both-days-included',
  text: text('起止两日均在内,从首日00:00到末日24:00(Asia/Shanghai)。所问时刻即选课的时刻。', 'Both days included, from 00:00 to 24:00 in Asia/Shanghai. The moment asked about is the moment of the selection.'),
};

/** A selection of this round; the skill plan has a rule of its own (2.4-vocational). */
const concernsRound = (round: number): Check =>
  allOf({
    round: part(text(`第${round}轮`, `round ${round}`), isOfRound(round)),
    plan: part(text('不是专业教学能力和专业技能培训', 'not the skill plan'), not(is('directivePlan', ['skill']))),
  });
const OTHER_ROUND = text('只管本轮选课;指令性的专业教学能力和专业技能培训不受两轮时间限制。', 'Concerns selection in this round alone; the directive skill plan is not bound to the two rounds.');
const inRound = (round: number, check: Check): Check => onlyFor(concernsRound(round), remark('zhejiang.round-by-moment', check, { when: isRoundToldByMoment, params: { round } }), OTHER_ROUND);

const NONE_IN_ROUND_1 = { code: 'REFUSED', help: text('第一轮没有选课的,不能参加第二轮;可待下一期选课。', 'Who selected nothing in round 1 cannot join round 2; the next half-year has a selection of its own.') } as const;

const NOT_REVIEWED = is('schoolReview', [null]);
const tooEarly = refused(text('学校审核之前,培训机构不能复核。', 'The institution cannot check before the school has reviewed.'), 'OUT_OF_ORDER');
const schoolPending: Check = either(is('institutionCheck', [null]), pending(text('学校审核', 'the school’s review')), tooEarly);
const schoolApproved: Check = is('schoolReview', ['approved'], { help: text('学校不同意,选课到此为止;可另选项目。', 'The school has refused, and the selection ends; another project may be selected.') });

/** The places that are free; reserved ones among them, for those who may have them. */
const placeFree: Check = atLeast(
  { difference: [{ fact: 'sessionPlaces.total' }, { sum: [{ fact: 'sessionPlaces.takenByGroups' }, { fact: 'sessionPlaces.takenByOthers' }] }] },
  { reading: 'placesNeeded' },
  'place',
  { code: 'OVER_LIMIT', help: text('班期已满,另选班期。', 'The session is full; select another.') },
);

export const selectionRules: readonly RuleSpec[] = [
  workflow({
    id: 'zj-2019-357/2.1-school-review',
    source: source('二(一)'),
    topic: 'selection/school-review',
    summary: text('学校审核本校教师的每一次选课;90学分及以上的培训与教师统筹规划。', 'The school reviews every course selection of its teachers; training of 90 credits and more is planned with the teacher.'),
    params: { planFrom: 90 },
    reading: {
      name: 'plan-is-a-flag',
      text: text('学校审核之前选课待定,不同意则终止,培训机构不能先于学校复核。90学分起(含90)没有规划的,只提示学校,不影响结果。', 'Until the school has reviewed, a selection is pending; a refusal ends it; the institution cannot check before the school. From 90 credits (90 included) a missing plan is shown as a flag for the school and refuses nothing.'),
    },
    check: remark('zhejiang.no-plan', either(NOT_REVIEWED, schoolPending, schoolApproved), {
      when: allOf({
        large: part(text('90学分及以上', '90 credits and more'), atLeast({ fact: 'selection.credits' }, { param: 'planFrom' }, 'credit')),
        unplanned: part(text('没有规划', 'not planned'), is('selection.plannedWithTeacher', [false])),
      }),
    }),
  }),
  quota({
    id: 'zj-2019-357/2.3-weak-areas',
    source: source('二(三)'),
    topic: 'selection/reserved-places',
    summary: text('为农村教师、民办幼儿园教师等提供充足的名额和经费,督促民办学校足额提取培训经费。', 'Localities give rural teachers and private kindergartens sufficient places and funds, and see to it that private schools set aside their training funds in full.'),
    reading: {
      name: 'reserved-until-round-2',
      text: text('班期可为这些群体预留名额;第二轮开始之前,预留的名额不给其他教师。其他教师能用的是未预留的名额。', 'A session may reserve places for these groups; until round 2 begins, reserved places never go to others, who have the places that are not reserved.'),
      values: { placesNeeded: 1 },
    },
    check: onlyFor(
      not(is('sessionPlaces', [null])),
      either(
        is('teacherGroup', ['rural', 'privateKindergarten']),
        placeFree,
        either(isSecondRoundReached, placeFree, unreservedPlaces),
      ),
      text('该班期没有预留名额。', 'The session reserves no places.'),
    ),
  }),
  quota({
    id: 'zj-2019-357/2.4-vocational',
    source: source('二(四)'),
    inForce: { from: '2019-12-17', to: '2020-12-31' },
    topic: 'selection/directive-plan/vocational',
    summary: text('2020年增加中职骨干教师省培指令性名额;专业教学能力和专业技能培训上下半年两期均可选课。', 'Provincial directive places for backbone vocational teachers are increased in 2020; the directive vocational teaching and skill training is chosen in both half-years.'),
    params: { halfYears: ['2020上', '2020下'], plans: ['中职学校骨干教师培训', '中职学校教师专业教学能力和专业技能培训'], scheme: '1+X证书制度试点' },
    reading: {
      name: 'open-in-both-half-years',
      text: text('专业教学能力和专业技能培训在2020年上、下半年均可选课,本通知的选课时间之后也可以。此处的1+X是职业技能等级证书试点,不是校外培训师的“1+X”能力评定。', 'The skill plan is open to selection in both half-years of 2020, also after the windows of this notice. The 1+X pilot named here is a vocational certificate, not the ability assessment of off-campus trainers.'),
    },
    check: onlyFor(is('directivePlan', ['skill']), halfYearOpen, text('只管指令性的专业教学能力和专业技能培训。', 'Concerns the directive skill plan alone.')),
  }),
  deadline({
    id: 'zj-2019-357/5.3-round-1',
    source: source('五(三)'),
    topic: 'selection/round/1',
    summary: text('第一轮自主选课:2020年2月6日至14日。', 'First round of course selection: 2020-02-06 to 2020-02-14.'),
    params: { from: '2020-02-06', to: '2020-02-14' },
    reading: BOTH_DAYS,
    check: inRound(1, windowOf({ at: true }, { param: 'from' }, { param: 'to' }, { help: text('在第一轮时间内选课;错过的不能补选。', 'Select within the first round; who misses it cannot join the second.') })),
  }),
  deadline({
    id: ROUND_2,
    source: source('五(三)'),
    topic: 'selection/round/2',
    summary: text('第二轮自主选课:2020年2月26日至3月1日。', 'Second round of course selection: 2020-02-26 to 2020-03-01.'),
    params: { from: '2020-02-26', to: '2020-03-01' },
    reading: BOTH_DAYS,
    check: inRound(2, windowOf({ at: true }, { param: 'from' }, { param: 'to' }, { help: text('在第二轮时间内选课。', 'Select within the second round.') })),
  }),
  workflow({
    id: 'zj-2019-357/5.3-steps',
    source: source('五(三)'),
    topic: 'selection/steps',
    summary: text('选课依次经过教师自主选课、学校审核、培训机构复核。', 'A selection goes from teacher to school review to the institution’s check.'),
    reading: {
      name: 'reviews-not-bound-to-windows',
      text: text('学校审核和机构复核不受选课时间限制。', 'The two reviews are not bound to the selection windows.'),
    },
    check: either(
      is('selectionSubmitted', [true]),
      either(
        NOT_REVIEWED,
        schoolPending,
        either(
          schoolApproved,
          either(
            is('institutionCheck', [null]),
            pending(text('培训机构复核', 'the institution’s check')),
            is('institutionCheck', ['passed'], { help: text('培训机构复核未通过;可另选项目。', 'The institution’s check was failed; another project may be selected.') }),
          ),
          schoolApproved,
        ),
      ),
      either(
        allOf({ school: part(text('学校未审核', 'no review'), NOT_REVIEWED), institution: part(text('机构未复核', 'no check'), is('institutionCheck', [null])) }),
        pending(text('教师提交选课', 'the teacher’s selection')),
        refused(text('教师提交选课之前,学校和培训机构不能审核。', 'Neither the school nor the institution can act before the teacher has selected.'), 'OUT_OF_ORDER'),
      ),
    ),
  }),
  eligibility({
    id: ONLY_AFTER_1,
    source: source('五(三)'),
    topic: 'selection/round/2/condition',
    summary: text('第一轮未选课的教师不能参加第二轮。', 'Who selected nothing in round 1 cannot join round 2.'),
    reading: {
      name: 'submitted-is-enough',
      text: text('第一轮至少提交过一次选课即可,之后未通过或退选也算。', 'Having submitted at least one selection in round 1 is enough, even if it was refused or withdrawn later.'),
      values: { selections: 1 },
      alternatives: [{ name: 'withdrawn-is-none', text: text('后来退选的不算。', 'A withdrawn one is none.') }],
    },
    check: inRound(
      2,
      either(
        is(`reading:${ONLY_AFTER_1}`, ['withdrawn-is-none']),
        atLeast({ count: 'firstRoundSelections', where: { status: ['submitted', 'approved', 'refused'] } }, { reading: 'selections' }, 'selection', NONE_IN_ROUND_1),
        atLeast({ count: 'firstRoundSelections' }, { reading: 'selections' }, 'selection', NONE_IN_ROUND_1),
      ),
    ),
  }),
];
