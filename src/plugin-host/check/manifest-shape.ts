import type { DecisionSpec } from '../../kernel/decision.ts';
import type { DocumentSpec } from '../../kernel/document.ts';
import { EVIDENCE } from '../../kernel/document.ts';
import { SENSITIVITIES } from '../../kernel/facts.ts';
import type { FactSpec, FactType, FieldSpec } from '../../kernel/facts.ts';
import type { JurisdictionSpec } from '../../kernel/jurisdiction.ts';
import type { CoordinateSpec, LedgerSpec, Move } from '../../kernel/ledger.ts';
import type { Assumption, Reading, ReadingChoice, RuleSpec } from '../../kernel/rule.ts';
import { RULE_KINDS } from '../../kernel/rule.ts';
import type { PluginManifest, ProfileSpec } from '../contract.ts';
import { ACTS } from '../records.ts';
import type { Act, EntriesRecord, PropertyRecord, RecordsSpec } from '../records.ts';
import { bilingual, check, isPlainText } from './check-shapes.ts';
import { anything, byField, code, dictionary, exactNumber, flag, later, list, matching, object, oneOf, orNull, positive, simple, tagged, unless, wholeNumber, words } from './shape.ts';
import type { Shape } from './shape.ts';

const PLUGIN_NAME = matching(/^[a-z][a-z0-9-]*$/, { zh: '小写字母、数字和连字符,以字母开头', en: 'small letters, digits and hyphens, a letter first' });
const RULE_ID = matching(/^[a-z0-9-]+\/[a-z0-9][a-z0-9.-]*$/, { zh: '“<文件>/<条款>-<简称>”,只用小写字母、数字、点和连字符', en: '<document>/<clause>-<slug> in small letters, digits, dots and hyphens' });
const VARIABLE = matching(/^[a-z][A-Za-z0-9]*$/, { zh: '以小写字母开头的英文名', en: 'a name of letters and digits that begins with a small letter' });
/** Whether a day exists is another check. */
const DAY = words;
const FRACTIONLESS = simple((value) => typeof value !== 'number' || Number.isSafeInteger(value), { zh: '精确数:小数写成文本,如 "1.5" 或 "1/10"', en: 'an exact number: write a fraction as text, such as "1.5" or "1/10"' });

const param: Shape = (value, path, wrong) => {
  if (Array.isArray(value)) return list(param)(value, path, wrong);
  if (typeof value === 'object' && value !== null) return dictionary(param)(value, path, wrong);
  if (typeof value === 'number') return FRACTIONLESS(value, path, wrong);
  if (typeof value !== 'string' && typeof value !== 'boolean') wrong(path, value, { zh: '数、文本、真假值或其列表、对象', en: 'a number, a text, true or false, or lists and objects of these' });
};
const params: Shape = dictionary(param);

const type: Shape = later(() => factType);
type Kind<Name extends FactType['kind']> = Extract<FactType, { kind: Name }>;
const kind = anything;
const factType: Shape = tagged('kind', {
  boolean: object<Kind<'boolean'>>({ kind }, {}),
  choice: object<Kind<'choice'>>({ kind, options: dictionary(bilingual, 1) }, {}),
  integer: object<Kind<'integer'>>({ kind }, { unit: words, min: wholeNumber, max: wholeNumber }),
  amount: object<Kind<'amount'>>({ kind, unit: words }, { perWhole: positive, min: exactNumber, max: exactNumber }),
  money: object<Kind<'money'>>({ kind }, {}),
  day: object<Kind<'day'>>({ kind }, {}),
  instant: object<Kind<'instant'>>({ kind }, {}),
  text: object<Kind<'text'>>({ kind }, { maxLength: positive }),
  list: object<Kind<'list'>>({ kind, of: type }, { max: positive }),
  record: object<Kind<'record'>>({ kind, fields: dictionary(object<FieldSpec>({ type, meaning: bilingual }, { nullable: flag, absent: bilingual }), 1) }, {}),
} satisfies Record<FactType['kind'], Shape>);

const fact: Shape = object<FactSpec>(
  { name: VARIABLE, type, meaning: bilingual, suppliedBy: oneOf(['teacher', 'school', 'district', 'province', 'institution', 'platform', 'caller']) },
  {
    nullable: flag,
    sensitivity: oneOf(SENSITIVITIES),
    default: object<NonNullable<FactSpec['default']>>({ value: orNull(anything), because: bilingual }, { quiet: flag }),
    setting: object<NonNullable<FactSpec['setting']>>({ authority: bilingual }, { minima: flag }),
    insteadOf: list(words),
  },
);

