import type { CivilDay } from './civil-day.ts';
import type { Text } from './text.ts';

/** How well a document is known, strongest first; an assessment carries the weakest that it rests on. */
export const EVIDENCE = ['founding', 'official', 'quoted', 'mirror'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** A document that rules come from. Days are included; `to: null` is open. */
export interface DocumentSpec {
  readonly id: string;
  readonly title: Text;
  /** The document number (文号), where it has one. */
  readonly number?: string;
  readonly issuer: Text;
  readonly issuedOn?: CivilDay;
  readonly inForce: { readonly from: string; readonly to: string | null };
  readonly evidence: Evidence;
  /** What a reader has to know about how this was read. */
  readonly note?: Text;
  /**
   * Topics (or their beginnings) that the document settles in parts that were not read. In its period a question about
   * one of them is UNDETERMINED with RULE_NOT_KNOWN, and never answered by an older rule.
   */
  readonly unreadTopics?: readonly string[];
  /** Days between documents of one topic for which no rule is known, declared so that a gap is a statement and no slip. */
  readonly gapAfter?: Text;
}

/** The weaker of two. */
export const weakerEvidence = (a: Evidence, b: Evidence): Evidence => (EVIDENCE.indexOf(a) < EVIDENCE.indexOf(b) ? b : a);
