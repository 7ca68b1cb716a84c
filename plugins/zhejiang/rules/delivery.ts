import { allOf, atLeast, atMost, complete, deadline, doneBy, either, fee, holds, is, notKnown, onlyFor, part, remark, report, type RuleSpec, type Text, text, workflow } from '../../../src/plugin-kit.ts';
import { feePartsAddUp } from '../formulas/fees.ts';
import { timetableByWorkingDays } from '../formulas/timetable.ts';

const source = (clause: string) => ({ document: 'zj-2019-357', clause });
const TIMETABLE = 'zj-2019-357/3.2-timetable';

const needed = (name: string, label: Text, help: Text) => part(label, holds(`change.${name}`, { help }));

const FEE_FIELDS = ['totalFen', 'trainingFen', 'lodgingFen', 'mealSubsidyFen'].map((name) => `fees.${name}`);
const statedFees = {
  stated: part(text('写明总额和三项收费', 'the total and the three parts are stated'), complete('project', FEE_FIELDS, { help: text('写明总收费标准、培训费、住宿费、伙食补贴;没有的写0。', 'State the total, the training fee, lodging and the meal subsidy; write 0 where there is none.') })),
  sum: part(text('各项之和等于总额', 'the parts add up to the total'), feePartsAddUp),
};

export const deliveryRules: readonly RuleSpec[] = [
  workflow({
    id: 'zj-2019-357/3.2-committed',
    source: source('三(二)'),
    topic: 'project/change',
    inPrinciple: true,
    summary: text('公布的项目按计划实施,原则上不得调整;较大调整须确有特殊情况、报批准、向学员充分说明并允许退选。', 'A published project runs as planned and in principle is not changed; a larger change needs special circumstances, approval, a full explanation to the trainees, and that they may withdraw.'),
    reading: {
      name: 'all-four',
      text: text('四项缺一不可,逐项指明;公布之前不适用,较小调整不受此限。获批的较大调整之后,学员可不说明理由退选。', 'All four are needed, each missing one is named. Before publication the rule does not apply, and smaller changes are not concerned. After an approved larger change a trainee may withdraw without further ground.'),
    },
    check: onlyFor(
      allOf({
        published: part(text('项目已公布', 'the project is published'), holds('change.projectPublished')),
        larger: part(text('较大调整', 'a larger change'), holds('change.larger')),
      }),
      remark(
        'zhejiang.may-withdraw',
        allOf({
          circumstances: needed('specialCircumstances', text('确有特殊情况', 'special circumstances'), text('没有特殊情况的,按原计划实施。', 'Without special circumstances it runs as planned.')),
          approval: needed('approvedByAuthority', text('相应教育行政部门批准', 'approval of the education authority concerned'), text('报相应教育行政部门批准。', 'Have it approved by the education authority concerned.')),
          explanation: needed('explainedToTrainees', text('向学员充分说明', 'a full explanation to the trainees'), text('向参训学员充分说明并取得理解。', 'Explain it fully to the trainees.')),
          withdrawal: needed('withdrawalAllowed', text('允许学员退选', 'trainees may withdraw'), text('允许学员退选。', 'Allow trainees to withdraw.')),
        }),
        { when: holds('change.approvedByAuthority') },
      ),
      text('只管已公布项目的较大调整。', 'Concerns larger changes of published projects alone.'),
    ),
  }),
  deadline({
    id: TIMETABLE,
    source: source('三(二)'),
    topic: 'project/timetable',
    summary: text('课程表在开班前5日在平台上公布。', 'The course timetable is published on the platform 5 days before the session opens.'),
    params: { days: 5 },
    reading: {
      name: 'calendar-days',
      text: text('按自然日计,开班日不计:最迟在开班日往前第5日,当日任何时间均可。只认平台上的公布;平台上没有的,即为逾期。', 'Calendar days, the opening day not counted: published on or before the opening day minus 5, at any time of that day. Only publication on the platform counts; a timetable that is not there is late.'),
      alternatives: [{ name: 'working-days', text: text('按工作日计:周一至周五;法定节假日和调休未录入,不计在内。', 'Working days: Monday to Friday. Public holidays and the working weekends that make up for them are not known here and not taken into account.') }],
    },
    check: either(
      is(`reading:${TIMETABLE}`, ['working-days']),
      timetableByWorkingDays,
      doneBy('session.timetablePublishedOn', { shift: { fact: 'session.firstOn' }, days: { param: 'days' }, direction: 'before' }, {
        help: text('在平台上公布课程表;已逾期的,推迟开班。', 'Publish the timetable on the platform; where it is too late, open the session later.'),
      }),
    ),
  }),
  fee({
    id: 'zj-2019-357/3.3-fees',
    source: source('三(三)'),
    topic: 'training/fees',
    summary: text('培训方案写明总收费标准及培训费、住宿费、伙食补贴等各项标准,不得另收。', 'The plan states the total fee and its parts; nothing else may be charged.'),
    reading: {
      name: 'parts-add-up-in-fen',
      text: text('总额和三项收费(培训费、住宿费、伙食补贴)必须写明,可另列其他项目;各项之和须恰等于总额(以分计)。写明0元的算一项,未写的不算。实收超过总额的不符合,并指明超出多少。', 'Required are the total and each of the three named parts (training, lodging, meal subsidy); further parts are allowed. Parts add up to the total exactly, in fen; an explicit zero is a part, a missing part is not. Whatever is collected above the total is refused and the excess named.'),
    },
    check: either(
      is('collectedFen', [null]),
      allOf(statedFees, 'sum'),
      allOf(
        {
          ...statedFees,
          collected: part(text('实收不超过总额', 'nothing is collected above the total'), atMost({ fact: 'collectedFen' }, { fact: 'project.fees.totalFen' }, 'fen', { help: text('退还超出总额的部分。', 'Give back what was collected above the total.') })),
        },
        'collected',
      ),
    ),
  }),
  report({
    id: 'zj-2019-357/3.4-monitoring',
    source: source('三(四)'),
    topic: 'training/monitoring',
    summary: text('各地开展培训质量检查并在监控平台记载,省里据平台数据考核。', 'Localities check training quality and record it on the monitoring platform; the province scores from what is recorded there.'),
    params: { indicators: ['质量监控组织建设', '质量监控抽查情况'] },
    reading: {
      name: 'recorded-checks-only',
      text: text('未在平台记载的检查不算;至少有一次已记载的检查。两项指标如何计分未载明。', 'A check that is not recorded on the platform does not count; there is at least one that is. How the two indicators are scored is not stated.'),
      values: { checks: 1 },
    },
    check: atLeast({ count: 'qualityChecks', where: { recordedOnPlatform: [true] } }, { reading: 'checks' }, 'check', {
      code: 'NOT_DONE',
      help: text('开展检查,并在监控平台记载。', 'Make checks and record them on the monitoring platform.'),
    }),
  }),
  workflow({
    id: 'zj-2019-357/3.5-discipline',
    source: source('三(五)'),
    topic: 'training/discipline',
    summary: text('培训机构严格学员纪律和安全;涉嫌违规的按浙师质监〔2014〕4号处理。', 'Institutions keep trainees’ discipline and safety; suspected violations are handled under 浙师质监〔2014〕4号.'),
    reading: {
      name: 'handling-not-read',
      text: text('如何处理由浙师质监〔2014〕4号规定,该文件未读。', 'How a violation is handled stands in 浙师质监〔2014〕4号, which was not read.'),
    },
    check: onlyFor(
      holds('violationSuspected'),
      notKnown(text('《浙江省中小学教师培训质量管理规程(试行)》(浙师质监〔2014〕4号,未读)', 'the rules on training quality, 浙师质监〔2014〕4号 (not read)')),
      text('没有涉嫌违规。', 'No violation is suspected.'),
    ),
  }),
];
