import { allOf, allowed, atMost, either, fee, holds, is, notPublished, part, type RuleSpec, text } from '../../../src/plugin-kit.ts';

export const feeRules: readonly RuleSpec[] = [
  fee({
    id: 'jx-2014-36/4-fees',
    source: { document: 'jx-2014-36', clause: '四' },
    summary: text('收费执行经批准的标准;省里明确免费的,不得向教师和学校收费;收支两条线。', 'Fees follow the approved standard; where the province says free, no training body charges teachers or schools; income and spending are separate lines.'),
    reading: {
      name: 'standard-published-elsewhere',
      text: text('文件没有金额:没有经批准的标准则不作结论,超出标准的部分不得收取;免费项目向教师或学校收取任何费用都不得;收支不分线不得。', 'The amount is not in the text: without the approved standard nothing is decided, above it the excess is refused; in a free programme any charge to a teacher or a school is; so is one line for income and spending.'),
    },
    topic: 'training/fees',
    check: allOf(
      {
        charge: part(
          text('收费金额', 'The charge'),
          either(
            is('trainingFee.declaredFree', [true]),
            either(
              is('trainingFee.chargedTo', ['teacher', 'school']),
              atMost({ fact: 'trainingFee.chargedFen' }, { literal: 0 }, 'fen', { help: text('免费项目不得向教师或学校收费,已收的应退还。', 'A free programme charges neither teachers nor schools; return what was charged.') }),
              allowed(),
            ),
            either(
              is('approvedFeeFen', [null]),
              either(
                atMost({ fact: 'trainingFee.chargedFen' }, { literal: 0 }, 'fen'),
                allowed(),
                notPublished(text('经批准的收费标准(江西省发展和改革委员会)', 'the approved standard of the fee (Jiangxi Development and Reform Commission)')),
              ),
              atMost({ fact: 'trainingFee.chargedFen' }, { fact: 'approvedFeeFen' }, 'fen', { help: text('按批准的标准收费,超出部分不得收取。', 'Charge no more than the approved standard.') }),
            ),
          ),
        ),
        separateLines: part(text('收支两条线', 'Separate lines for income and spending'), holds('trainingFee.separateLines', { help: text('收入与支出分线管理。', 'Keep income and spending on separate lines.') })),
      },
      'charge',
    ),
  }),
];
