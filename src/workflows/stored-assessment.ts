import type { Assessment, Subject } from '../kernel/assess.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Instant } from '../kernel/civil-day.ts';
import type { FactInput } from '../kernel/facts.ts';
import type { PlaceContent } from '../kernel/place-content.ts';
import type { Engine } from '../plugin-host/engine.ts';

/** What was asked, but for place and times: as it was given, so that it can be read again by the same declarations. */
export interface StoredQuestion {
  readonly subject: Subject;
  readonly facts: Readonly<Record<string, FactInput>>;
  readonly readings: Readonly<Record<string, string>> | 'ALL';
}

/** An answer with all that it takes to give it again; not written yet. */
export interface AssessmentDraft {
  /** Null: the facts came with the question. */
  readonly personId: string | null;
  readonly jurisdictionCode: string;
  readonly at: Instant;
  readonly lawAt: Instant;
  /** The last recording that the facts know. */
  readonly knownAt: Instant;
  readonly question: StoredQuestion;
  readonly assessment: Assessment;
  readonly content: PlaceContent;
  readonly engine: Engine;
}

/** An assessment as it lies in the store, but for its texts. */
export interface StoredAssessment {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly personId: string | null;
  readonly jurisdictionCode: string;
  readonly subject: Subject;
  readonly at: Instant;
  readonly lawAt: Instant;
  readonly knownAt: Instant;
  /** SHA-256 over the canonical JSON of the answer. */
  readonly answerHash: string;
  readonly verdict: string;
  readonly rulebookHash: string;
  /** Names the content of the place. */
  readonly contentHash: string;
}

/** The texts of a stored assessment, as they were written, to the byte. They are large: lists do without them. */
export interface StoredTexts {
  readonly question: string;
  readonly answer: string;
  readonly engine: string;
}

/** Where the contents of places are kept for ever. */
export interface ContentStore {
  /** Texts by their hash; one that is not there is left out. */
  contents(hashes: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * The answer as it is kept: keys of sentences with their parameters, in the order in which it tells things. Its hash is
 * over the canonical form, in which order of keys is nothing.
 */
export const answerText = (assessment: Assessment): string => JSON.stringify(assessment);
export const answerHash = (assessment: Assessment): string => contentHash(assessment);
export const readAnswer = ({ answer }: Pick<StoredTexts, 'answer'>): Assessment => JSON.parse(answer) as Assessment;
export const readQuestion = ({ question }: Pick<StoredTexts, 'question'>): StoredQuestion => JSON.parse(question) as StoredQuestion;
export const readEngine = ({ engine }: Pick<StoredTexts, 'engine'>): Engine => JSON.parse(engine) as Engine;

/** The subject in one word, as it is written. */
export const subjectText = (subject: Subject): string => ('rule' in subject ? `rule:${subject.rule}` : `decision:${subject.decision}`);
export function readSubject(text: string): Subject {
  const name = text.slice(text.indexOf(':') + 1);
  return text.startsWith('rule:') ? { rule: name } : { decision: name };
}

/** A draft as it is written. */
export const writtenForm = ({ assessment, question, content, engine, ...draft }: AssessmentDraft): { readonly row: Omit<StoredAssessment, 'id' | 'recordedAt'>; readonly texts: StoredTexts } => ({
  row: { ...draft, subject: question.subject, answerHash: answerHash(assessment), verdict: assessment.verdict, rulebookHash: assessment.rulebookHash, contentHash: content.place.hash },
  texts: { question: JSON.stringify(question), answer: answerText(assessment), engine: JSON.stringify(engine) },
});
