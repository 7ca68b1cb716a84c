import type { Check } from '../../kernel/check.ts';
import { checkFacts } from '../../kernel/fact-input.ts';
import type { FactInput, FactSpec } from '../../kernel/facts.ts';
import { nearestNames } from '../../kernel/nearest.ts';
import type { ParamValue, RuleSpec } from '../../kernel/rule.ts';
import { text } from '../../kernel/text.ts';
import { checkCheck } from './check-checks.ts';
import { declaredAt, describeType, fieldOf } from './fact-path.ts';
import { isRange } from './figures.ts';
import { requireRule } from './subject.ts';
import type { Subject } from './subject.ts';

/** What the rules of a plugin refer to. */
export function checkRules(subject: Subject): void {
  for (const rule of subject.plugin.rules) {
    const path = `rules[${rule.id}]`;
    const { document } = rule.source;
    if (!subject.documents.has(document)) subject.report('UNKNOWN_DOCUMENT', `${path}.source.document`, document, text('已声明的文件', 'a declared document'), nearestNames(document, subject.documents.keys()));
    checkRelations(subject, path, rule);
    if (rule.check) checkCheck(subject, rule, `${path}.check`, rule.check);
  }
  checkUpperRules(subject);
}

function checkRelations(subject: Subject, path: string, rule: RuleSpec): void {
  if (rule.succeeds !== undefined) requireRule(subject, `${path}.succeeds`, rule.succeeds);
  if (rule.carriesOut !== undefined) requireRule(subject, `${path}.carriesOut`, rule.carriesOut);
  for (const id of rule.takesPlaceOf ?? []) requireRule(subject, `${path}.takesPlaceOf`, id);
  if (rule.takesPlaceFor) checkCheck(subject, rule, `${path}.takesPlaceFor`, rule.takesPlaceFor);
  for (const id of rule.narrows?.rules ?? []) requireRule(subject, `${path}.narrows.rules`, id);
  if (rule.narrows) checkCheck(subject, rule, `${path}.narrows.when`, rule.narrows.when);
  if (rule.lawOf) checkPeriodFact(subject, `${path}.lawOf.period`, rule.lawOf.period);
  for (const [name, { value }] of Object.entries(rule.assumes ?? {})) checkAssumption(subject, `${path}.assumes.${name}`, name, value);
}

function checkPeriodFact(subject: Subject, path: string, name: string): void {
  const declared = declaredAt(subject, path, name);
  for (const end of ['from', 'to']) {
    const field = declared && fieldOf(subject, path, declared, end, name);
    if (field && field.type.kind !== 'day') subject.report('FACT_TYPE', path, `${name}.${end}: ${describeType(field.type)}`, text('日期', 'a day'));
  }
}

/** A fact declared again here replaces the one of a place above: the rules from there have to be able to read it. */
function checkUpperRules(subject: Subject): void {
  const above = subject.stack.slice(0, -1);
  const replaced = subject.plugin.facts.filter(({ name }) => above.some(({ facts }) => facts.some((fact) => fact.name === name)));
  if (replaced.length === 0) return;
  for (const { name, rules } of above) {
    for (const rule of rules) if (rule.check) checkCheck(subject, rule, `facts (${name}: rules[${rule.id}].check)`, rule.check);
  }
}

/** Defaults have the type of their fact, facts named beside it exist, published minima have a range to lie in. */
export function checkFactSpecs(subject: Subject): void {
  for (const spec of subject.plugin.facts) {
    const path = `facts[${spec.name}]`;
    for (const other of spec.insteadOf ?? []) declaredAt(subject, `${path}.insteadOf`, other);
    if (spec.default) checkDefault(subject, `${path}.default.value`, spec, spec.default.value);
    if (spec.setting?.minima) checkMinima(subject, path, spec);
  }
}

/** What a rule assumes of a fact has the type of the fact. */
function checkAssumption(subject: Subject, path: string, name: string, value: FactInput): void {
  if (!declaredAt(subject, path, name)) return;
  const spec = subject.facts.get(name);
  if (spec) checkDefault(subject, `${path}.value`, spec, value);
}

function checkDefault(subject: Subject, path: string, spec: FactSpec, value: FactInput): void {
  const { problems } = checkFacts(new Map([[spec.name, spec]]), { [spec.name]: value });
  for (const problem of problems) subject.report('FACT_TYPE', path, problem.value ?? null, text(`类型为${describeType(spec.type)}的值`, `a value of the type ${describeType(spec.type)}`), problem.nearest);
}

function checkMinima(subject: Subject, path: string, spec: FactSpec): void {
  const records = spec.type.kind === 'list' ? { type: spec.type.of, nullable: false } : { type: spec.type, nullable: false };
  for (const field of ['rule', 'credits']) fieldOf(subject, `${path}.type`, records, field, spec.name);
  const hasRange = (value: ParamValue | undefined): boolean => isRange(value) || (typeof value === 'object' && !Array.isArray(value) && Object.values(value).some(hasRange));
  if ([...subject.rules.values()].flat().some(({ params }) => Object.values(params ?? {}).some(hasRange))) return;
  subject.report('MINIMA_WITHOUT_RANGE', `${path}.setting.minima`, true, text('至少一条规则有[下限, 上限]形式的参数', 'at least one rule with a parameter of the form [minimum, planning figure]'));
}

/** Rules whose finding a check asks for. */
export function rulesAsked(check: Check): string[] {
  switch (check.op) {
    case 'rule':
      return [check.id];
    case 'allOf':
    case 'anyOf':
      return Object.values(check.parts).flatMap((part) => rulesAsked(part.check));
    case 'onlyFor':
      return [...rulesAsked(check.when), ...rulesAsked(check.then)];
    case 'either':
      return [...rulesAsked(check.when), ...rulesAsked(check.then), ...rulesAsked(check.otherwise)];
    case 'not':
      return rulesAsked(check.check);
    case 'remark':
      return [...(check.when ? rulesAsked(check.when) : []), ...rulesAsked(check.check)];
    default:
      return [];
  }
}
