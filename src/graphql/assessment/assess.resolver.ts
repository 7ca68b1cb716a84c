import { Arg, Ctx, Query, Resolver } from '../type-graphql.ts';
import { compareAnswers } from '../../workflows/compare-answers.ts';
import { askQuestion } from '../../workflows/ask-question.ts';
import { problem } from '../../workflows/problem.ts';
import type { ApiContext } from '../context.ts';
import { refuseInput } from '../refuse-input.ts';
import { answerView } from './answer-view.ts';
import { AssessInput, CompareInput } from './assess.input.ts';
import { FindingObject } from './finding.type.ts';
import { AssessOutcome, CompareOutcome, outcomeOf, userError } from './outcome.type.ts';

const MOST_SETTINGS = 20;

@Resolver()
export class AssessResolver {
  @Query(() => AssessOutcome, { description: 'Answers a question from the facts given: is it met, why, and what would close the gap.' })
  assess(@Arg('input', () => AssessInput, { description: 'The question.' }) input: AssessInput, @Ctx() { view, effort }: ApiContext): AssessOutcome {
    return outcomeOf(view, askQuestion(view.registry, input, { effort }));
  }

  @Query(() => [AssessOutcome], { description: 'Answers up to 100 questions, of any places, each with an outcome of its own, in the order given.' })
  assessMany(@Arg('inputs', () => [AssessInput], { description: 'The questions, 100 at most in a request, with at most 10,000 list items in all their facts.' }) inputs: AssessInput[], @Ctx() { view, effort, turns }: ApiContext): Promise<AssessOutcome[]> {
    return turns.ask(inputs, (input) => outcomeOf(view, askQuestion(view.registry, input, { effort })));
  }

  @Query(() => CompareOutcome, { description: 'Asks the same question with the same facts under several places, moments or laws, and tells the differences by topic.' })
  async compare(@Arg('input', () => CompareInput, { description: 'The question and the settings.' }) input: CompareInput, @Ctx() { view, effort, turns }: ApiContext): Promise<CompareOutcome> {
    const found = input.settings.length;
    if (found < 2 || found > MOST_SETTINGS) refuseInput(view, [problem(found < 2 ? 'OUT_OF_RANGE' : 'TOO_MANY', 'input.settings', found, found < 2 ? 'input.too-few-settings' : 'input.too-many-questions', [], { max: MOST_SETTINGS, found })]);
    const { answers, differences, problems } = await compareAnswers(view.registry, input, input.settings, { effort, turns });
    return {
      outcomes: answers.map((answer) => outcomeOf(view, answer)),
      userErrors: problems.map((item) => userError(view, item)),
      differences: differences.map(({ topic, findings }) => ({
        topic,
        findings: findings.map((finding, index) => {
          const answer = answers[index];
          return finding && answer?.ok ? new FindingObject(finding, answerView(view, answer.place)) : null;
        }),
      })),
    };
  }
}
