import { GraphQLString } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { onceRequest, principalKeyOf } from '../../records/idempotency.ts';
import type { Earlier, OnceRequest } from '../../records/idempotency.ts';
import { RecordError } from '../../records/record-error.ts';
import type { ApiContext } from '../context.ts';
import { DoneBefore } from './audited.ts';
import { replayOf } from './mutation.ts';
import type { Replay } from './mutation.ts';
import { recordRefusal } from './record-refusal.ts';

const KEY = 'idempotencyKey';

const DESCRIPTION =
  'Makes it safe to send the same again: with the same key and arguments it is done once, and what came of it is answered as a read of today would show it. 1 to 200 visible ASCII characters, such as a UUID, of the account that asks; kept for 30 days at least, and only where something was changed. `extensions.idempotency` says whether it was met before. Of no meaning on a dry run.';

/**
 * Gives every mutation an `idempotencyKey`, done on the schema so that none can be without. One that does not say how it
 * answers when it is sent again stops the start and the build.
 */
export function keyMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const replay = replayOf(field.name);
    if (!replay || !field.resolve) throw new Error(`the mutation ${field.name} does not say how it answers when it is sent again: make it by access/mutation.ts`);
    (field.args as GraphQLArgument[]).push(argument());
    field.resolve = keyed(field, field.resolve, replay);
  }
  return schema;
}

const argument = (): GraphQLArgument => ({ name: KEY, description: DESCRIPTION, type: GraphQLString, defaultValue: undefined, deprecationReason: undefined, extensions: {}, astNode: undefined });

type Args = Readonly<Record<string, unknown>>;
type Payload = { readonly userErrors?: readonly unknown[] };

function keyed({ name }: GraphQLField<unknown, ApiContext>, resolve: GraphQLFieldResolver<unknown, ApiContext>, replay: Replay): GraphQLFieldResolver<unknown, ApiContext> {
  return async (source, { [KEY]: key, ...args }: Args, context, info) => {
    // What is only tried changes nothing, and may be tried again.
    if (typeof key !== 'string' || args['dryRun'] === true) return resolve(source, args, context, info);
    const replayed = async (earlier: Earlier): Promise<object> => {
      context.keysMet.set(String(info.path.key), { replayed: true, firstAt: new Date(earlier.at).toISOString() });
      return replay(earlier, context);
    };
    try {
      const once = onceRequest(key, name, args);
      const earlier = await findEarlier(once, context);
      if (earlier) return await replayed(earlier);
      const payload = (await resolve(source, args, { ...context, once }, info)) as Payload;
      // What was refused is not kept: it can be mended, and sent again with the same key.
      if ((payload.userErrors ?? []).length === 0) context.keysMet.set(String(info.path.key), { replayed: false, firstAt: null });
      return payload;
    } catch (error) {
      if (error instanceof DoneBefore) return replayed(error.earlier);
      throw error instanceof RecordError ? recordRefusal(error, context.view.language) : error;
    }
  };
}

/** Before anything else is looked at: what was done may be just what forbids to do it again. */
async function findEarlier(once: OnceRequest, { access, records, loaders }: ApiContext): Promise<Earlier | null> {
  const { accountId } = access.principal;
  return accountId === null || records === null ? null : records.idempotency.find(loaders.sql, principalKeyOf(accountId), once);
}
