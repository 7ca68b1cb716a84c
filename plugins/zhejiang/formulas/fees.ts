import { exact, type Exact, formula } from '../../../src/plugin-kit.ts';

interface Fees {
  readonly 'project.fees.totalFen': number;
  readonly 'project.fees.trainingFen': number;
  readonly 'project.fees.lodgingFen': number;
  readonly 'project.fees.mealSubsidyFen': number;
  readonly 'project.fees.others'?: readonly { readonly name?: string; readonly fen?: number }[] | null;
}

/**
 * Do the parts of a fee add up to its total, exactly, in fen? What the plan does not list is no part; a further part
 * without an amount makes the plan incomplete. The shortfall is the difference, whichever side is larger.
 * zj-2019-357/3.3-fees
 */
export const feePartsAddUp = formula<Fees>({
  name: 'fee-parts-add-up',
  version: 1,
  facts: ['project.fees.totalFen', 'project.fees.trainingFen', 'project.fees.lodgingFen', 'project.fees.mealSubsidyFen'],
  optional: ['project.fees.others'],
  run: (known) => {
    const others = known['project.fees.others'] ?? [];
    const unit = 'fen';
    const required = exact(known['project.fees.totalFen']);
    const blank = others.flatMap(({ fen }, index) => (fen === undefined ? [`project.fees.others[${index}].fen`] : []));
    if (blank.length > 0) return { verdict: 'NOT_MET', required, unit, reasons: [{ code: 'INCOMPLETE', key: 'zhejiang.fee-part-without-amount', params: { fields: blank } }] };
    const named = [known['project.fees.trainingFen'], known['project.fees.lodgingFen'], known['project.fees.mealSubsidyFen']];
    const actual = [...named, ...others.map(({ fen }) => fen ?? 0)].reduce<Exact>((sum, part) => sum.plus(exact(part)), exact(0));
    if (actual.equals(required)) return { verdict: 'MET', required, actual, shortfall: exact(0), unit };
    const isLess = actual.isLessThan(required);
    const difference = isLess ? required.minus(actual) : actual.minus(required);
    return {
      verdict: 'NOT_MET',
      required,
      actual,
      shortfall: difference,
      unit,
      reasons: [{ code: isLess ? 'SHORT' : 'OVER_LIMIT', key: 'zhejiang.fee-parts-differ', params: { actual: actual.toString(), required: required.toString(), difference: difference.toString() } }],
    };
  },
});
