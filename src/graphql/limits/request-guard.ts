import { Kind, valueFromASTUntyped } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode, ValueNode } from 'graphql';
import { itemsIn } from '../../kernel/effort.ts';
import { ErrorCode } from '../error-codes.ts';
import { sizeKey, sizeOfRoot, sizingVariables } from './answer-size.ts';
import type { AnswerSize, Fragments, Variables } from './answer-size.ts';
import { QUERY_LIMITS, REQUEST_LIMITS } from './limits.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** A field of the root, with what it takes to tell how much a request asks by it. */
interface RootField {
  readonly name: string;
  readonly argument: ValueNode | null;
  /** By how many settings are compared, most queries compare none, and by the variables that say how large pages are. */
  sizeFor(settings: number, variables: Variables): AnswerSize;
}

/** The argument that says how much a field does. */
const COUNTED_BY: Readonly<Record<string, string>> = { assess: 'input', assessMany: 'inputs', compare: 'input', jurisdictions: 'first', assessmentRecord: 'input' };

/**
 * Refuses a request that asks too much as a whole, before anything of it is answered: questions and items over all its
 * fields, whatever variables they share, and the values that the answer would hold. Runs on a valid document.
 */
export class RequestGuard {
  readonly #schema: GraphQLSchema;
  /** Documents are kept by the server, so what is known of one is found again. */
  readonly #known = new WeakMap<OperationDefinitionNode, readonly RootField[]>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  judge(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): Refusal | null {
    let fields = this.#known.get(operation);
    if (!fields) this.#known.set(operation, (fields = rootFields(this.#schema, document, operation)));
    const given = withDefaults(operation, variables);
    let questions = 0;
    let items = 0;
    let values = 0;
    for (const field of fields) {
      const asked = askedBy(field, given);
      const { once, perItem, questions: below } = field.sizeFor(asked.settings, given);
      questions += asked.questions + below;
      items += asked.items;
      values += asked.times * once + asked.items * perItem;
    }
    if (questions > REQUEST_LIMITS.questions) return refusal(ErrorCode.TOO_MANY, 'request.tooManyQuestions', { limit: REQUEST_LIMITS.questions, found: questions });
    if (items > REQUEST_LIMITS.items) return refusal(ErrorCode.TOO_MANY, 'request.tooManyItems', { limit: REQUEST_LIMITS.items, found: items });
    if (values > REQUEST_LIMITS.values) return refusal(ErrorCode.ANSWER_TOO_LARGE, 'request.answerTooLarge', { limit: REQUEST_LIMITS.values, found: values });
    return null;
  }
}

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Variables {
  const missing = variableDefinitions.filter(({ variable, defaultValue }) => defaultValue && variables[variable.name.value] === undefined);
  if (missing.length === 0) return variables;
  return { ...variables, ...Object.fromEntries(missing.map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)])) };
}

function rootFields(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): RootField[] {
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (!root || operation.operation === 'subscription') return [];
  const fragments: Fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const sizing = sizingVariables([operation.selectionSet, ...[...fragments.values()].map(({ selectionSet }) => selectionSet)]);
  return [...fieldsOf(operation.selectionSet, fragments)].map((node) => {
    const name = node.name.value;
    const sizes = new Map<string, AnswerSize>();
    return {
      name,
      argument: (node.arguments ?? []).find((argument) => argument.name.value === COUNTED_BY[name])?.value ?? null,
      sizeFor(settings, variables) {
        const key = `${settings}${sizing.map((variable) => `,${sizeKey(variables[variable])}`).join('')}`;
        const known = sizes.get(key);
        if (known) return known;
        const found = sizeOfRoot({ schema, fragments, settings, variables }, root, node);
        if (sizes.size < REQUEST_LIMITS.questions) sizes.set(key, found);
        return found;
      },
    };
  });
}

function* fieldsOf({ selections }: SelectionSetNode, fragments: Fragments): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else {
      const set = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet;
      if (set) yield* fieldsOf(set, fragments);
    }
  }
}

interface Asked {
  readonly questions: number;
  readonly items: number;
  readonly settings: number;
  /** How often what stands below the field is given out. */
  readonly times: number;
}

/** How many entries a teacher of the store usually has. */
const USUAL_ENTRIES = 40;

const NOTHING: Asked = { questions: 0, items: 0, settings: 1, times: 1 };

/** What does not fit the argument's type is left to be reported when it is read. */
function askedBy({ name, argument }: RootField, variables: Variables): Asked {
  const value: unknown = argument?.kind === Kind.VARIABLE ? variables[argument.name.value] : argument && valueFromASTUntyped(argument, variables);
  switch (name) {
    case 'assess':
      return { ...NOTHING, questions: 1, items: itemsOf(value) };
    case 'assessMany': {
      const inputs: readonly unknown[] = Array.isArray(value) ? value : [value];
      return { ...NOTHING, questions: inputs.length, items: inputs.reduce<number>((sum, input) => sum + itemsOf(input), 0), times: inputs.length };
    }
    case 'compare': {
      const settings = isObject(value) && Array.isArray(value['settings']) ? value['settings'].length : 1;
      return { ...NOTHING, questions: settings, items: itemsOf(value), settings };
    }
    case 'assessmentRecord':
      return { ...NOTHING, questions: 1, items: isObject(value) && value['teacher'] != null ? USUAL_ENTRIES : itemsOf(value) };
    case 'jurisdictions':
      return { ...NOTHING, times: typeof value === 'number' && value > 0 ? Math.min(value, QUERY_LIMITS.pageSize) : QUERY_LIMITS.pageSize };
    default:
      return NOTHING;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const itemsOf = (input: unknown): number => (isObject(input) && isObject(input['facts']) ? itemsIn(input['facts']) : 0);
