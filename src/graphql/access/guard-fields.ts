import { defaultFieldResolver, GraphQLError, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import type { AudienceName } from '../../access/policy/audiences.ts';
import { MASKED } from '../../access/policy/fields.ts';
import { rowOf } from '../../access/policy/table.ts';
import { MASKS } from '../../access/masks.ts';
import type { Place } from '../../access/reach.ts';
import { say } from '../../i18n/server-messages.ts';
import type { ApiContext } from '../context.ts';
import { ErrorCode } from '../error-codes.ts';

/** Whom an object is about, for fields that are not for everyone who sees it. */
export const ABOUT: unique symbol = Symbol('about');

interface AboutPerson {
  readonly [ABOUT]: Place | Promise<Place>;
}

/**
 * Guards the fields that are for fewer than see their object: by the relation to the person it is about. Done on the
 * schema, so that a field that only reads a property is guarded too; all others stay as they are and cost nothing. Who
 * holds none of the roles at all was refused before.
 */
export function guardFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const masked = MASKED[`${type.name}.${field.name}`];
      if (masked) show(field, (value, context, place) => (value == null || context.access.admits(masked.clear, place) ? value : MASKS[masked.by](String(value))));
      const audience = narrower(type.name, field.name);
      if (audience && isAboutPerson(type.name)) guard(field, audience, `${type.name}.${field.name}`);
    }
  }
  return schema;
}

/** Payloads and the roots are about nobody. */
const isAboutPerson = (type: string): boolean => type !== 'Mutation' && type !== 'Query' && !type.endsWith('Payload');

/** The audience of a field that looks at the person, where it is not for all who see the object. */
function narrower(type: string, field: string): AudienceName | null {
  const audience = rowOf(type, field)?.audience;
  return audience === 'RECORD' || audience === 'RECORDERS' ? audience : null;
}

type Plain = GraphQLField<AboutPerson, ApiContext>;

function show(field: Plain, view: (value: unknown, context: ApiContext, place: Place) => unknown): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => once(source[ABOUT], (place) => once(resolve(source, args, context, info), (value) => view(value, context, place)));
}

/** Without waiting where there is nothing to wait for: it is asked for each teacher of a page. */
const once = <Given, Value>(given: Given | Promise<Given>, then: (given: Given) => Value): Value | Promise<Awaited<Value>> => (given instanceof Promise ? (given.then(then) as Promise<Awaited<Value>>) : then(given));

function guard(field: Plain, audience: AudienceName, name: string): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) =>
    once(source[ABOUT], (place) => {
      if (context.access.admits(audience, place)) return resolve(source, args, context, info);
      throw new GraphQLError(say(context.view.language, 'access.hidden', { field: name }), { extensions: { code: ErrorCode.FORBIDDEN } });
    });
}
