import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { View } from '../src/graphql/view.ts';
import { instantOf } from '../src/kernel/civil-day.ts';
import { askQuestion } from '../src/workflows/ask-question.ts';
import type { WireQuestion } from './questions.ts';
import { shownOutcome } from './shown.ts';

/**
 * The page of `questions.ts` as one would write it without GraphQL: the same body in, the same kernel with the same
 * inputs, the same JSON out by `JSON.stringify`. No schema, no limits, no request ids, nothing to choose.
 */
export function bareRoute(view: View): FastifyInstance {
  const app = Fastify({ bodyLimit: 10_000_000 });
  app.post<{ Body: { readonly variables: { readonly inputs: readonly WireQuestion[] } } }>('/bare', (request, reply) => {
    const answers = request.body.variables.inputs.map((question) => shownOutcome(view, askQuestion(view.registry, { ...question, at: instantOf(question.at) })));
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ data: { assessMany: answers } }));
  });
  return app;
}
