import { describe, expect, test } from 'vitest';
import { checkPlugins } from '../../src/plugin-host/check/check-plugin.ts';
import { allOf, atLeast, choice, complete, equals, field, holds, integer, is, listOf, part, record, remark, ruleOf, some, text, textType, windowOf } from '../../src/plugin-kit.ts';
import type { Check, DocumentSpec, FactSpec, Move, PluginManifest, RuleSpec, Sight } from '../../src/plugin-kit.ts';
import { agreement, entries, fact, ledger, levelRow, minimal } from '../fixtures/broken/minimal.ts';

const NAME = 'sample';
const base = minimal(NAME, '990900');
const sample = (change: Partial<PluginManifest>): PluginManifest => ({ ...base, ...change });
const faultsOf = (...plugins: unknown[]): string[] => checkPlugins(plugins.map((exported) => ({ name: (exported as PluginManifest).name, exported }))).faults.map(({ code, path }) => `${code} ${path}`);
const withCheck = (check: Check, facts: readonly FactSpec[] = []): PluginManifest => sample({ facts: [...base.facts, ...facts], rules: [agreement(NAME, { check })] });
const RULE = `rules[${NAME}/1-agreed]`;

test('a plugin without a fault has none', () => {
  expect(faultsOf(base)).toEqual([]);
});

describe('form', () => {
  test('a field that the contract does not have is named with the one that it looks like', () => {
    const { faults } = checkPlugins([{ name: NAME, exported: sample({ rules: [{ ...agreement(NAME), sucseeds: 'x' } as RuleSpec] }) }]);
    expect(faults).toMatchObject([{ code: 'MANIFEST_SHAPE', path: `${RULE}.sucseeds`, nearest: ['succeeds'] }]);
  });

  test.each([
    ['a fraction as a JSON number', { params: { share: 0.25 } }, `${RULE}.params.share`],
    ['an unknown kind', { kind: 'creditt' }, `${RULE}.kind`],
    ['a summary in one language', { summary: { zh: '一' } }, `${RULE}.summary.en`],
    ['an unknown operation', { check: { op: 'holds', fact: 'isAgreed' } }, `${RULE}.check.op`],
    ['an amount of nothing', { check: { op: 'compare', actual: {}, relation: 'atLeast', required: { literal: 1 }, unit: 'x' } }, `${RULE}.check.actual`],
    ['a formula without a function', { check: { op: 'formula', name: 'x', version: 1, facts: [] } }, `${RULE}.check.run`],
    ['an id in capitals', { id: 'Sample/1' }, 'rules[Sample/1].id'],
  ])('%s is refused', (_what, change, path) => {
    expect(faultsOf(sample({ rules: [{ ...agreement(NAME), ...change } as RuleSpec] }))).toContain(`MANIFEST_SHAPE ${path}`);
  });

  test.each([[undefined], [null], ['a text'], [[]], [() => base]])('an export that is no manifest is refused: %s', (exported) => {
    expect(checkPlugins([{ name: NAME, exported }]).faults.map(({ code }) => code)).toEqual(['MANIFEST_SHAPE']);
  });
});

test('a decision asks for facts that are declared', () => {
  const [decision] = base.decisions as [PluginManifest['decisions'][number]];
  expect(faultsOf(sample({ decisions: [{ ...decision, asks: ['isAgreed'] }] }))).toEqual([]);
  expect(faultsOf(sample({ decisions: [{ ...decision, asks: ['isAgreeed'] }] }))).toEqual([`UNKNOWN_FACT decisions[${decision.name}].asks`]);
});

