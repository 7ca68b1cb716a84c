import type { Instant } from '../../kernel/civil-day.ts';
import { entriesLeftOut } from '../../workflows/facts-of-person.ts';
import { CreditEntryObject } from '../credit/credit-entry.type.ts';
import type { Judged } from '../loaders/judging.ts';
import type { Scene } from '../scene.ts';
import type { UserError } from '../user-error.type.ts';
import { answerView } from './answer-view.ts';
import { AssessmentObject } from './assessment.type.ts';
import type { AssessOutcome } from './outcome.type.ts';
import { userError } from './outcome.type.ts';

const NONE: readonly never[] = [];

/** The answer about a person of the store. */
export class StoredOutcome implements AssessOutcome {
  readonly assessment: AssessmentObject | null;
  readonly userErrors: readonly UserError[];
  readonly knownAt: Instant;
  readonly #judged: Judged;
  readonly #scene: Scene;

  /** The scene of the question, which is that of the teacher or another. */
  constructor(judged: Judged, scene: Scene) {
    const { answer } = judged;
    this.assessment = answer.ok ? new AssessmentObject(answer.assessment, answerView(scene.view, answer.place)) : null;
    this.userErrors = answer.ok ? NONE : answer.problems.map((problem) => userError(scene.view, problem));
    this.knownAt = scene.knownAt;
    this.#judged = judged;
    this.#scene = scene;
  }

  get entriesLeftOut(): readonly CreditEntryObject[] | Promise<readonly CreditEntryObject[]> {
    const { answer, person } = this.#judged;
    const left = answer.ok && person ? new Set(entriesLeftOut(answer.place, person).map(({ id }) => id)) : null;
    if (!left || left.size === 0 || !person) return NONE;
    const { loaders, knownAt } = this.#scene;
    return loaders.credits(person.id, knownAt).then((entries) => entries.filter(({ id }) => left.has(id)).map((entry) => new CreditEntryObject(entry, this.#scene)));
  }
}
