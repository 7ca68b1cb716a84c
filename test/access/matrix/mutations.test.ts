import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { globalId } from '../../../src/graphql/relay/global-id.ts';
import { apiSchema } from '../../../src/graphql/schema.ts';
import { DISTRICT, STANDINGS } from '../../support/access-world.ts';
import type { Standing } from '../../support/access-world.ts';
import { ask } from '../../support/server.ts';
import type { GraphqlAnswer } from '../../support/server.ts';
import { Matrix, someAskers, WALLS } from './fixture.ts';
import { isShown, mayAsk, refusedWith, sees } from './oracle.ts';
import type { About } from './oracle.ts';
import { fieldsOf } from './paths.ts';
import { isRefused } from './run.ts';
import type { Asker, World } from './world.ts';

/*
 * What is changed about somebody, by each asker, for each relation: done, or answered as if there were no such person, or
 * refused before anything is read.
 */

interface Case {
  /** What is asked about somebody. */
  readonly query: (standing: Standing, world: World) => string;
  /** Whether it is for this asker about that person, where the operation is for them at all. */
  readonly isFor: (asker: Asker, about: About) => boolean;
}

const QUESTION = 'decision: "creditCompletion", at: "2020-12-31"';
const of = (name: string) => (asker: Asker, about: About): boolean => isShown(asker, `Mutation.${name}`, about);
const idOf = (standing: Standing, { people }: World): string => globalId('Teacher', people[standing]);
/** Of oneself, and of nobody who lets somebody only look. */
const oneself = (asker: Asker, about: About): boolean => asker.person === about;

const ABOUT_SOMEBODY: Readonly<Record<string, Case>> = {
  assessmentRecord: { query: (standing, world) => `mutation { assessmentRecord(dryRun: true, input: {teacher: "${idOf(standing, world)}", ${standing === 'elsewhere' ? 'rule: "zj-2016-71/2-cycle", at: "2020-12-31"' : QUESTION}}) { assessment { verdict } storedAssessment { id } userErrors { code path } } }`, isFor: (asker, about) => sees(asker, about, 'recorded') },
  invitationCreate: { query: (standing, world) => `mutation { invitationCreate(teacher: "${idOf(standing, world)}") { word userErrors { code path } } }`, isFor: of('invitationCreate') },
  correctionRequest: { query: (standing, world) => `mutation { correctionRequest(dryRun: true, input: {record: "${idOf(standing, world)}", wrong: "wrong", right: "right"}) { correction { id } userErrors { code path } } }`, isFor: oneself },
  correctionDecide: { query: (standing, world) => `mutation { correctionDecide(dryRun: true, input: {correction: "${world.corrections[standing]}", decision: REJECTED, reason: "so"}) { correction { id } userErrors { code path } } }`, isFor: of('correctionDecide') },
};

