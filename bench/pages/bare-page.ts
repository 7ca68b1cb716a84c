import { WHOLE } from '../../src/access/reach.ts';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { nameEntry } from '../../src/graphql/loaders/judging.ts';
import { cursorOf, readCursor } from '../../src/graphql/relay/cursor.ts';
import { globalId, rowId } from '../../src/graphql/relay/global-id.ts';
import type { View } from '../../src/graphql/view.ts';
import { label } from '../../src/graphql/view.ts';
import { dayOf, formatInstant, instantOf } from '../../src/kernel/civil-day.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { Page, PageRows, Position } from '../../src/persistence/keyset.ts';
import { effectiveKnownAt } from '../../src/persistence/recording.ts';
import { judgingOf, StoredPeople } from '../../src/persistence/repositories/stored-people.ts';
import { TeacherLists } from '../../src/persistence/repositories/teacher-lists.ts';
import type { TeacherRow } from '../../src/persistence/repositories/teacher-lists.ts';
import { assessPerson } from '../../src/workflows/assess-people.ts';
import type { Answer } from '../../src/workflows/ask-question.ts';
import { shownOutcome } from '../shown.ts';
import type { PageAsked } from './query.ts';
import { ownerOf } from '../stores/owner.ts';

/**
 * A page of assessed teachers as one would write it without GraphQL: the same body in, the same statements, the same kernel,
 * the same JSON out by `JSON.stringify`. No schema, no limits, no turns with other requests, nothing to choose.
 */
export function barePage(view: View, database: Database): FastifyInstance {
  const app = Fastify();
  app.post<{ Body: { readonly variables: PageAsked } }>('/bare', async (request, reply) => {
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ data: { teachers: await answerPage(view, database, request.body.variables) } }));
    return reply;
  });
  return app;
}

async function answerPage(view: View, database: Database, { first, after, filter, at: written, decision }: PageAsked): Promise<unknown> {
  const sql = await ownerOf(database);
  const at = instantOf(written);
  const day = dayOf(at);
  const knownAt = await effectiveKnownAt(sql, null);
  const page: Page = { size: first, fromEnd: false, after: positionOf(after), before: null };
  const rows = await new TeacherLists(sql, WHOLE).page({ filter: { jurisdiction: filter.jurisdiction, institutionId: filter.institution && rowId('Institution', filter.institution) }, order: 'NAME', time: { day, knownAt } }, page);
  const people = await new StoredPeople(sql, WHOLE, judgingOf(database.keys, view.registry)).load(rows.rows.map(({ id }) => id), { day, lawDay: day, knownAt });
  const question = { decision, rule: null, at, lawAt: null, readings: null, allReadings: false };
  const answers = people.map((person): Answer => (person ? assessPerson(view.registry, person, question, nameEntry) : { ok: false, problems: [] }));
  return {
    nodes: rows.rows.map((row, index) => shownTeacher(view, row, answers[index] as Answer)),
    pageInfo: shownPage(rows),
    at: formatInstant(at),
    knownAt: formatInstant(knownAt),
  };
}

function positionOf(after: string | null): Position | null {
  const read = after === null ? null : readCursor(after, 'NAME', () => true);
  if (typeof read === 'string') throw new Error(`a cursor is ${read}`);
  return read;
}

function shownTeacher(view: View, { id, name, job }: TeacherRow, answer: Answer): unknown {
  const place = job && view.registry.jurisdictions.get(job.jurisdictionCode);
  return {
    id: globalId('Teacher', id),
    name,
    institution: job && { id: globalId('Institution', job.institution.id), name: job.institution.name },
    jurisdiction: place ? { code: place.code, name: label(view, place.name) } : null,
    assessment: shownOutcome(view, answer),
  };
}

function shownPage({ rows, hasNext, hasPrevious }: PageRows<TeacherRow>): unknown {
  const [first, last] = [rows[0], rows.at(-1)];
  return { hasNextPage: hasNext, hasPreviousPage: hasPrevious, startCursor: first ? cursorOf('NAME', first) : null, endCursor: last ? cursorOf('NAME', last) : null };
}
