import type { Page, Position } from '../../persistence/keyset.ts';
import type { Problem } from '../../workflows/problem.ts';
import { problem } from '../../workflows/problem.ts';
import { ArgsType, Field, Int } from '../type-graphql.ts';
import { QUERY_LIMITS, USUAL_PAGE } from '../limits/limits.ts';
import { readCursor } from './cursor.ts';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many from the beginning, or after \`after\`: 1 to ${QUERY_LIMITS.pageSize}. Without \`first\` and \`last\`: ${USUAL_PAGE}.` })
  readonly first?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor of the same order.' })
  readonly after?: string | null;
  @Field(() => Int, { nullable: true, description: `How many from the end, or before \`before\`: 1 to ${QUERY_LIMITS.pageSize}. Not together with \`first\`.` })
  readonly last?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor of the same order.' })
  readonly before?: string | null;
}

/** The page that is asked for; what is wrong with the arguments is added to the problems. */
export function readPage({ first, after, last, before }: PageArgs, order: string, isKey: (key: string) => boolean, problems: Problem[]): Page {
  if (first != null && last != null) problems.push(problem('CONFLICT', 'last', last, 'input.conflict', [], { name: 'first', other: 'last' }));
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > QUERY_LIMITS.pageSize)) problems.push(problem('OUT_OF_RANGE', name, size, 'input.range', [], { min: '1', max: String(QUERY_LIMITS.pageSize) }));
  }
  const position = (name: string, given: string | null | undefined): Position | null => {
    const read = given == null ? null : readCursor(given, order, isKey);
    if (typeof read !== 'string') return read;
    problems.push(problem('INVALID_CURSOR', name, given, read === 'malformed' ? 'input.malformed-cursor' : 'input.cursor-of-other-order', [], { order }));
    return null;
  };
  return { size: first ?? last ?? USUAL_PAGE, fromEnd: first == null && last != null, after: position('after', after), before: position('before', before) };
}