/** Changes that are about accounts, grants and words, and no person's rows; where each is tried for every role. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  roleGrant: 'test/access/matrix/flips.test.ts, test/access/granting.test.ts',
  roleRevoke: 'test/access/granting.test.ts, test/access/matrix/unknown.test.ts',
  delegationGrant: 'test/access/granting.test.ts',
  delegationRevoke: 'test/access/granting.test.ts, test/access/matrix/unknown.test.ts',
  invitationAccept: 'test/access/granting.test.ts, test/access/matrix/arguments.test.ts',
  reveal: 'test/access/private.test.ts',
  correctionWithdraw: 'test/access/matrix/unknown.test.ts',
};

let matrix: Matrix;
beforeAll(async () => {
  matrix = await Matrix.open();
}, 120_000);
afterEach(() => vi.restoreAllMocks());
afterAll(() => matrix.close());

test('every mutation is tried here, or it is said where', () => {
  expect([...Object.keys(ABOUT_SOMEBODY), ...Object.keys(ELSEWHERE)].sort()).toEqual(Object.keys(apiSchema().getMutationType()?.getFields() ?? {}).sort());
});

interface Payload {
  readonly userErrors: readonly { readonly code: string }[];
}
const payloadOf = ({ data, errors }: GraphqlAnswer): Payload => {
  const [payload] = Object.values(data ?? {});
  if (errors || !payload) throw new Error(JSON.stringify(errors));
  return payload as Payload;
};

describe.each(someAskers())('$name', (asker) => {
  const recorded = async (): Promise<number> => (await matrix.database.admin.em.fork().execute<{ n: number }[]>('select count(*)::int as n from stored_assessment s join account a on a.id = s.account_id where a.subject = ?', [asker.subject?.subject ?? '']))[0]?.n ?? 0;

  test.each(Object.entries(ABOUT_SOMEBODY))('%s', async (name, { query, isFor }) => {
    matrix.as(asker);
    for (const app of [matrix.bound, matrix.unbound]) {
      for (const standing of STANDINGS) {
        const answer = await ask(app, query(standing, matrix.world));
        const what = `${name} about ${standing}`;
        if (!mayAsk(asker, `Mutation.${name}`)) expect([what, isRefused(answer, asker)]).toEqual([what, true]);
        else expect([what, payloadOf(answer).userErrors.length === 0]).toEqual([what, isFor(asker, standing)]);
      }
    }
  });

  test('a stored answer is shown to whoever had it stored as it is read later, and to nobody else', async () => {
    matrix.as(asker);
    const all = fieldsOf(apiSchema(), apiSchema().getType('StoredAssessment') as never, matrix.world).map(({ name, args, below }) => `${name}${args}${below ? ' { __typename }' : ''}`).join(' ');
    for (const standing of STANDINGS.filter((one) => one !== 'elsewhere')) {
      const query = `mutation { assessmentRecord(input: {teacher: "${idOf(standing, matrix.world)}", ${QUESTION}}) { assessment { verdict } storedAssessment { ${all} } userErrors { code } } }`;
      const before = await recorded();
      const made = await ask(matrix.bound, query);
      if (!mayAsk(asker, 'Mutation.assessmentRecord')) {
        expect(made.errors?.[0]?.extensions['code']).toBe(refusedWith(asker));
        continue;
      }
      const stored = (payloadOf(made) as { storedAssessment?: { id: string } | null }).storedAssessment ?? null;
      expect([standing, stored !== null, (await recorded()) - before]).toEqual([standing, sees(asker, standing, 'recorded'), Number(sees(asker, standing, 'recorded'))]);
      if (!stored) continue;
      expect((await ask(matrix.bound, `{ assessment(id: "${stored.id}") { ${all} } }`)).data).toEqual({ assessment: stored });
    }
  });

  test('without the wall of the API the database takes no assessment about somebody whom it is not for', async () => {
    matrix.as(asker);
    WALLS['without the wall of the API']();
    for (const standing of STANDINGS.filter((one) => one !== 'elsewhere' && !sees(asker, one, 'recorded'))) {
      const before = await recorded();
      const made = await ask(matrix.bound, `mutation { assessmentRecord(input: {teacher: "${idOf(standing, matrix.world)}", ${QUESTION}}) { storedAssessment { id } userErrors { code } } }`);
      expect([standing, (made.data?.['assessmentRecord'] as { storedAssessment: unknown } | null | undefined)?.storedAssessment ?? null, await recorded()]).toEqual([standing, null, before]);
    }
  });
});

describe('an answer to facts that came with the question', () => {
  const STATELESS = `jurisdiction: "${DISTRICT}", ${QUESTION}, facts: {developmentSchool: "none", roles: [], cycleStartOn: "2016-01-01", entries: []}`;
  test.each(someAskers().filter((asker) => mayAsk(asker, 'Mutation.assessmentRecord')))('is read by $name, who had it stored, and by those of the place alone', async (asker) => {
    matrix.as(asker);
    const made = payloadOf(await ask(matrix.bound, `mutation { assessmentRecord(input: {${STATELESS}}) { storedAssessment { id } userErrors { code } } }`)) as unknown as { storedAssessment: { id: string } };
    const query = `{ assessment(id: "${made.storedAssessment.id}") { id verdict } }`;
    expect((await ask(matrix.bound, query)).data).toMatchObject({ assessment: { id: made.storedAssessment.id } });
    for (const other of someAskers().filter((one) => one.name !== asker.name && mayAsk(one, 'Query.assessment'))) {
      matrix.as(other);
      expect([other.name, ((await ask(matrix.bound, query)).data?.['assessment'] ?? null) !== null]).toEqual([other.name, sees(other, { code: DISTRICT })]);
    }
  });
});
