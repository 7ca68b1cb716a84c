import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { codesOfAnswer, isAnswer, send } from './client.ts';
import type { HttpAnswer, Sent } from './client.ts';
import type { Rig } from './rig.ts';

/** A change that is asked for, and how its effect is counted in the database. */
interface Kind {
  readonly as: string;
  readonly operation: string;
  /** The variables of the `number`th of its kind: no two have the same effect. */
  readonly variables: (number: number) => object;
  /** Counts its effects, whatever the product makes of them. `$1` is its mark. */
  readonly count: string;
  readonly mark: (number: number) => string;
}

const FIRST = Date.parse('2019-01-01T00:00:00+08:00');
const momentOf = (number: number): string => new Date(FIRST + number * 1_000).toISOString();
const subjectOf = (number: number): string => `faults-${number}`;
const account = (number: number): object => ({ issuer: 'https://faults.example', subject: subjectOf(number) });
const payload = (fields: string): string => `{ ${fields} userErrors { code path message } }`;

export const KINDS = {
  assessmentRecord: {
    as: 'authority',
    operation: `mutation ($input: AssessmentRecordInput!, $key: String) { done: assessmentRecord(input: $input, idempotencyKey: $key) ${payload('storedAssessment { id verdict }')} }`,
    variables: (number) => ({ input: { jurisdiction: '310101', decision: 'creditCompletion', at: momentOf(number), facts: { developmentSchool: 'none', roles: [], entries: [{ credits: '1', completedOn: '2018-05-01', level: 'school', category: 'practice' }] } } }),
    count: 'select count(*)::int as count from stored_assessment where at = $1::timestamptz',
    mark: momentOf,
  },
  roleGrant: {
    as: 'authority',
    operation: `mutation ($input: RoleGrantInput!, $key: String) { done: roleGrant(input: $input, idempotencyKey: $key) ${payload('grant { id role }')} }`,
    variables: (number) => ({ input: { account: account(number), role: 'ANALYST', jurisdiction: '310101' } }),
    count: 'select count(*)::int as count from role_grant g join account a on a.id = g.account_id where a.subject = $1',
    mark: subjectOf,
  },
  delegationGrant: {
    as: 'teacher',
    operation: `mutation ($input: DelegationGrantInput!, $key: String) { done: delegationGrant(input: $input, idempotencyKey: $key) ${payload('delegation')} }`,
    variables: (number) => ({ input: { account: account(number), actions: ['VIEW'], to: new Date(Date.now() + 86_400_000).toISOString() } }),
    count: 'select count(*)::int as count from delegation d join account a on a.id = d.account_id where a.subject = $1',
    mark: subjectOf,
  },
} satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** What a client is told while something is away, and nothing else: that it may come again. */
export const PASSING: readonly unknown[] = ['STORE_UNAVAILABLE', 'OVERLOADED', 'QUERY_TIMEOUT', 'LOCK_TIMEOUT', 'TRANSACTION_TIMEOUT', 'ACCESS_RECORD_UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS'];

/** One change that somebody wants, asked for as often as it takes, always with the same key. */
export class Attempt {
  readonly kind: KindName;
  readonly number: number;
  readonly key: string;
  readonly #body: object;
  readonly #requestIds: string[] = [];
  readonly #rig: Rig;
  /** What it gave; null: nobody was told that it was done. */
  acknowledged: unknown = null;
  /** Codes of answers that it was not done, in order. */
  readonly refusals: unknown[] = [];
  /** Answers that should never be given: told at the next count. */
  readonly wrong: string[] = [];

  constructor(rig: Rig, kind: KindName, number: number, key = `faults-key-${number}`) {
    [this.#rig, this.kind, this.number, this.key] = [rig, kind, number, key];
    const { operation, variables } = KINDS[kind];
    this.#body = { query: operation, variables: { ...variables(number), key: this.key } };
  }

  async send(): Promise<Sent> {
    const requestId = `faults-${this.number}-${this.#requestIds.length + 1}`;
    this.#requestIds.push(requestId);
    const token = await this.#rig.token(KINDS[this.kind].as);
    const sent = send(this.#rig.url, this.#body, { authorization: `Bearer ${token}`, 'x-request-id': requestId });
    void sent.outcome.then((outcome) => isAnswer(outcome) && this.#note(outcome));
    return sent;
  }

  /** Asks again until it is told that it was done; how often it took. */
  async retry(withinMs = 30_000): Promise<number> {
    for (let [asked, began] = [1, performance.now()]; ; asked++, await new Promise((resolve) => setTimeout(resolve, 100))) {
      const outcome = await (await this.send()).outcome;
      if (isAnswer(outcome) && outcome.status === 200 && outcome.body.errors === undefined) return asked;
      if (isAnswer(outcome)) for (const code of codesOfAnswer(outcome)) expect(PASSING, JSON.stringify(outcome.body)).toContain(code);
      if (performance.now() - began > withinMs) throw new Error(`${this.kind} ${this.number} was not done within ${withinMs} ms: ${JSON.stringify(outcome)}`);
    }
  }

  #note({ status, body }: HttpAnswer): void {
    const done = body.data?.['done'] as { readonly userErrors: readonly unknown[] } | null | undefined;
    if (done == null || body.errors !== undefined) return void this.refusals.push(...(body.errors ?? []).map(({ extensions }) => extensions['code']));
    const { userErrors, ...made } = done;
    // Whoever is told twice is told the same.
    if (status !== 200 || userErrors.length > 0 || (this.acknowledged !== null && !isDeepStrictEqual(made, this.acknowledged))) this.wrong.push(JSON.stringify(body));
    this.acknowledged ??= made;
  }

  /** How often it was done, and how often it stands in the audit trail. */
  async count(): Promise<{ readonly effects: number; readonly records: number }> {
    expect(this.wrong).toEqual([]);
    const { count, mark } = KINDS[this.kind];
    const [effects] = await this.#rig.query<{ count: number }>(count, [mark(this.number)]);
    const [records] = await this.#rig.query<{ count: number }>('select count(*)::int as count from audit_trail where request_id = any($1::text[])', [this.#requestIds]);
    return { effects: effects?.count ?? -1, records: records?.count ?? -1 };
  }
}
