import { parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { BoundedCache } from './bounded-cache.ts';
import { compilation } from './compilation.ts';
import type { Compilation } from './compilation.ts';

/** What is known of one operation of one document. */
interface Known {
  uses: number;
  compiled: CompiledQuery['query'] | null;
  plan: Compilation | null;
}

type Variables = Readonly<Record<string, unknown>>;

const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Queries as generated functions. An operation is compiled when it comes the second time: one that comes once costs
 * less as it is, and the compiler need not be loaded before the first answer.
 */
export class CompiledQueries {
  readonly #schema: GraphQLSchema;
  readonly #known: BoundedCache<Known>;

  constructor(schema: GraphQLSchema, entries = 500) {
    this.#schema = schema;
    this.#known = new BoundedCache(entries, 500_000);
  }

  /** The compiled operation, or null when it is to be interpreted. */
  async find(queryHash: string, source: string, document: DocumentNode, operationName: string | null, variables: Variables = {}): Promise<CompiledQuery['query'] | null> {
    const key = `${queryHash}:${operationName ?? ''}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, { uses: 1, compiled: null, plan: null }, source.length);
      return null;
    }
    if (known.compiled === null && ++known.uses === 2) {
      // Set before the first await: two requests at once compile once.
      known.uses = NEVER;
      known = await this.#compile(source, document, operationName);
      this.#known.set(key, known, source.length);
    }
    return known.plan && suits(known.plan, variables) ? known.compiled : null;
  }

  async #compile(source: string, document: DocumentNode, operationName: string | null): Promise<Known> {
    const plan = compilation(this.#schema, document);
    if (!plan.possible) return { uses: NEVER, compiled: null, plan };
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    // The compiler writes into the tree it is given, so it gets one of its own.
    const compiled = compileQuery(this.#schema, parse(source), operationName ?? undefined, { disablingCapturingStackErrors: true });
    return { uses: NEVER, compiled: isCompiledQuery(compiled) ? compiled.query : null, plan };
  }
}

/** A compiled query takes an absent variable inside a literal for null, and reports a null for a variable with a default as a bug. */
const suits = ({ needed, defaulted }: Compilation, variables: Variables): boolean =>
  needed.every((name) => Object.hasOwn(variables, name)) && defaulted.every((name) => variables[name] !== null);
