import { allOf, allowed, anyOf, atLeast, type Check, deadline, doneBy, either, eligibility, fee, holds, is, not, notApplicable, notKnown, offset, onlyFor, part, pending, type RuleSpec, some, text } from '../../../src/plugin-kit.ts';
import { ageAtMost } from '../formulas/age.ts';
import { grantRecognised } from '../formulas/offset.ts';

const FAILED_YEARS = ['2012-2013', '2013-2014'] as const;
const MAKE_UP_YEAR = '2014-2015';
const SCHOOL_ALLIANCE = '江西省中小学名师网络联盟';
const TRAINING_CENTRE = '江西省中小学教师远程培训中心';

/** One failed year: it is made up unless a completed programme may have removed, or has removed, the failure. */
const madeUp = (year: string): Check => {
  const record = (field: string, ...values: string[]): Check => some('failedTraining', { year: [year], [field]: values });
  return onlyFor(
    some('failedTraining', { year: [year] }),
    either(
      record('completedProgramme', 'none', 'other'),
      allowed(),
      either(
        record('checkOutcome', 'failureStands'),
        allowed(),
        either(
          record('checkOutcome', 'pending'),
          pending(text(`逐一核对(${year}学年完成了可冲抵的项目,须核对确定是否仍为不合格)`, `the one-by-one check: a programme that offsets was completed in ${year}, and whether the failure stands is not settled`)),
          notApplicable('NOT_BOUND', text(`经核对,${year}学年不再记为不合格,无须补训。`, `The check has removed the failure of ${year}; there is nothing to make up.`)),
        ),
      ),
    ),
    text(`${year}学年没有不合格记录;其他学年的不合格不在本通知之内。`, `No failure of ${year} is recorded; failures of other years are outside this notice.`),
  );
};

const inMakeUpYear = (check: Check): Check => onlyFor(is('makeUpYear', [MAKE_UP_YEAR]), check, text('本通知只安排2014~2015学年度的补训。', 'This notice arranges make-up training in 2014-2015 only.'));

/** A failure of the year that no check has removed: an age is asked of trainees only. */
const failedStill = (year: string): Check =>
  either(
    some('failedTraining', { year: [year], completedProgramme: ['none', 'other'] }),
    allowed(),
    onlyFor(not(some('failedTraining', { year: [year], checkOutcome: ['failureRemoved'] })), some('failedTraining', { year: [year] })),
  );

const yearPart = (year: string) => part(text(`${year}学年不合格的补训`, `Make-up of the failure of ${year}`), madeUp(year));

/** Where it was published and what it holds is asked of a list that there is. */
const ofPublished = (check: Check): Check => either(is('makeUpList', [null]), notApplicable('NOT_BOUND', text('名单尚未公示。', 'The list has not been published.')), check);

