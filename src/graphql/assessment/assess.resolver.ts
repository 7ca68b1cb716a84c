import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { compareAnswers } from '../../workflows/compare-answers.ts';
import { askQuestion, itemsIn, problem } from '../../workflows/ask-question.ts';
import type { Problem } from '../../workflows/ask-question.ts';
import type { ApiContext } from '../context.ts';
import { refuseInput } from '../refuse-input.ts';
import { answerView } from './answer-view.ts';
import { AssessInput, CompareInput } from './assess.input.ts';
import { FindingObject } from './finding.type.ts';
import { AssessOutcome, CompareOutcome, outcomeOf, userError } from './outcome.type.ts';

/** Questions in one request. */
export const MOST_QUESTIONS = 100;
export const MOST_SETTINGS = 20;
/** Items in the lists of all facts of one request. */
export const MOST_ITEMS = 10_000;

@Resolver()
export class AssessResolver {
  @Query(() => AssessOutcome, { description: 'Answers a question from the facts given: is it met, why, and what would close the gap.' })
  assess(@Arg('input', () => AssessInput, { description: 'The question.' }) input: AssessInput, @Ctx() { view }: ApiContext): AssessOutcome {
    return outcomeOf(view, askQuestion(view.registry, input));
  }

  @Query(() => [AssessOutcome], { description: 'Answers up to 100 questions, of any places, each with an outcome of its own, in the order given.' })
  assessMany(@Arg('inputs', () => [AssessInput], { description: 'The questions, 100 at most, with at most 10,000 list items in all their facts.' }) inputs: AssessInput[], @Ctx() context: ApiContext): AssessOutcome[] {
    const { view } = context;
    const items = inputs.reduce((sum, { facts }) => sum + itemsIn(facts), 0);
    const problems: Problem[] = [];
    if (inputs.length > MOST_QUESTIONS) problems.push(problem('TOO_MANY', 'inputs', inputs.length, 'input.too-many-questions', [], { max: MOST_QUESTIONS, found: inputs.length }));
    if (items > MOST_ITEMS) problems.push(problem('TOO_MANY', 'inputs', items, 'input.too-many-items', [], { max: MOST_ITEMS, found: items }));
    if (problems.length > 0) refuseInput(view, problems);
    return inputs.map((input) => outcomeOf(view, askQuestion(view.registry, input)));
  }

  @Query(() => CompareOutcome, { description: 'Asks the same question with the same facts under several places, moments or laws, and tells the differences by topic.' })
  compare(@Arg('input', () => CompareInput, { description: 'The question and the settings.' }) input: CompareInput, @Ctx() { view }: ApiContext): CompareOutcome {
    const found = input.settings.length;
    if (found < 2 || found > MOST_SETTINGS) refuseInput(view, [problem(found < 2 ? 'OUT_OF_RANGE' : 'TOO_MANY', 'input.settings', found, found < 2 ? 'input.too-few-settings' : 'input.too-many-questions', [], { max: MOST_SETTINGS, found })]);
    const { answers, differences, problems } = compareAnswers(view.registry, input, input.settings);
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
