import { answerView } from '../src/graphql/assessment/answer-view.ts';
import { cellLabel } from '../src/graphql/assessment/gap.type.ts';
import { say } from '../src/graphql/view.ts';
import type { View } from '../src/graphql/view.ts';
import type { Finding } from '../src/kernel/finding.ts';
import type { Gap } from '../src/kernel/ledger-gap.ts';
import type { Place } from '../src/kernel/place.ts';
import type { Answer } from '../src/workflows/ask-question.ts';

/** An answer as one would write it for `JSON.stringify`, with the fields that the queries of the bench ask for. */
export function shownOutcome(view: View, answer: Answer): unknown {
  if (!answer.ok) return { assessment: null, userErrors: answer.problems.map(({ code, path, message }) => ({ code, path, message: say(view, message) })) };
  const { assessment, place } = answer;
  const gap = assessment.ledgers[0]?.gap;
  return {
    assessment: {
      verdict: assessment.verdict,
      findings: assessment.findings.map((finding) => shownFinding(view, finding)),
      missing: assessment.missing,
      gap: gap ? shownGap(view, place, gap) : null,
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

function shownGap(view: View, place: Place, { ledger, amount, unit, cells }: Gap): unknown {
  const words = answerView(view, place);
  return { amount, unit, cells: cells.map((cell) => ({ amount: cell.amount, pool: cell.pool, at: cell.at, label: cellLabel(words, ledger, cell.pool, cell.at), isClosable: cell.isClosable })) };
}
