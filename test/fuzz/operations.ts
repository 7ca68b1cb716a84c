import { getNamedType, isInterfaceType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, GraphQLUnionType } from 'graphql';
import type { Tape } from './tape.ts';
import { Values, written } from './values.ts';
import type { Known } from './values.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Operations that are valid by the schema: fields, arguments, variables, aliases, directives and fragments as the tape has it. */
export class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #tape: Tape;
  readonly #values: Values;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];
  #count = 0;
  #may: ReadonlySet<string> = new Set();

  constructor(schema: GraphQLSchema, tape: Tape, known: Known) {
    [this.#schema, this.#tape, this.#values] = [schema, tape, new Values(known, tape)];
  }

  /** `may`: the fields of the root to which it keeps, mostly. */
  write(kind: 'query' | 'mutation', may: ReadonlySet<string> = new Set()): Operation {
    this.#may = may;
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (!root) throw new Error(`no ${kind}`);
    const selection = this.#selection(root, this.#tape.whole(2, 7), this.#tape.whole(1, kind === 'query' ? 4 : 2), false);
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return { query: [`${kind} Q${definitions} ${selection}`, ...this.#fragments.map(({ text }) => text)].join('\n'), variables: this.#variables };
  }

  #next(prefix: string): string {
    return `${prefix}${this.#count++}`;
  }

  /** `isShared`: fields of other types may stand at the same place, so that each has a name of its own. */
  #selection(type: Composite, depth: number, most: number, isShared: boolean): string {
    const tape = this.#tape;
    const parts: string[] = tape.chance(30) ? ['__typename'] : [];
    const used = new Set<string>();
    if (!isUnionType(type)) {
      const all = Object.values(type.getFields()).filter((field) => depth > 0 || !compositeOf(field));
      const allowed = all.filter(({ name }) => this.#may.has(`${type.name}.${name}`));
      const fields = allowed.length > 0 && !tape.chance(10) ? allowed : all;
      for (let left = fields.length === 0 ? 0 : tape.whole(1, most); left > 0; left--) parts.push(this.#field(tape.pick(fields), depth, used, isShared));
    }
    if (depth > 0 && tape.chance(20)) parts.push(this.#spread(type, depth - 1));
    if (depth > 0 && tape.chance(15)) parts.push(`...${this.#directives()} ${this.#selection(type, depth - 1, 3, true)}`);
    if (isInterfaceType(type) || isUnionType(type)) {
      for (const possible of this.#schema.getPossibleTypes(type)) if (depth > 0 && tape.chance(50)) parts.push(`... on ${possible.name}${this.#directives()} ${this.#selection(possible, depth - 1, 4, true)}`);
    }
    return `{ ${(parts.length > 0 ? parts : ['__typename']).join(' ')} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, used: Set<string>, isShared: boolean): string {
    const needsAlias = isShared || used.has(field.name) || this.#tape.chance(30);
    used.add(field.name);
    const args = field.args.flatMap((arg) => this.#argument(arg, field) ?? []);
    const inner = compositeOf(field);
    return `${needsAlias ? `${this.#next('a')}: ` : ''}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#directives()}${inner ? ` ${this.#selection(inner, depth - 1, 5, isShared)}` : ''}`;
  }

  #argument(arg: GraphQLArgument, { args }: GraphQLField<unknown, unknown>): string | null {
    const tape = this.#tape;
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    // Two ways to say one thing exclude each other, as a client knows.
    const isSecond = (arg.name === 'last' || arg.name === 'rule') && args.some(({ name }) => name === 'first' || name === 'decision');
    const wanted = arg.name === 'decision' ? 85 : isSecond ? 4 : arg.name === 'first' ? 60 : 25;
    if (!isRequired && !tape.chance(wanted)) return null;
    const value = this.#values.of(arg.type, arg.name);
    return tape.chance(40) ? this.#variable(arg, value) : `${arg.name}: ${written(arg.type, value)}`;
  }

  #variable({ name, type }: GraphQLArgument, value: unknown): string {
    const variable = this.#next('v');
    // A default takes the place of what is not given.
    const byDefault = this.#tape.chance(10) && value !== null;
    this.#definitions.push(`$${variable}: ${String(type)}${byDefault ? ` = ${written(type, value)}` : ''}`);
    if (!byDefault) this.#variables[variable] = value;
    return `${name}: $${variable}`;
  }

  #directives(): string {
    const tape = this.#tape;
    if (!tape.chance(8)) return '';
    const name = tape.pick(['include', 'skip']);
    const value = tape.chance(name === 'include' ? 75 : 25);
    if (tape.chance(50)) return ` @${name}(if: ${value})`;
    const variable = this.#next('b');
    this.#definitions.push(`$${variable}: Boolean!`);
    this.#variables[variable] = value;
    return ` @${name}(if: $${variable})`;
  }

  #spread(type: Composite, depth: number): string {
    const known = this.#fragments.filter((fragment) => fragment.type === type.name);
    if (known.length > 0 && this.#tape.chance(50)) return `...${this.#tape.pick(known).name}`;
    const name = this.#next('F');
    const text = `fragment ${name} on ${type.name} ${this.#selection(type, depth, 4, true)}`;
    // Only once it is whole can others spread it: none stands inside itself.
    this.#fragments.push({ name, type: type.name, text });
    return `...${name}${this.#directives()}`;
  }
}

function compositeOf({ type }: GraphQLField<unknown, unknown>): Composite | null {
  const named = getNamedType(type);
  return isObjectType(named) || isInterfaceType(named) || isUnionType(named) ? named : null;
}
