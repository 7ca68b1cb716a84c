import { AUDIENCES } from './audiences.ts';
import type { Audience, AudienceName } from './audiences.ts';
import { FIELDS } from './fields.ts';

/** What stands in the table for a field: whom it is for, and the arguments that were thought of. */
export interface FieldRow {
  readonly audience: AudienceName;
  readonly args: readonly string[];
}

/** `id teachers(first after)` as rows. */
export function readFields(written: string): Map<string, readonly string[]> {
  return new Map([...written.matchAll(/(\w+)(?:\(([^)]*)\))?/g)].map(([, name = '', args = '']) => [name, args.split(' ').filter((arg) => arg !== '')]));
}

const TABLE: ReadonlyMap<string, FieldRow> = new Map(
  Object.entries(FIELDS).flatMap(([type, byAudience]) =>
    Object.entries(byAudience).flatMap(([audience, written]) => [...readFields(written)].map(([field, args]): [string, FieldRow] => [`${type}.${field}`, { audience: audience as AudienceName, args }])),
  ),
);

/** The row of a field; undefined: there is none, which the build refuses. */
export const rowOf = (type: string, field: string): FieldRow | undefined => TABLE.get(`${type}.${field}`);

export const allRows = (): ReadonlyMap<string, FieldRow> => TABLE;

export const audienceNamed = (name: AudienceName): Audience => AUDIENCES[name];
