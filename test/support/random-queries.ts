import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Random } from './allocation-problems.ts';

/** Arguments by `Type.field`, as they are written: one of these is taken. A field with required arguments and no row is left out. */
export type ArgumentChoices = Readonly<Record<string, readonly string[]>>;

type Composite = GraphQLObjectType | GraphQLInterfaceType;

const PAGES = ['', '(first: 1)', '(first: 7)', '(last: 3)', '(first: 100)'];

/** A valid query: fields, arguments, aliases and nesting as chance has it. */
export function randomQuery(schema: GraphQLSchema, random: Random, choices: ArgumentChoices): string {
  const root = schema.getQueryType();
  if (!root) throw new Error('no query type');
  const selection = (type: Composite, depth: number, most: number, prefix: string): string => {
    const fields = Object.values(type.getFields()).filter((field) => isSelectable(type, field, choices) && (depth > 0 || !composite(field)));
    const parts = ['__typename'];
    for (let count = random.whole(1, most); count > 0 && fields.length > 0; count--) {
      const field = oneOf(random, fields);
      const args = choices[`${type.name}.${field.name}`] ?? (field.args.some(({ name }) => name === 'last') ? PAGES : ['']);
      const inner = composite(field);
      parts.push(`${prefix}${parts.length}: ${field.name}${oneOf(random, args)}${inner ? ` { ${selection(inner, depth - 1, 5, 'f')} }` : ''}`);
    }
    // Names of their own: the fields of two types at one place must not be taken for one.
    const possible = isInterfaceType(type) && depth > 0 ? schema.getPossibleTypes(type).filter(() => random.chance(50)) : [];
    return [...parts, ...possible.map((one) => `... on ${one.name} { ${selection(one, depth - 1, 4, one.name)} }`)].join(' ');
  };
  return `{ ${selection(root, random.whole(2, 8), 3, 'f')} }`;
}

function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.whole(0, items.length - 1)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

function isSelectable(type: Composite, { name, args }: GraphQLField<unknown, unknown>, choices: ArgumentChoices): boolean {
  return choices[`${type.name}.${name}`] !== undefined || args.every((arg) => arg.defaultValue !== undefined || !String(arg.type).endsWith('!'));
}

function composite({ type }: GraphQLField<unknown, unknown>): Composite | null {
  const named = getNamedType(type);
  return isObjectType(named) || isInterfaceType(named) ? named : null;
}
