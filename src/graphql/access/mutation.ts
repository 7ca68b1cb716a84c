import type { Earlier } from '../../records/idempotency.ts';
import type { ApiContext } from '../context.ts';
import { Mutation as AnyMutation } from '../type-graphql.ts';

/** What a change made, as its record names it: the row of the first of a type; null: it names none. */
export const madeBy = ({ nodes }: Earlier, type: string): string | null => nodes.find((node) => node.type === type)?.id ?? null;

/**
 * Puts the answer of a change together again from the nodes that its record names (`Changed`), as a read of today would: what
 * whoever asks may not see any more is null, and what is shown once is not shown again.
 */
export type Replay = (earlier: Earlier, context: ApiContext) => object | Promise<object>;

const REPLAYS = new Map<string, Replay>();

/** How each mutation answers when it is sent again with its idempotency key. */
export const replayOf = (mutation: string): Replay | undefined => REPLAYS.get(mutation);

/**
 * A mutation of the API: as type-graphql's `Mutation`, with what answers for it when it is sent again. Each takes an
 * `idempotencyKey` beside its own arguments, see `key-mutations.ts`.
 */
export const Mutation =
  (payload: Parameters<typeof AnyMutation>[0], { description, replay }: { readonly description: string; readonly replay: Replay }): MethodDecorator =>
  (prototype, name, descriptor) => {
    REPLAYS.set(String(name), replay);
    (AnyMutation(payload, { description }) as MethodDecorator)(prototype, name, descriptor);
  };
