/** How long one request may keep all others waiting, between one question and the next. */
const TURN_MS = 20;

/**
 * The questions of one request, one after another and in the order of its fields, so that what they may cost together is
 * always spent in the same order; other requests have their turn in between.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Answers in the order given. */
  ask<Asked, Answer>(asked: readonly Asked[], answerTo: (item: Asked) => Answer): Promise<Answer[]> {
    const answers = this.#last.then(() => inTurn(asked, answerTo));
    // A fault is that of its own field.
    this.#last = answers.catch(() => undefined);
    return answers;
  }
}

async function inTurn<Asked, Answer>(asked: readonly Asked[], answerTo: (item: Asked) => Answer): Promise<Answer[]> {
  const answers: Answer[] = [];
  let since = performance.now();
  for (const item of asked) {
    if (performance.now() - since > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    answers.push(answerTo(item));
  }
  return answers;
}