describe('facts in checks', () => {
  const COLOUR = fact('colour', choice({ red: text('红', 'red'), blue: text('蓝', 'blue') }));
  const BOXES = fact('boxes', listOf(record({ kind: field(choice({ big: text('大', 'big') }), text('种类', 'kind')), weight: field(integer(), text('重量', 'weight')), label: field(textType(), text('标签', 'label')) })));

  test.each<[string, Check, string]>([
    ['a value that the choice does not have', is('colour', ['green']), `FACT_TYPE ${RULE}.check.values`],
    ['null of a fact that is never null', is('colour', [null]), `FACT_TYPE ${RULE}.check.values`],
    ['a yes of a choice', holds('colour'), `FACT_TYPE ${RULE}.check.values`],
    ['a field of a fact without fields', is('colour.shade', ['red']), `FACT_TYPE ${RULE}.check.fact`],
    ['a list where a record is needed', is('boxes.kind', ['big']), `FACT_TYPE ${RULE}.check.fact`],
    ['a field that records do not have', some('boxes', { size: ['big'] }), `UNKNOWN_FACT ${RULE}.check.where.size`],
    ['a value that a field does not have', some('boxes', { kind: ['small'] }), `FACT_TYPE ${RULE}.check.where.kind`],
    ['records of a fact that is no list', some('colour', {}), `FACT_TYPE ${RULE}.check.list`],
    ['a sum of texts', atLeast({ total: 'boxes', field: 'label' }, { literal: 1 }, 'kg'), `FACT_TYPE ${RULE}.check.actual.field`],
    ['a day of a choice', windowOf({ fact: 'colour' }, undefined, { at: true }), `FACT_TYPE ${RULE}.check.moment`],
    ['a required field that records do not have', complete('boxes', ['kind', 'weight|hight']), `UNKNOWN_FACT ${RULE}.check.fields`],
    ['a text as a number', equals({ param: 'word' }, { literal: 1 }, 'x'), `UNKNOWN_PARAM ${RULE}.check.actual.param`],
    ['a reading without values', atLeast({ reading: 'firstYear' }, { literal: 1 }, 'x'), `UNKNOWN_PARAM ${RULE}.check.actual.reading`],
    ['a parameter of a rule that is not there', atLeast({ param: 'least', rule: `${NAME}/2-other` }, { literal: 1 }, 'x'), `UNKNOWN_RULE ${RULE}.check.actual.rule`],
    ['a part that is not there', allOf({ one: part(text('一', 'one'), holds('isAgreed')) }, 'two'), `MANIFEST_SHAPE ${RULE}.check.figure`],
    ['a reading that a rule does not have', is(`reading:${NAME}/1-agreed`, ['strict']), `UNKNOWN_PARAM ${RULE}.check.values`],
    ['a sentence that is not there, deep inside', allOf({ one: part(text('一', 'one'), remark(`${NAME}.no`, holds('isAgreed'))) }), `UNKNOWN_MESSAGE ${RULE}.check.parts.one.check.key`],
  ])('%s is a fault', (_what, check, expected) => {
    const plugin = withCheck(check, [COLOUR, BOXES]);
    expect(faultsOf({ ...plugin, rules: plugin.rules.map((rule) => ({ ...rule, params: { least: 2, word: 'two' } })) })).toEqual([expected]);
  });

  test('what a rule assumes of a fact has to be a value of a fact that there is', () => {
    const because = text('这样问即指红色', 'who asks so means red');
    const assuming = (name: string, value: string): PluginManifest => sample({ facts: [...base.facts, COLOUR], rules: [agreement(NAME, { assumes: { [name]: { value, because } } })] });
    expect(faultsOf(assuming('colour', 'red'))).toEqual([]);
    expect(faultsOf(assuming('colour', 'green'))).toEqual([`FACT_TYPE ${RULE}.assumes.colour.value`]);
    expect(faultsOf(assuming('color', 'red'))).toEqual([`UNKNOWN_FACT ${RULE}.assumes.color`]);
  });

  test.each<[string, Check]>([
    ['a range is a figure', atLeast({ total: 'boxes', field: 'weight' }, { param: 'range' }, 'kg')],
    ['some element of a list of records', some('boxes', { kind: ['big'], weight: [3] })],
    ['a list that is empty', is('boxes', [null])],
  ])('%s', (_what, check) => {
    const plugin = withCheck(check, [COLOUR, BOXES]);
    expect(faultsOf({ ...plugin, rules: plugin.rules.map((rule) => ({ ...rule, params: { range: [12, 14] } })) })).toEqual([]);
  });

  test('a default has the type of its fact', () => {
    expect(faultsOf(sample({ facts: [...base.facts, { ...COLOUR, default: { value: 'green', because: text('一', 'one') } }] }))).toEqual(['FACT_TYPE facts[colour].default.value']);
  });
});

