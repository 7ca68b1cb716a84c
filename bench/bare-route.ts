import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { View } from '../src/graphql/view.ts';
import { say } from '../src/graphql/view.ts';
import type { Finding } from '../src/kernel/finding.ts';
import { instantOf } from '../src/kernel/civil-day.ts';
import type { Gap } from '../src/kernel/ledger-gap.ts';
import { askQuestion } from '../src/workflows/ask-question.ts';
import type { Answer } from '../src/workflows/ask-question.ts';
import { answerView } from '../src/graphql/assessment/answer-view.ts';
import { cellLabel } from '../src/graphql/assessment/gap.type.ts';
import type { WireQuestion } from './questions.ts';

/**
 * The page of `questions.ts` as one would write it without GraphQL: the same body in, the same kernel with the same
 * inputs, the same JSON out by `JSON.stringify`. No schema, no limits, no request ids, nothing to choose.
 */
export function bareRoute(view: View): FastifyInstance {
  const app = Fastify({ bodyLimit: 10_000_000 });
  app.post<{ Body: { readonly variables: { readonly inputs: readonly WireQuestion[] } } }>('/bare', (request, reply) => {
    const answers = request.body.variables.inputs.map((question) => outcome(view, askQuestion(view.registry, { ...question, at: instantOf(question.at) })));
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ data: { assessMany: answers } }));
  });
  return app;
}

function outcome(view: View, answer: Answer): unknown {
  if (!answer.ok) return { assessment: null, userErrors: answer.problems.map(({ code, path, message }) => ({ code, path, message: say(view, message) })) };
  const { assessment } = answer;
  const gap = assessment.ledgers[0]?.gap;
  return {
    assessment: {
      verdict: assessment.verdict,
      findings: assessment.findings.map((finding) => shownFinding(view, finding)),
      missing: assessment.missing,
      gap: gap ? shownGap(view, answer, gap) : null,
    },
    userErrors: [],
  };
}

const shownFinding = (view: View, { rule, verdict, required, actual, shortfall, unit, dueOn, reasons }: Finding): unknown => ({
  ruleId: rule,
  verdict,
  required,
  actual,
  shortfall,
  unit,
  dueOn,
  reasons: reasons.map(({ code, message }) => ({ code, message: say(view, message) })),
});

const shownGap = (view: View, { place }: Answer & { readonly ok: true }, { ledger, amount, unit, cells }: Gap): unknown => ({
  amount,
  unit,
  cells: cells.map((cell) => ({ amount: cell.amount, pool: cell.pool, at: cell.at, label: cellLabel(answerView(view, place), ledger, cell.pool, cell.at), isClosable: cell.isClosable })),
});
