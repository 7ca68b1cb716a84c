import { Kind, valueFromASTUntyped } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode, ValueNode } from 'graphql';
import { itemsIn } from '../../kernel/effort.ts';
import { ErrorCode } from '../error-codes.ts';
import { ALL_READINGS, QUESTION, STAFF_QUESTION } from './costs.ts';
import { costliestPath, estimateRoot, fieldsBelow } from './estimate.ts';
import type { Estimate, Fragments, Sizing } from './estimate.ts';
import { QUERY_LIMITS, REQUEST_LIMITS } from './limits.ts';
import { ListLengths } from './list-lengths.ts';
import { recursionIn } from './recursion.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { isObject, settingsOf, sizeKey, sizingVariables } from './sizing-arguments.ts';
import type { Variables } from './sizing-arguments.ts';

/** A field of the root, with what it takes to tell how much a request asks by it. */
interface RootField {
  readonly name: string;
  readonly node: FieldNode;
  readonly argument: ValueNode | null;
  /** By the variables that say how long lists and how large pages are. */
  estimateFor(variables: Variables): Estimate;
}

interface Known {
  readonly sizing: Omit<Sizing, 'variables'>;
  readonly root: GraphQLObjectType | null;
  readonly fields: readonly RootField[];
  readonly lists: ListLengths;
  /** A field that stands inside itself too often. */
  readonly recursion: string | null;
}

export interface Judgement {
  readonly cost: number;
  readonly refusal: Refusal | null;
}

/** The argument that says how much a field does. */
const COUNTED_BY: Readonly<Record<string, string>> = { assess: 'input', assessMany: 'inputs', compare: 'input', assessmentRecord: 'input' };

/**
 * Estimates what a request costs as a whole and refuses one that asks too much, before anything of it is answered:
 * questions and items over all its fields, whatever variables they share, and the cost of all. Runs on a valid document.
 */
export class RequestGuard {
  readonly #schema: GraphQLSchema;
  /** Documents are kept by the server, so what is known of one is found again. */
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  judge(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): Judgement {
    let known = this.#known.get(operation);
    if (!known) this.#known.set(operation, (known = study(this.#schema, document, operation)));
    const given = withDefaults(operation, variables);
    let [questions, items, cost, staff] = [0, 0, 0, 0];
    for (const field of known.fields) {
      const asked = askedBy(field, given);
      const found = field.estimateFor(given);
      questions += asked.questions + found.questions;
      items += asked.items;
      cost += found.cost + asked.items * (1 + found.perItem) + asked.extraCost;
      staff += found.staff;
    }
    cost += Math.min(staff, REQUEST_LIMITS.staff) * STAFF_QUESTION;
    return { cost, refusal: refusalOf(known, { questions, items, cost }, given) };
  }
}

interface Sums {
  readonly questions: number;
  readonly items: number;
  readonly cost: number;
}

function refusalOf(known: Known, { questions, items, cost }: Sums, variables: Variables): Refusal | null {
  if (known.recursion !== null) return refusal(ErrorCode.QUERY_TOO_RECURSIVE, 'request.tooRecursive', { field: known.recursion, limit: QUERY_LIMITS.recursion });
  if (questions > REQUEST_LIMITS.questions) return refusal(ErrorCode.TOO_MANY, 'request.tooManyQuestions', { limit: REQUEST_LIMITS.questions, found: questions });
  if (items > REQUEST_LIMITS.items) return refusal(ErrorCode.TOO_MANY, 'request.tooManyItems', { limit: REQUEST_LIMITS.items, found: items });
  const tooLong = known.lists.judge(variables);
  if (tooLong) return tooLong;
  if (cost > REQUEST_LIMITS.cost) return refusal(ErrorCode.QUERY_TOO_COSTLY, 'request.tooCostly', { limit: REQUEST_LIMITS.cost, found: cost, path: mostCostly(known, variables) });
  return null;
}

/** Where most of the cost lies. */
function mostCostly({ sizing, root, fields }: Known, variables: Variables): string {
  const costs = fields.map((field) => {
    const { cost, perItem } = field.estimateFor(variables);
    return cost + askedBy(field, variables).items * perItem;
  });
  const field = fields[costs.indexOf(Math.max(...costs))];
  return field && root ? costliestPath({ ...sizing, variables }, root, field.node) : '';
}

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Variables {
  const missing = variableDefinitions.filter(({ variable, defaultValue }) => defaultValue && variables[variable.name.value] === undefined);
  if (missing.length === 0) return variables;
  return { ...variables, ...Object.fromEntries(missing.map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)])) };
}

function study(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Known {
  const fragments: Fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const sizing = { schema, fragments };
  const lists = new ListLengths(schema, document, operation);
  const root = (operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType()) ?? null;
  if (!root || operation.operation === 'subscription') return { sizing, root: null, fields: [], lists, recursion: null };
  const names = sizingVariables([operation.selectionSet, ...[...fragments.values()].map(({ selectionSet }) => selectionSet)]);
  const fields = [...fieldsBelow(sizing, root, operation.selectionSet)].map(({ node }) => rootField(sizing, root, node, names));
  return { sizing, root, fields, lists, recursion: recursionIn(schema, fragments, root, operation.selectionSet) };
}

function rootField(sizing: Omit<Sizing, 'variables'>, root: GraphQLObjectType, node: FieldNode, names: readonly string[]): RootField {
  const name = node.name.value;
  const estimates = new Map<string, Estimate>();
  return {
    name,
    node,
    argument: (node.arguments ?? []).find((argument) => argument.name.value === COUNTED_BY[name])?.value ?? null,
    estimateFor(variables) {
      const key = names.map((variable) => sizeKey(variables[variable])).join();
      const known = estimates.get(key);
      if (known) return known;
      const found = estimateRoot({ ...sizing, variables }, root, node);
      if (estimates.size < KEPT) estimates.set(key, found);
      return found;
    },
  };
}

/** Of one field: by as many sizes of pages and lists. */
const KEPT = 100;

interface Asked {
  readonly questions: number;
  readonly items: number;
  /** Of inputs that ask for all readings. */
  readonly extraCost: number;
}

/** How many entries a teacher of the store usually has. */
const USUAL_ENTRIES = 40;

const NOTHING: Asked = { questions: 0, items: 0, extraCost: 0 };

/** What does not fit the argument's type is left to be reported when it is read. */
function askedBy({ name, argument }: RootField, variables: Variables): Asked {
  const value: unknown = argument?.kind === Kind.VARIABLE ? variables[argument.name.value] : argument && valueFromASTUntyped(argument, variables);
  switch (name) {
    case 'assess':
      return { questions: 1, items: itemsOf(value), extraCost: readingsOf(value) };
    case 'assessMany': {
      const inputs: readonly unknown[] = Array.isArray(value) ? value : [value];
      let [items, extraCost] = [0, 0];
      for (const input of inputs) {
        items += itemsOf(input);
        extraCost += readingsOf(input);
      }
      return { questions: inputs.length, items, extraCost };
    }
    case 'compare':
      return { questions: settingsOf(value), items: itemsOf(value), extraCost: 0 };
    case 'assessmentRecord':
      return { questions: 1, items: isObject(value) && value['teacher'] != null ? USUAL_ENTRIES : itemsOf(value), extraCost: readingsOf(value) };
    default:
      return NOTHING;
  }
}

const itemsOf = (input: unknown): number => (isObject(input) && isObject(input['facts']) ? itemsIn(input['facts']) : 0);
const readingsOf = (input: unknown): number => (isObject(input) && input['allReadings'] === true ? QUESTION * (ALL_READINGS - 1) : 0);
