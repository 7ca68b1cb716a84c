import { text } from '../../kernel/text.ts';
import { parseDay } from '../../kernel/civil-day.ts';
import type { PluginManifest } from '../contract.ts';
import { reportInto } from '../faults.ts';
import type { Fault } from '../faults.ts';
import type { CourseKind, InstitutionKind, PopulationSpec, ThresholdSpec } from '../population.ts';
import { code, dictionary, list, object, oneOf, positive, readShape, simple, wholeNumber, words } from './shape.ts';
import type { Shape } from './shape.ts';

const perThousand = simple((value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 1_000, text('0 到 1000 的整数(千分比)', 'a whole number from 0 to 1000 (of a thousand)'));
const aDay = simple((value) => typeof value === 'string' && parseDay(value) !== null, text('存在的日期,如 2025-12-31', 'a day that exists, such as 2025-12-31'));
const cells: Shape = dictionary(words);

const institution: Shape = object<InstitutionKind>(
  { name: words, weight: positive, kind: words, stage: words, endings: list(words, 1), subjects: list(words, 1) },
  { properties: cells, recognitions: list(words, 1), private: perThousand, rural: perThousand, staff: perThousand },
);
const course: Shape = object<CourseKind>({ name: words, titles: list(words, 1), book: words, fields: cells }, {});
const threshold: Shape = object<ThresholdSpec>({ name: words, decision: words, rule: words, on: aDay, below: oneOf(['NOT_MET', 'UNDETERMINED']) }, { part: words, institution: words });
const localNames: Shape = object<NonNullable<PopulationSpec['localNames']>>({ share: perThousand, first: list(words, 1), last: list(words, 1) }, {});

const populationShape: Shape = object<PopulationSpec>(
  { share: wholeNumber, institutions: list(institution, 1), courses: list(course), thresholds: list(threshold), describe: code },
  { localNames, decide: code },
);

/** What is wrong with a description of people, in the form of the faults of a plugin: it is loaded only when people are invented. */
export function checkPopulation({ name, rules, decisions }: Pick<PluginManifest, 'name' | 'rules' | 'decisions'>, loaded: unknown, known: { readonly rules: readonly string[]; readonly decisions: readonly string[] }): Fault[] {
  const faults: Fault[] = [];
  const report = reportInto(faults, name);
  const spec = (loaded as { readonly population?: unknown } | null)?.population;
  readShape(populationShape, spec, (path, found, expected, nearest) => report('MANIFEST_SHAPE', `population.${path}`, found, expected, nearest));
  if (faults.length > 0) return faults;
  const { institutions, thresholds } = spec as PopulationSpec;
  const ruleIds = new Set([...known.rules, ...rules.map(({ id }) => id)]);
  const decisionNames = new Set([...known.decisions, ...decisions.map((decision) => decision.name)]);
  const kinds = new Set(institutions.map((kind) => kind.name));
  if (kinds.size < institutions.length) report('DUPLICATE_NAME', 'population.institutions', institutions.map((kind) => kind.name), text('每类单位各有名称', 'a name of its own for each kind of institution'));
  for (const { name: called, rule, decision, institution: kind } of thresholds) {
    const path = `population.thresholds[${called}]`;
    if (!ruleIds.has(rule)) report('UNKNOWN_RULE', `${path}.rule`, rule, text('已声明的规则', 'a rule that is declared'));
    if (!decisionNames.has(decision)) report('UNKNOWN_RULE', `${path}.decision`, decision, text('已声明的判定项', 'a decision that is declared'));
    if (kind !== undefined && !kinds.has(kind)) report('NAME_MISMATCH', `${path}.institution`, kind, text(`以下之一:${[...kinds].join('、')}`, `one of: ${[...kinds].join(', ')}`));
  }
  return faults;
}