describe('time', () => {
  const document = (id: string, from: string, to: string | null, more: Partial<DocumentSpec> = {}): DocumentSpec => ({ ...(base.documents[0] as DocumentSpec), id, inForce: { from, to }, ...more });
  const line = (gap: Partial<DocumentSpec>, second: string, change: Partial<RuleSpec>): PluginManifest =>
    sample({
      documents: [document(NAME, '2020-01-01', '2021-12-31', gap), document('later', second, null)],
      rules: [agreement(NAME), agreement(NAME, { id: 'later/1-agreed', source: { document: 'later', clause: '1' }, ...change })],
      decisions: [{ ...(base.decisions[0] as PluginManifest['decisions'][number]), rules: [`${NAME}/1-agreed`, 'later/1-agreed'] }],
    });
  const follows = { topic: 'broken/other', succeeds: `${NAME}/1-agreed` };

  test('a rule that follows another begins the day after it', () => {
    expect(faultsOf(line({}, '2022-01-01', follows))).toEqual([]);
    expect(faultsOf(line({}, '2022-01-02', follows))).toEqual(['UNDECLARED_GAP rules[later/1-agreed].succeeds']);
    expect(faultsOf(line({ gapAfter: text('有空档', 'A gap.') }, '2022-01-02', follows))).toEqual([]);
  });

  test('documents on one topic leave no days between them', () => {
    expect(faultsOf(line({}, '2022-01-01', {}))).toEqual([]);
    expect(faultsOf(line({}, '2023-01-01', {}))).toEqual(['UNDECLARED_GAP documents[later]']);
    expect(faultsOf(line({ gapAfter: text('有空档', 'A gap.') }, '2023-01-01', {}))).toEqual([]);
  });

  test('a rule may outlast its document, as long as they share a day', () => {
    expect(faultsOf(sample({ rules: [agreement(NAME, { inForce: { to: '2022-12-31' } })] }))).toEqual([]);
    expect(faultsOf(sample({ rules: [agreement(NAME, { inForce: { from: '2021-12-31', to: null } })] }))).toEqual([]);
    expect(faultsOf(sample({ rules: [agreement(NAME, { inForce: { from: '2022-01-01', to: null } })] }))).toEqual([`RULE_OUTSIDE_DOCUMENT ${RULE}.inForce`]);
  });

  test('days of documents and cycles exist', () => {
    expect(faultsOf(sample({ documents: [document(NAME, '2021-02-29', null)] }))).toEqual([`INVALID_PERIOD documents[${NAME}].inForce`]);
    expect(faultsOf(sample({ documents: [document(NAME, '2022-01-01', '2021-12-31')] }))).toEqual([`INVALID_PERIOD documents[${NAME}].inForce`]);
    expect(faultsOf(sample({ facts: [...base.facts, entries], ledgers: [ledger({ cycle: { from: '2021-01-01', to: '2020-12-31' } })] }))).toEqual(['INVALID_PERIOD ledgers[book].cycle']);
  });
});

