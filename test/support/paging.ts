import type { FastifyInstance } from 'fastify';
import { ask, codesOf } from './server.ts';

/** A connection as tests read it. */
export interface Page {
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
  readonly totalCount: number;
  readonly totalCountIsExact: boolean;
  readonly knownAt: string;
}

const FIELDS = 'nodes { id name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalCountIsExact knownAt';

export type Arguments = Readonly<Record<string, unknown>>;

/** One page of `teachers` or `institutions`. Fails on any error. */
export async function pageOf(app: FastifyInstance, field: 'teachers' | 'institutions', args: Arguments): Promise<Page> {
  const [filter, order] = field === 'teachers' ? ['TeacherFilter', 'TeacherOrder'] : ['InstitutionFilter', 'InstitutionOrder'];
  const query = `query ($filter: ${filter}, $orderBy: ${order}! = NAME, $at: Instant, $knownAt: Instant, $first: Int, $after: String, $last: Int, $before: String) {
    ${field}(filter: $filter, orderBy: $orderBy, at: $at, knownAt: $knownAt, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} } }`;
  const answer = await ask(app, query, args);
  if (codesOf(answer).length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.[field] as Page;
}

export const namesOf = ({ nodes }: Page): string[] => nodes.map(({ name }) => name);

/** All pages from the beginning, or from the end. `between` runs after each. */
export async function walk(app: FastifyInstance, field: 'teachers' | 'institutions', args: Arguments, { size, backward = false, between = async () => undefined }: { size: number; backward?: boolean; between?: (index: number) => Promise<unknown> }): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page = await pageOf(app, field, { ...args, ...(backward ? { last: size, before: cursor } : { first: size, after: cursor }) });
    pages.push(page);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) return pages;
    cursor = backward ? startCursor : endCursor;
    await between(pages.length);
  }
}
