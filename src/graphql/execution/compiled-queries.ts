import { parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { BoundedCache } from './bounded-cache.ts';
import { compilation } from './compilation.ts';

/** What is known of one operation of one document. */
interface Known {
  uses: number;
  compiled: CompiledQuery['query'] | null;
  /** Variables inside literals: the compiled query takes an absent one for null, so it runs only when all are given. */
  readonly needed: readonly string[];
}

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
  async find(queryHash: string, source: string, document: DocumentNode, operationName: string | null, variables: Readonly<Record<string, unknown>> | undefined): Promise<CompiledQuery['query'] | null> {
    const key = `${queryHash}:${operationName ?? ''}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, { uses: 1, compiled: null, needed: [] }, source.length);
      return null;
    }
    if (known.compiled === null && ++known.uses === 2) {
      // Set before the first await: two requests at once compile once.
      known.uses = NEVER;
      known = await this.#compile(source, document, operationName);
      this.#known.set(key, known, source.length);
    }
    return known.compiled !== null && known.needed.every((name) => variables !== undefined && Object.hasOwn(variables, name)) ? known.compiled : null;
  }

  async #compile(source: string, document: DocumentNode, operationName: string | null): Promise<Known> {
    const plan = compilation(this.#schema, document);
    if (!plan.possible) return { uses: NEVER, compiled: null, needed: [] };
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    // The compiler writes into the tree it is given, so it gets one of its own.
    const compiled = compileQuery(this.#schema, parse(source), operationName ?? undefined, { disablingCapturingStackErrors: true });
    return { uses: NEVER, compiled: isCompiledQuery(compiled) ? compiled.query : null, needed: plan.needed };
  }
}