describe('ledgers', () => {
  const withMoves = (moves: readonly Move[], rules: readonly RuleSpec[] = [agreement(NAME, { check: levelRow('a') })]): PluginManifest =>
    sample({ facts: [...base.facts, entries], ledgers: [ledger({ moves })], rules, decisions: [{ ...(base.decisions[0] as PluginManifest['decisions'][number]), rules: rules.map(({ id }) => id) }] });
  const move = (from: string, to: string, more: Partial<Move> = {}): Move => ({ rule: `${NAME}/1-agreed`, pool: 'main', from: { level: [from] }, to: { level: to }, ...more });

  test('a chain is no circle, and neither are moves that no unit can make one after the other', () => {
    expect(faultsOf(withMoves([move('a', 'b'), move('b', 'c'), move('a', 'c')]))).toEqual([]);
    expect(faultsOf(withMoves([move('a', 'b', { tag: 'x' }), move('b', 'a', { withoutTag: 'x' })]))).toEqual([]);
    expect(faultsOf(withMoves([move('a', 'b', { tag: 'x' }), move('b', 'a', { withoutTag: 'y' })]))).toEqual(['OFFSET_CYCLE ledgers[book].moves']);
  });

  test('moves of rules that are never in force on one day are no circle', () => {
    const early = agreement(NAME, { check: levelRow('a'), inForce: { to: '2020-12-31' } });
    const late = (from: string): RuleSpec => agreement(NAME, { id: `${NAME}/2-late`, check: levelRow('b'), inForce: { from } });
    const moves = [move('a', 'b'), move('b', 'a', { rule: `${NAME}/2-late` })];
    expect(faultsOf(withMoves(moves, [early, late('2021-01-01')]))).toEqual([]);
    expect(faultsOf(withMoves(moves, [early, late('2020-12-31')]))).toEqual(['OFFSET_CYCLE ledgers[book].moves']);
  });

  test('exceptions can leave a row without a cell', () => {
    const seen = (except: Sight['except']): PluginManifest => sample({ facts: [...base.facts, entries], ledgers: [ledger()], rules: [agreement(NAME, { check: levelRow('a', { sees: [{ pool: 'main', where: { level: ['a', 'b'] }, except }] }) })] });
    expect(faultsOf(seen([{ level: ['a'] }]))).toEqual([]);
    expect(faultsOf(seen([{ level: ['a', 'b'] }]))).toEqual([`UNSATISFIABLE_ROW ${RULE}.check`]);
  });

  test('entries are no finer than the ledger', () => {
    expect(faultsOf(sample({ facts: [...base.facts, entries], ledgers: [ledger({ perWhole: 100 })] }))).toEqual([]);
    const fine = { ...entries, type: listOf(record({ id: field(textType(), text('一', 'one')), amount: field({ kind: 'amount', unit: 'credit', perWhole: 100 }, text('二', 'two')), on: field({ kind: 'day' }, text('三', 'three')) })) };
    expect(faultsOf(sample({ facts: [...base.facts, fine], ledgers: [ledger({ perWhole: 1 })] }))).toEqual(['FACT_TYPE ledgers[book].entries.amount']);
  });
});

describe('several plugins', () => {
  const above = minimal('above', '990000');
  const below = (change: Partial<PluginManifest>): PluginManifest => ({ ...minimal('below', '990100'), facts: [], ...change });
  const inside = agreement('below');

  test('facts and rules of a place above may be used, not those of a neighbour', () => {
    expect(faultsOf(above, below({}))).toEqual([]);
    expect(faultsOf({ ...above, jurisdiction: { ...above.jurisdiction, code: '980000' } }, below({}))).toEqual(['UNKNOWN_FACT rules[below/1-agreed].check.fact']);
    expect(faultsOf(above, below({ rules: [{ ...inside, carriesOut: 'above/1-agreed' }] }))).toEqual([]);
    expect(faultsOf(above, below({ rules: [{ ...inside, carriesOut: 'above/2-agreed' }] }))).toEqual(['UNKNOWN_RULE rules[below/1-agreed].carriesOut']);
  });

  test('a rule of a document that no plugin declares may be that of a place above without a plugin', () => {
    expect(faultsOf(below({ facts: base.facts, rules: [{ ...inside, carriesOut: 'above/1-agreed' }] }))).toEqual([]);
  });

  test('a fact declared again must still be what rules of the place above read', () => {
    expect(faultsOf(above, below({ facts: [fact('isAgreed', integer())] }))).toContain('FACT_TYPE facts (above: rules[above/1-agreed].check).values');
  });

  test('two plugins share neither place nor public ids', () => {
    const twin = { ...minimal('twin', '990900'), rules: [agreement(NAME)], documents: base.documents, decisions: base.decisions };
    expect(faultsOf(base, twin).sort()).toEqual(['DUPLICATE_JURISDICTION jurisdiction.code', `DUPLICATE_NAME documents[${NAME}].id`, `DUPLICATE_RULE_ID ${RULE}.id`]);
  });

  test('rules that ask each other across places are a circle, whoever closes it', () => {
    const asksBelow = below({ rules: [{ ...inside, carriesOut: 'above/2-asked', check: ruleOf('above/1-agreed') }] });
    const asksItself = { ...above, rules: [agreement('above', { check: ruleOf('above/2-asked') }), agreement('above', { id: 'above/2-asked' })] };
    expect(faultsOf(asksItself, asksBelow)).toEqual(['RULE_CYCLE rules[below/1-agreed].check']);
  });

  test('a key of a sentence begins with the name of its plugin', () => {
    expect(faultsOf(sample({ messages: { 'other.key': text('一', 'one') } }))).toEqual(['NAME_MISMATCH messages.other.key']);
  });
});
