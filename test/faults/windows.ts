import type { DatabaseProxy, Line, Statement, Watch } from '../support/database-proxy.ts';
import { KINDS } from './attempts.ts';
import type { KindName } from './attempts.ts';

/**
 * Where in a change a fault hits, as the proxy sees it: before its transaction begins; once something was written and
 * before the commit is passed on; while the database commits, and the answer to that has not come; once it has committed
 * and nobody has been told.
 */
export const WINDOWS = ['before begin', 'between effect and commit', 'during commit', 'after commit before answer'] as const;
export type Window = (typeof WINDOWS)[number];

/** Where the change of one request stands. */
interface Progress {
  begins: number;
  hasEffect: boolean;
  isCommitAsked: boolean;
  isCommitted: boolean;
}

const WRITES = /^\s*insert into "?(stored_assessment|role_grant|delegation|audit_trail|idempotency)\b/i;

/** Something to stop at: the statement, or its answer, has been seen and was not passed on. */
export interface Moment {
  readonly window: Window | null;
  readonly line: Line;
  readonly statement: Statement;
  readonly moment: 'asked' | 'answered';
}

/** Follows the one change that is under way, and tells of each of its moments. */
export function follow(begins: number, at: (moment: Moment) => ReturnType<Watch>): Watch {
  const progress = new Map<Line, Progress>();
  let begun = 0;
  let isCommitted = false;
  return (moment, statement, line) => {
    const own = progress.get(line) ?? { begins: 0, hasEffect: false, isCommitAsked: false, isCommitted: false };
    progress.set(line, own);
    // What is asked is where it was before; what was answered is done.
    if (moment === 'answered') note(own, statement);
    const isCommit = /^commit/i.test(statement.sql) && own.hasEffect;
    const before = begun;
    if (moment === 'asked' && /^begin/i.test(statement.sql)) begun++;
    isCommitted ||= own.isCommitted;
    const window: Window | null = isCommitted ? 'after commit before answer' : isCommit && moment === 'asked' ? 'during commit' : own.hasEffect ? 'between effect and commit' : before < begins ? 'before begin' : null;
    return at({ window, line, statement, moment });
  };
}

function note(own: Progress, { sql, answer }: Statement): void {
  if (answer === 'ERROR') return;
  if (WRITES.test(sql)) own.hasEffect = true;
  if (/^rollback/i.test(sql)) own.hasEffect = false;
  if (/^commit/i.test(sql) && own.hasEffect && answer === 'COMMIT') own.isCommitted = true;
}

/** What a change of each kind does when nothing happens to it: how many transactions it begins, and how many moments each window has. */
export interface Course {
  readonly begins: number;
  readonly moments: Readonly<Record<Window, number>>;
}

/** Watches changes of one kind without a fault. */
export async function courseOf(proxy: DatabaseProxy, work: () => Promise<unknown>): Promise<Course> {
  let begins = 0;
  proxy.watch = (moment, { sql }) => {
    if (moment === 'asked' && /^begin/i.test(sql)) begins++;
    return null;
  };
  await work();
  const moments: Record<Window, number> = { 'before begin': 0, 'between effect and commit': 0, 'during commit': 0, 'after commit before answer': 0 };
  proxy.watch = follow(begins, ({ window }) => {
    if (window !== null) moments[window]++;
    return null;
  });
  await work();
  proxy.watch = null;
  return { begins, moments };
}

export const nameOf = (kind: KindName): string => `${kind} as ${KINDS[kind].as}`;