const choice = { name: words, text: bilingual };
const reading: Shape = object<Reading>(choice, { values: params, alternatives: list(object<ReadingChoice>(choice, { values: params })) });
const rule: Shape = object<RuleSpec>(
  { id: RULE_ID, kind: oneOf(RULE_KINDS), source: object<RuleSpec['source']>({ document: words, clause: words }, {}), summary: bilingual, topic: words },
  {
    inForce: object<NonNullable<RuleSpec['inForce']>>({}, { from: DAY, to: orNull(DAY) }),
    params,
    inPrinciple: flag,
    guideline: flag,
    reading,
    succeeds: words,
    carriesOut: words,
    takesPlaceOf: list(words),
    takesPlaceFor: check,
    narrows: object<NonNullable<RuleSpec['narrows']>>({ rules: list(words, 1), when: check }, {}),
    lawOf: object<NonNullable<RuleSpec['lawOf']>>({ period: words }, {}),
    assumes: dictionary(object<Assumption>({ value: orNull(anything), because: bilingual }, {}), 1),
    check,
  },
);

const jurisdiction: Shape = object<JurisdictionSpec>({ code: words, name: bilingual }, {});
/** A nation has some thousand places. */
const places: Shape = list(unless(isPlainPlace, jurisdiction));
function isPlainPlace(place: unknown): boolean {
  const { code: division, name, ...rest } = (place ?? {}) as Partial<JurisdictionSpec>;
  return typeof division === 'string' && division !== '' && isPlainText(name) && Object.keys(rest).length === 0;
}
const document: Shape = object<DocumentSpec>(
  { id: words, title: bilingual, issuer: bilingual, inForce: object<DocumentSpec['inForce']>({ from: DAY, to: orNull(DAY) }, {}), evidence: oneOf(EVIDENCE) },
  { number: words, issuedOn: DAY, note: bilingual, unreadTopics: list(words), gapAfter: bilingual },
);
const decision: Shape = object<DecisionSpec>(
  { name: VARIABLE, title: bilingual, question: bilingual, about: oneOf(['teacher', 'project', 'institution', 'course', 'session', 'entry', 'authority', 'selection', 'trainer']), rules: list(words, 1) },
  { asks: list(words, 1) },
);

type FixedCycle = Extract<LedgerSpec['cycle'], { from: string }>;
type OwnCycle = Extract<LedgerSpec['cycle'], { startFact: string }>;
const values = dictionary(list(words, 1));
const ledger: Shape = object<LedgerSpec>(
  {
    id: words,
    label: bilingual,
    unit: words,
    perWhole: positive,
    entries: object<LedgerSpec['entries']>({ fact: words, amount: words, day: words, id: words }, {}),
    cycle: byField({ from: object<FixedCycle>({ from: DAY, to: DAY }, {}), startFact: object<OwnCycle>({ startFact: words, years: positive }, {}) }),
    pools: dictionary(object<LedgerSpec['pools'][string]>({ label: bilingual }, { anyDay: flag }), 1),
    coordinates: dictionary(object<CoordinateSpec>({ label: bilingual, values: dictionary(bilingual) }, { none: words })),
    place: code,
    moves: list(object<Move>({ rule: words, pool: words, from: values, to: dictionary(words, 1) }, { tag: words, withoutTag: words })),
    additional: list(object<LedgerSpec['additional'][number]>({ pool: words, at: values }, {}), 1),
  },
  {
    version: positive,
    figures: object<NonNullable<LedgerSpec['figures']>>({ fact: words }, { byYear: words }),
    offsets: words,
    placedBy: list(words),
    unreadOffsets: object<NonNullable<LedgerSpec['unreadOffsets']>>({ document: words }, {}),
  },
);

const profile: Shape = object<ProfileSpec>({ name: words, label: bilingual, decision: words, on: list(DAY, 1), facts: dictionary(orNull(anything)) }, {});

const acts: Shape = object<Readonly<Partial<Record<Act, string>>>>({}, Object.fromEntries(ACTS.map((act) => [act, words])) as Record<Act, Shape>);
const entriesRecord: Shape = object<EntriesRecord>(
  { fact: words, columns: dictionary(bilingual, 1) },
  { status: object<NonNullable<EntriesRecord['status']>>({ field: words, values: acts }, {}), values: dictionary(dictionary(bilingual, 1), 1), elsewhere: dictionary(orNull(anything)) },
);
const properties: Shape = list(object<PropertyRecord>({ fact: words, column: bilingual }, { property: VARIABLE }));
const records: Shape = object<RecordsSpec>({}, { entries: list(entriesRecord), roles: object<NonNullable<RecordsSpec['roles']>>({ fact: words, column: bilingual }, {}), employments: object<NonNullable<RecordsSpec['employments']>>({ fact: words, kinds: list(words, 1) }, {}), person: properties, institution: properties });

/** The whole manifest. Whether what it names exists is looked at afterwards. */
export const manifestShape: Shape = object<PluginManifest>(
  { name: PLUGIN_NAME, title: bilingual, contract: anything, jurisdiction, documents: list(document), facts: list(fact), rules: list(rule), decisions: list(decision) },
  { places, ledgers: list(ledger), records, units: dictionary(bilingual), messages: dictionary(bilingual), profiles: list(profile), population: code },
);

