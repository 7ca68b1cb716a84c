import { assess } from '../kernel/assess.ts';
import type { Assessment } from '../kernel/assess.ts';
import { Effort } from '../kernel/effort.ts';
import { checkFacts } from '../kernel/fact-input.ts';
import { AllocationRefused } from '../kernel/ledger-solve.ts';
import type { Place } from '../kernel/place.ts';
import type { ChangedCode } from '../kernel/place-code.ts';
import { CodeGone } from '../kernel/place-content.ts';
import type { RebuiltPlace } from '../kernel/place-content.ts';
import type { Message } from '../kernel/text.ts';
import { message } from '../kernel/text.ts';
import { changedParts, engineOf } from '../plugin-host/engine.ts';
import type { ChangedFiles } from '../plugin-host/engine.ts';
import type { Registry } from '../plugin-host/registry.ts';
import { MOST_A_QUESTION } from './ask-question.ts';
import { differencesBetween } from './differences.ts';
import type { Difference } from './differences.ts';
import { answerHash, answerText, readAnswer, readEngine, readQuestion } from './stored-assessment.ts';
import type { StoredAssessment, StoredTexts } from './stored-assessment.ts';

/** What comes of answering a stored question again, under its own rules and with the code of today. */
export interface Recomputation {
  /** Whether the answer is the same to the byte; null: there is none. */
  readonly same: boolean | null;
  /** Code whose files are others than they were. */
  readonly changedFiles: readonly ChangedFiles[];
  /** Formulas and placements of the stored rulebook that have another version now. */
  readonly changedCode: readonly ChangedCode[];
  readonly differences: readonly Difference[];
  readonly moreDifferences: number;
  readonly assessment: Assessment | null;
  readonly place: Place;
  /** Why there is no answer. */
  readonly unavailable: Message | null;
}

/** Answers a stored question again from its stored rulebook and facts. Code that is no longer there is named, never guessed at. */
export function recompute(registry: Registry, stored: StoredAssessment & StoredTexts, { place, changed }: RebuiltPlace, effort?: Effort): Recomputation {
  const changes = { changedFiles: changedParts(readEngine(stored), engineOf(registry, place)), changedCode: changed, place };
  const found = answerAgain(place, stored, changes.changedFiles.length + changed.length > 0, effort);
  if ('key' in found) return { ...changes, same: null, differences: [], moreDifferences: 0, assessment: null, unavailable: found };
  const same = answerHash(found) === stored.answerHash;
  const { differences, more } = same ? { differences: [], more: 0 } : differencesBetween(readAnswer(stored), JSON.parse(answerText(found)));
  return { ...changes, same, differences, moreDifferences: more, assessment: found, unavailable: null };
}

function answerAgain(place: Place, stored: StoredAssessment & StoredTexts, isChanged: boolean, effort: Effort | undefined): Assessment | Message {
  const { subject, facts: given, readings } = readQuestion(stored);
  // Facts of other places were passed over when it was asked, and are again.
  const { facts, problems } = checkFacts(place.facts, given, () => true);
  if (problems.length > 0) return message('recompute.facts-unreadable', { paths: problems.map(({ path }) => path) });
  try {
    return assess(place, { subject, facts, at: stored.at, lawAt: stored.lawAt, readings: readings === 'ALL' ? 'ALL' : new Map(Object.entries(readings)), effort: new Effort(MOST_A_QUESTION, effort) });
  } catch (error) {
    if (error instanceof CodeGone) return message('recompute.code-gone', { name: error.part.name ?? error.part.of, of: error.part.of, version: error.part.then });
    if (error instanceof AllocationRefused) return message('recompute.too-large', { measure: error.measure, found: error.found, allowed: error.allowed });
    // Newer code may want what the older rules do not have.
    if (isChanged && error instanceof RangeError) return message('recompute.code-failed', { what: error.message.slice(0, 300) });
    throw error;
  }
}