export const makeUpRules: readonly RuleSpec[] = [
  eligibility({
    id: 'jx-2014-36/3-make-up',
    source: { document: 'jx-2014-36', clause: '三' },
    params: { failedYears: FAILED_YEARS, makeUpYear: MAKE_UP_YEAR },
    summary: text('2012~2013、2013~2014两学年培训不合格的教师,在2014~2015学年度补训。', 'Teachers who failed in school year 2012-2013 or 2013-2014 make up the training in 2014-2015.'),
    reading: {
      name: 'each-year-an-item',
      text: text(
        '每个不合格学年各为一项;其他学年的不合格、其他学年的补训不在本通知之内。在记为不合格的学年完成了可冲抵项目的,核对确定之前该学年不作结论。',
        'Each failed year is an item of its own; failures of other years, and make-up in another year, are outside this notice. Where a programme that offsets was completed in a year recorded as failed, that year is open until the one-by-one check has settled it.',
      ),
    },
    topic: 'make-up/who',
    check: inMakeUpYear(allOf(Object.fromEntries(FAILED_YEARS.map((year) => [year, yearPart(year)])))),
  }),
  deadline({
    id: 'jx-2014-36/3.1-list',
    source: { document: 'jx-2014-36', clause: '三.1' },
    params: { by: '2014-12-15', site: '江西教师教育网', fields: ['培训不合格人员名单', '不合格培训项目'], lead: SCHOOL_ALLIANCE, with: TRAINING_CENTRE },
    summary: text('不合格人员名单和项目逐一核对,于2014年12月15日前在江西教师教育网公示,各地下载并通知到每位教师。', 'Names and failed projects are checked one by one and published on the Jiangxi Teacher Education Network by 2014-12-15; counties and schools download them and inform every teacher.'),
    reading: {
      name: 'day-included',
      text: text('“于…前”包含当日:12月15日公示仍为及时。换一个网站,或只有名单没有项目,均不符合。', 'The day itself is still in time. On another site, or with names but without the failed projects, it is not met.'),
      values: { daysBefore: 0 },
      alternatives: [{ name: 'day-excluded', text: text('“于…前”不含当日:最迟12月14日。', 'The day itself is too late: 14 December is the last day.'), values: { daysBefore: 1 } }],
    },
    topic: 'make-up/list',
    check: allOf(
      {
        published: part(text('及时公示', 'Published in time'), doneBy('makeUpList.publishedOn', { shift: { param: 'by' }, days: { reading: 'daysBefore' }, direction: 'before' })),
        site: part(text('在指定网站公示', 'On the named site'), ofPublished(is('makeUpList.site', ['jxjsjy'], { help: text('在江西教师教育网公示。', 'Publish it on the Jiangxi Teacher Education Network.') }))),
        names: part(text('列出不合格人员名单', 'With the names of those who failed'), ofPublished(holds('makeUpList.withNames', { help: text('补充人员名单。', 'Add the names.') }))),
        failedProjects: part(text('列出不合格培训项目', 'With the failed projects'), ofPublished(holds('makeUpList.withFailedProjects', { help: text('补充不合格培训项目。', 'Add the failed projects.') }))),
      },
      'published',
    ),
  }),
  eligibility({
    id: 'jx-2014-36/3.1-age',
    source: { document: 'jx-2014-36', clause: '三.1' },
    params: { men: 55, women: 53 },
    summary: text('补训对象为当年男55周岁、女53周岁以下的教师。', 'Trainees of the make-up training are men up to 55 and women up to 53 years of age in that year.'),
    reading: {
      name: 'limit-included',
      text: text('“以下”按民事法律含本数(《民法通则》第155条);年龄为2014年减出生年份。', 'The limit includes the number, as civil law has it (General Principles of Civil Law, art. 155); age is the calendar year 2014 minus the year of birth.'),
      values: { year: 2014, below: 0 },
      alternatives: [{ name: 'limit-excluded', text: text('不含本数:55岁的男教师和53岁的女教师不在其列。', 'The number is excluded: men of 55 and women of 53 are out.'), values: { below: 1 } }],
    },
    topic: 'make-up/age',
    assumes: {
      failedTraining: {
        value: [{ year: FAILED_YEARS[0], completedProgramme: 'none' }],
        because: text('未说明时,问年龄即指补训对象(两学年内有不合格记录)。', 'Where nothing is said, who asks about the age means a trainee, who failed in one of the two years.'),
      },
    },
    check: inMakeUpYear(
      onlyFor(
        anyOf(Object.fromEntries(FAILED_YEARS.map((year) => [year, part(text(`${year}学年不合格`, `failed in ${year}`), failedStill(year))]))),
        either(is('sex', ['male']), ageAtMost('men'), ageAtMost('women')),
        text('只问补训对象:两学年均无不合格记录的不参加补训。', 'It concerns trainees only: who failed in neither year has nothing to make up.'),
      ),
    ),
  }),
  offset({
    id: 'jx-2014-36/3.2-offset',
    source: { document: 'jx-2014-36', clause: '三.2' },
    params: { years: FAILED_YEARS },
    summary: text('2012~2013、2013~2014培训年度,“国培计划”远程项目和信息技术应用能力提升工程列入全员培训体系并冲抵学分。', 'In training years 2012-2013 and 2013-2014 distance projects of the national training plan and the IT-ability programme belong to the system and offset its credits.'),
    reading: {
      name: 'recognised-amount',
      text: text('文件未定数额:可以冲抵,数额以认定的为准;其他年度、未列明的项目没有已知规则。', 'How much is not stated: the offset is allowed and its amount is the recognised one. For other years, and programmes not named, no rule is known.'),
    },
    topic: 'credit/offset/programmes',
    check: either(
      is('offset.trainingYear', FAILED_YEARS),
      either(is('offset.programme', ['nationalDistance', 'itAbility']), grantRecognised, notKnown(text('未列明的项目能否冲抵(列明的是“国培计划”远程项目和信息技术应用能力提升工程)', 'whether a programme other than distance projects of the national training plan and the IT-ability programme offsets anything'))),
      notKnown(text('2012~2013、2013~2014以外的培训年度能否冲抵', 'whether anything is offset in training years other than 2012-2013 and 2013-2014')),
    ),
  }),
  fee({
    id: 'jx-2014-36/3.2-free',
    source: { document: 'jx-2014-36', clause: '三.2' },
    summary: text('补训免费;已收费用全额退还教师。', 'The make-up training is free; fees already collected are refunded in full.'),
    topic: 'make-up/fees',
    check: atLeast({ fact: 'makeUpFees.refundedFen' }, { fact: 'makeUpFees.collectedFen' }, 'fen', { help: text('将尚未退还的费用全额退还教师。', 'Refund to the teacher what has not been refunded yet.') }),
  }),
];
