import { Exact, exact, formula, type FormulaContext, type Outcome, type Text, text } from '../../../src/plugin-kit.ts';

/** The schools of a district, or the city's secondary vocational schools. */
interface Counted {
  readonly scope?: string;
  readonly name?: string;
  readonly schools?: number;
  readonly developmentSchools?: number;
}
interface DevelopmentFacts {
  readonly developmentSchoolCounts: readonly Counted[] | null;
}

/**
 * Are there enough development schools? One in ten in each district, a tenth of the city's vocational schools; each item
 * is a finding, and the number needed is rounded as the reading says. More of them than schools is refused. sh-2016-opinion/10-development-schools
 */
export const enoughDevelopmentSchools = formula<DevelopmentFacts>({
  name: 'shanghai-development-schools',
  version: 1,
  facts: ['developmentSchoolCounts'],
  run({ developmentSchoolCounts }, context): Outcome {
    const items = (developmentSchoolCounts ?? []).map((item, index) => judge(item, index, context));
    const [only, ...others] = items;
    if (!only) return { verdict: 'NOT_APPLICABLE', reasons: [{ code: 'NOT_BOUND', key: 'shanghai.no-schools-counted' }] };
    if (others.length === 0) return only;
    const verdict = (['NOT_MET', 'UNDETERMINED', 'MET'] as const).find((found) => items.some((item) => item.verdict === found)) ?? 'MET';
    const deciding = items.filter((item) => item.verdict === verdict);
    return { verdict, reasons: deciding.flatMap(({ reasons }) => reasons ?? []), missing: deciding.flatMap(({ missing }) => missing ?? []), parts: Object.fromEntries(items.map((item, index) => [`item${index + 1}`, item])) };
  },
});

function judge(item: Counted, index: number, context: FormulaContext): Outcome & { label: Text } {
  const path = `developmentSchoolCounts[${index}]`;
  const label = labelOf(item, index);
  const needed = neededFor(item, context);
  if (needed === null) return { label, verdict: 'UNDETERMINED', missing: [...(item.scope === undefined ? [`${path}.scope`] : []), ...(item.schools === undefined ? [`${path}.schools`] : [])] };
  const yields = [{ name: 'developmentSchoolsNeeded', value: needed.toString(), unit: 'school' }];
  const common = { label, required: needed, unit: 'school', yields };
  if (item.developmentSchools === undefined) return needed.isZero() ? { ...common, verdict: 'MET' } : { ...common, verdict: 'UNDETERMINED', missing: [`${path}.developmentSchools`] };
  const actual = exact(item.developmentSchools);
  if (item.schools !== undefined && item.developmentSchools > item.schools) return { ...common, verdict: 'NOT_MET', actual, reasons: [{ code: 'REFUSED', key: 'shanghai.more-development-schools-than-schools', params: { where: label, schools: item.schools, actual: actual.toString() } }] };
  if (actual.isAtLeast(needed)) return { ...common, verdict: 'MET', actual, shortfall: Exact.zero };
  const shortfall = needed.minus(actual);
  return { ...common, verdict: 'NOT_MET', actual, shortfall, reasons: [{ code: 'SHORT', key: 'shanghai.development-schools-short', params: { where: label, schools: item.schools ?? 0, required: needed.toString(), actual: actual.toString(), shortfall: shortfall.toString() } }] };
}

/** null while the number of schools, or which share holds for them, is not known. */
function neededFor({ scope, schools }: Counted, context: FormulaContext): Exact | null {
  if (schools === undefined || scope === undefined) return null;
  const share = scope === 'vocational' ? exact(schools).times(context.exact('vocationalShare')) : exact(schools).dividedBy(context.exact('schoolsPer'));
  return exact(context.reading['rounded'] === 'down' ? share.floor() : share.ceil());
}

function labelOf({ scope, name }: Counted, index: number): Text {
  if (name !== undefined) return text(name, name);
  return scope === 'vocational' ? text('全市中等职业学校', "the city's secondary vocational schools") : text(`第${index + 1}个区`, `district ${index + 1}`);
}
