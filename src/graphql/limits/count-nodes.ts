import { Kind } from 'graphql';
import type { ArgumentNode, DocumentNode, FieldNode, SelectionSetNode, VariableDefinitionNode } from 'graphql';
import { ErrorCode } from '../error-codes.ts';
import { QUERY_LIMITS } from './limits.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** A page size that a variable gives: checked with each request. */
export interface PageVariable {
  readonly argument: string;
  readonly variable: string;
}

interface Counts {
  aliases: number;
  directives: number;
  readonly pageVariables: PageVariable[];
  readonly defaults: { readonly variable: string; readonly value: number }[];
  pageRefusal: Refusal | null;
}

/** What can be counted in the document as it is written. */
export function countNodes(document: DocumentNode): { refusal: Refusal | null; pageVariables: readonly PageVariable[] } {
  const counts: Counts = { aliases: 0, directives: 0, pageVariables: [], defaults: [], pageRefusal: null };
  let operations = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations++;
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    counts.directives += definition.directives?.length ?? 0;
    countSelections(definition.selectionSet, counts);
    if (definition.kind === Kind.OPERATION_DEFINITION) for (const variable of definition.variableDefinitions ?? []) countVariable(variable, counts);
  }
  counts.pageRefusal ??= judgeDefaults(counts);
  return { refusal: judge(document, operations, counts), pageVariables: counts.pageVariables };
}

function judge(document: DocumentNode, operations: number, { aliases, directives, pageRefusal }: Counts): Refusal | null {
  const over = (found: number, limit: number): boolean => found > limit;
  if (over(document.definitions.length, QUERY_LIMITS.definitions)) return refusal(ErrorCode.QUERY_TOO_WIDE, 'request.tooManyDefinitions', { limit: QUERY_LIMITS.definitions, found: document.definitions.length });
  if (over(operations, QUERY_LIMITS.operations)) return refusal(ErrorCode.TOO_MANY_OPERATIONS, 'request.tooManyOperations', { limit: QUERY_LIMITS.operations, found: operations });
  if (over(aliases, QUERY_LIMITS.aliases)) return refusal(ErrorCode.TOO_MANY_ALIASES, 'request.tooManyAliases', { limit: QUERY_LIMITS.aliases, found: aliases });
  if (over(directives, QUERY_LIMITS.directives)) return refusal(ErrorCode.TOO_MANY_DIRECTIVES, 'request.tooManyDirectives', { limit: QUERY_LIMITS.directives, found: directives });
  return pageRefusal;
}

function countVariable({ variable, defaultValue, directives }: VariableDefinitionNode, counts: Counts): void {
  counts.directives += directives?.length ?? 0;
  if (defaultValue?.kind === Kind.INT) counts.defaults.push({ variable: variable.name.value, value: Number(defaultValue.value) });
}

function judgeDefaults({ pageVariables, defaults }: Counts): Refusal | null {
  const names = new Map(pageVariables.map(({ variable, argument }) => [variable, argument]));
  for (const { variable, value } of defaults) {
    const argument = names.get(variable);
    const reason = argument === undefined ? null : judgePage(argument, value);
    if (reason) return reason;
  }
  return null;
}

function countSelections({ selections }: SelectionSetNode, counts: Counts): void {
  for (const selection of selections) {
    counts.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) countField(selection, counts);
    else if (selection.kind === Kind.INLINE_FRAGMENT) countSelections(selection.selectionSet, counts);
  }
}

function countField(field: FieldNode, counts: Counts): void {
  if (field.alias) counts.aliases++;
  for (const argument of field.arguments ?? []) notePage(argument, counts);
  if (field.selectionSet) countSelections(field.selectionSet, counts);
}

function notePage({ name, value }: ArgumentNode, counts: Counts): void {
  if (name.value !== 'first' && name.value !== 'last') return;
  if (value.kind === Kind.VARIABLE) counts.pageVariables.push({ argument: name.value, variable: value.name.value });
  else if (value.kind === Kind.INT) counts.pageRefusal ??= judgePage(name.value, Number(value.value));
}

/** Whether a page of this size is too large or none at all. */
export function judgePage(argument: string, found: unknown): Refusal | null {
  if (typeof found !== 'number') return null;
  if (found < 0) return refusal(ErrorCode.PAGE_SIZE, 'request.pageNegative', { argument, found });
  return found > QUERY_LIMITS.pageSize ? refusal(ErrorCode.PAGE_SIZE, 'request.pageTooLarge', { argument, found, limit: QUERY_LIMITS.pageSize }) : null;
}
