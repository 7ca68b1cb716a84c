import { getNamedType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { SAMPLES } from './samples.ts';
import type { Sample } from './samples.ts';
import type { World } from './world.ts';

export type Fielded = GraphQLObjectType | GraphQLInterfaceType;

/** A field where it is asked: with its arguments, and for a field of an interface the type that is looked for behind it. */
export interface Step {
  /** `Teacher.name`. */
  readonly coordinate: string;
  readonly name: string;
  /** `(first: 5)`, or nothing. */
  readonly args: string;
  /** The objects below it; null: a value. */
  readonly below: Fielded | null;
  /** Whether an object has to be of this type among others. */
  readonly isOneOf: boolean;
  readonly trail?: Sample['trail'];
}

/** A way from the root to a type, and all fields of that type. */
export interface Path {
  /** Of what the first step asks, such as a relation. */
  readonly of: string;
  readonly steps: readonly Step[];
  readonly fields: readonly Step[];
}

export const keyOf = ({ coordinate, args, below, isOneOf }: Step): string => `${coordinate}${args}${isOneOf ? `:${below?.name}` : ''}`;
export const nameOf = ({ of, steps }: Pick<Path, 'of' | 'steps'>): string => `${steps.map(({ name, below, isOneOf }) => (isOneOf ? `${name}:${below?.name}` : name)).join('.')}${of === '' ? '' : ` [${of}]`}`;

type Asked = readonly [of: string, step: Step];

/** The ways to ask a field: by each sample of arguments, and for each type that may stand behind it. */
function waysToAsk(schema: GraphQLSchema, type: Fielded, field: GraphQLField<unknown, unknown>, world: World): Asked[] {
  const coordinate = `${type.name}.${field.name}`;
  const named = getNamedType(field.type);
  const types: readonly (Fielded | null)[] = isInterfaceType(named) ? [named, ...schema.getPossibleTypes(named)] : isObjectType(named) ? [named] : [null];
  return samplesOf(coordinate, field, world).flatMap(({ of, args, type: only, trail }) => types.filter((below) => only === undefined || below === named || below?.name === only).map((below): Asked => [of, { coordinate, name: field.name, args: args === '' ? '' : `(${args})`, below, isOneOf: below !== named && isInterfaceType(named), ...(trail && { trail }) }]));
}

function samplesOf(coordinate: string, field: GraphQLField<unknown, unknown>, world: World): readonly Sample[] {
  const samples = SAMPLES[coordinate]?.(world);
  if (samples) return samples;
  const needed = field.args.filter(isRequiredArgument).map(({ name }) => name);
  if (needed.length === 0) return [{ of: '', args: '' }];
  throw new Error(`${coordinate} has to be asked with ${needed.join(', ')}: add a row to SAMPLES in test/access/matrix/samples.ts, so that the matrix covers it`);
}

/**
 * Every way from the root in which no type occurs twice, up to `most` fields, and beyond them one way to each field of an
 * object that no shorter one walks: so every field of every type is asked by every field that leads to it.
 */
export function pathsOf(schema: GraphQLSchema, root: GraphQLObjectType, world: World, most: number): readonly Path[] {
  const found: Path[] = [];
  const walked = new Set<string>();
  let ends: readonly Pick<Path, 'of' | 'steps'>[] = [{ of: '', steps: [] }];
  for (let length = 1; ends.length > 0; length += 1) {
    const longer: Pick<Path, 'of' | 'steps'>[] = [];
    for (const { of, steps } of ends) {
      const last = steps.at(-1);
      for (const [ofStep, step] of Object.values((last?.below ?? root).getFields()).flatMap((field) => (last ? onePerType : all)(waysToAsk(schema, last?.below ?? root, field, world)))) {
        if (!step.below || steps.some(({ below }) => below === step.below)) continue;
        const edge = `${step.coordinate}:${step.below.name}`;
        if (length > most && walked.has(edge)) continue;
        walked.add(edge);
        longer.push({ of: last ? of : ofStep, steps: [...steps, step] });
      }
    }
    found.push(...longer.map((path) => ({ ...path, fields: fieldsOf(schema, path.steps.at(-1)?.below ?? root, world) })));
    ends = longer;
  }
  return found;
}

const all = (ways: readonly Asked[]): readonly Asked[] => ways;
/** Below the root one sample of arguments is enough. */
const onePerType = (ways: readonly Asked[]): readonly Asked[] => [...new Map(ways.toReversed().map((way) => [way[1].below?.name, way])).values()];

/** All fields of a type, each asked in one way; one that gives an interface, as that. */
export const fieldsOf = (schema: GraphQLSchema, type: Fielded, world: World): Step[] => Object.values(type.getFields()).flatMap((field) => waysToAsk(schema, type, field, world).slice(0, 1).map(([, step]) => step));

