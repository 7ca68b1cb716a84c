import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { ErrorCode } from '../error-codes.ts';
import { QUERY_LIMITS } from './limits.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
/** Thrown inside this file only, to leave the walk at the first limit. */
class Stop {
  readonly refusal: Refusal;
  constructor(reason: Refusal) {
    this.refusal = reason;
  }
}

/**
 * Walks the document as if every fragment were written out, merging fields of one response name as execution and
 * validation do. Stops at the first limit, so that the walk costs at most as many steps as selections are allowed.
 */
export function expandSelections(document: DocumentNode): { refusal: Refusal | null; selections: number } {
  const walk = new Walk(document);
  try {
    walk.run();
    return { refusal: null, selections: walk.selections };
  } catch (stop) {
    if (stop instanceof Stop) return { refusal: stop.refusal, selections: walk.selections };
    throw stop;
  }
}

class Walk {
  selections = 0;
  #pairs = 0;
  readonly #document: DocumentNode;
  readonly #fragments: Fragments;
  readonly #reached = new Set<string>();

  constructor(document: DocumentNode) {
    this.#document = document;
    this.#fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  }

  run(): void {
    refuseCycles(this.#fragments);
    for (const definition of this.#document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) this.#merge([definition.selectionSet], 1);
    }
    // A fragment that nothing spreads is validated all the same.
    for (const [name, fragment] of this.#fragments) if (!this.#reached.has(name)) this.#merge([fragment.selectionSet], 2);
  }

  #merge(sets: readonly SelectionSetNode[], depth: number): void {
    if (depth > QUERY_LIMITS.depth) throw new Stop(refusal(ErrorCode.QUERY_TOO_DEEP, 'request.tooDeep', { limit: QUERY_LIMITS.depth }));
    const groups = new Map<string, FieldNode[]>();
    for (const set of sets) this.#collect(set, groups);
    if (depth === 1) judgeRoot(groups);
    for (const fields of groups.values()) {
      this.#pairs += (fields.length * (fields.length - 1)) / 2;
      if (this.#pairs > QUERY_LIMITS.repeatedPairs) throw new Stop(refusal(ErrorCode.TOO_MANY_REPEATED_FIELDS, 'request.tooManyRepeats', { limit: QUERY_LIMITS.repeatedPairs }));
      const inner = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
      if (inner.length > 0) this.#merge(inner, depth + 1);
    }
  }

  #collect({ selections }: SelectionSetNode, groups: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (++this.selections > QUERY_LIMITS.selections) throw new Stop(refusal(ErrorCode.QUERY_TOO_WIDE, 'request.tooManyFields', { limit: QUERY_LIMITS.selections }));
      if (selection.kind === Kind.FIELD) addTo(groups, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#collect(selection.selectionSet, groups);
      else {
        this.#reached.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) this.#collect(fragment.selectionSet, groups);
      }
    }
  }
}

function addTo(groups: Map<string, FieldNode[]>, field: FieldNode): void {
  const name = (field.alias ?? field.name).value;
  const group = groups.get(name);
  if (group) group.push(field);
  else groups.set(name, [field]);
}

function judgeRoot(groups: ReadonlyMap<string, readonly FieldNode[]>): void {
  const fields = [...groups.values()].flat();
  const introspections = fields.filter(({ name }) => name.value === '__schema' || name.value === '__type').length;
  if (introspections > QUERY_LIMITS.introspections) throw new Stop(refusal(ErrorCode.TOO_MUCH_INTROSPECTION, 'request.tooMuchIntrospection', { limit: QUERY_LIMITS.introspections, found: introspections }));
  if (fields.length > QUERY_LIMITS.rootFields) throw new Stop(refusal(ErrorCode.TOO_MANY_ROOT_FIELDS, 'request.tooManyRootFields', { limit: QUERY_LIMITS.rootFields, found: fields.length }));
}

function refuseCycles(fragments: Fragments): void {
  const open = new Set<string>();
  const done = new Set<string>();
  const enter = (name: string): void => {
    const fragment = fragments.get(name);
    if (!fragment || done.has(name)) return;
    if (open.has(name)) throw new Stop(refusal(ErrorCode.FRAGMENT_CYCLE, 'request.fragmentCycle', { fragment: name }));
    open.add(name);
    for (const spread of spreadsOf(fragment.selectionSet)) enter(spread);
    open.delete(name);
    done.add(name);
  };
  for (const name of fragments.keys()) enter(name);
}

function* spreadsOf({ selections }: SelectionSetNode): Generator<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) yield selection.name.value;
    else if (selection.selectionSet) yield* spreadsOf(selection.selectionSet);
  }
}
