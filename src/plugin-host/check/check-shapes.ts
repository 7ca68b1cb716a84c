import type { Amount, Check, Day, DueFormula, HeldAt, Part, RowCheck } from '../../kernel/check.ts';
import { REASONS, VERDICTS } from '../../kernel/finding.ts';
import type { Sight } from '../../kernel/ledger.ts';
import type { Text } from '../../kernel/text.ts';
import { anything, byField, code, dictionary, exactNumber, flag, later, list, object, oneOf, orNull, positive, simple, tagged, unless, wholeNumber, words } from './shape.ts';
import type { Shape } from './shape.ts';

type Op<Name extends Check['op']> = Extract<Check, { op: Name }>;
type AmountBy<Name extends string> = Extract<Amount, Readonly<Record<Name, unknown>>>;
type DayBy<Name extends string> = Extract<Day, Readonly<Record<Name, unknown>>>;

export function isPlainText(value: unknown): boolean {
  const { zh, en, ...rest } = (value ?? {}) as Partial<Text>;
  return typeof zh === 'string' && typeof en === 'string' && zh.trim() !== '' && en.trim() !== '' && Object.keys(rest).length === 0;
}
/** A text in both languages. */
export const bilingual: Shape = unless(isPlainText, object<Text>({ zh: words, en: words }, {}));
const scalar: Shape = simple((value) => ['string', 'boolean', 'number'].includes(typeof value), { zh: '文本、数或真假值', en: 'a text, a number, true or false' });
const where: Shape = dictionary(list(scalar, 1));
const pair = (shape: Shape): Shape => (value, path, wrong) => {
  if (!Array.isArray(value) || value.length !== 2) wrong(path, value, { zh: '两项', en: 'two items' });
  else list(shape)(value, path, wrong);
};

const anyAmount: Shape = later(() => amount);
/** An amount expression. */
const amount: Shape = byField({
  fact: object<AmountBy<'fact'>>({ fact: words }, {}),
  param: object<AmountBy<'param'>>({ param: words }, { rule: words }),
  reading: object<AmountBy<'reading'>>({ reading: words }, {}),
  literal: object<AmountBy<'literal'>>({ literal: exactNumber }, {}),
  count: object<AmountBy<'count'>>({ count: words }, { where }),
  total: object<AmountBy<'total'>>({ total: words, field: words }, { where }),
  sum: object<AmountBy<'sum'>>({ sum: list(anyAmount, 1) }, {}),
  difference: object<AmountBy<'difference'>>({ difference: pair(anyAmount) }, {}),
  product: object<AmountBy<'product'>>({ product: pair(anyAmount) }, {}),
  share: object<AmountBy<'share'>>({ share: pair(anyAmount) }, {}),
});

const day: Shape = byField({
  fact: object<DayBy<'fact'>>({ fact: words }, {}),
  param: object<DayBy<'param'>>({ param: words }, {}),
  at: object<DayBy<'at'>>({ at: oneOf([true]) }, {}),
  shift: object<DayBy<'shift'>>({ shift: later(() => day), days: amount, direction: oneOf(['before', 'after']) }, {}),
});
const moment: Shape = byField({ fact: object<{ fact: string }>({ fact: words }, {}), at: object<{ at: true }>({ at: oneOf([true]) }, {}) });

const sight: Shape = object<Sight>(
  { pool: words, where: dictionary(list(words, 1)) },
  { except: list(dictionary(list(words, 1))), share: object<NonNullable<Sight['share']>>({ rule: words, param: words }, {}), byOffset: words },
);
const due: Shape = object<DueFormula>({ name: words, version: positive, facts: list(words), run: code }, {});
const row: Shape = object<RowCheck>({ op: anything, ledger: words, figure: words, sees: list(sight, 1), required: amount }, { due });
const role: Shape = object<HeldAt & { list: string; where: unknown }>({ list: words, where, from: words, to: words }, {});
const heldAt: Shape = object<HeldAt>({ from: words, to: words }, {});

const REASON = oneOf(Object.keys(REASONS));
const worded = { help: bilingual, code: REASON };
const below: Shape = later(() => check);
const parts: Shape = dictionary(object<Part>({ label: bilingual, check: below }, {}), 1);
const inList: Shape = object<Op<'some'>>({ op: anything, list: words, where }, { heldAt, ...worded });
const op = anything;

/** A check with all that is below it. */
export const check: Shape = tagged('op', {
  allOf: object<Op<'allOf'>>({ op, parts }, { figure: words }),
  anyOf: object<Op<'anyOf'>>({ op, parts }, { figure: words }),
  onlyFor: object<Op<'onlyFor'>>({ op, when: below, then: below }, { others: bilingual }),
  either: object<Op<'either'>>({ op, when: below, then: below, otherwise: below }, {}),
  not: object<Op<'not'>>({ op, check: below }, {}),
  is: object<Op<'is'>>({ op, fact: words, values: list(orNull(scalar), 1) }, worded),
  some: inList,
  every: inList,
  compare: object<Op<'compare'>>({ op, actual: amount, relation: oneOf(['atLeast', 'atMost', 'equals']), required: amount, unit: words }, { yields: words, ...worded }),
  window: object<Op<'window'>>({ op, moment }, { from: day, to: day, lateIsCarriedOut: flag, ...worded }),
  inside: object<Op<'inside'>>({ op, first: day, last: day, from: day, to: day }, worded),
  doneBy: object<Op<'doneBy'>>({ op, done: words, by: day }, worded),
  complete: object<Op<'complete'>>({ op, record: words, fields: list(words, 1) }, { atLeastOne: flag, ...worded }),
  steps: object<Op<'steps'>>({ op, done: words, order: object<{ param: string }>({ param: words }, {}) }, { actors: dictionary(words), ...worded }),
  row,
  eachYear: object<Op<'eachYear'>>({ op, row }, { role, year: words, from: wholeNumber }),
  rule: object<Op<'rule'>>({ op, id: words }, {}),
  undetermined: object<Op<'undetermined'>>({ op, code: oneOf(['RULE_NOT_KNOWN', 'SETTING_NOT_PUBLISHED', 'PENDING', 'HELD']), what: bilingual }, {}),
  outcome: object<Op<'outcome'>>({ op, verdict: oneOf(VERDICTS) }, { code: REASON, what: bilingual }),
  remark: object<Op<'remark'>>({ op, key: words, check: below }, { when: below, params: dictionary(anything) }),
  formula: object<Op<'formula'>>({ op, name: words, version: positive, facts: list(words), run: code }, { optional: list(words) }),
} satisfies Record<Check['op'], Shape>);
