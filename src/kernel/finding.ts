import type { CivilDay } from './civil-day.ts';
import type { Evidence } from './document.ts';
import type { Unit } from './facts.ts';
import type { Params } from './rule.ts';
import type { Message, MessageParam, Text } from './text.ts';
import { message } from './text.ts';

export const VERDICTS = ['MET', 'NOT_MET', 'UNDETERMINED', 'NOT_APPLICABLE'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why, as a stable code. The verdict that each belongs to stands beside it. */
export const REASONS = {
  MISSING_FACT: 'UNDETERMINED',
  NO_RULE_IN_FORCE: 'UNDETERMINED',
  RULE_NOT_KNOWN: 'UNDETERMINED',
  SETTING_NOT_PUBLISHED: 'UNDETERMINED',
  PENDING: 'UNDETERMINED',
  HELD: 'UNDETERMINED',
  SHORT: 'NOT_MET',
  OVER_LIMIT: 'NOT_MET',
  NOT_YET_OPEN: 'NOT_MET',
  CLOSED: 'NOT_MET',
  LATE: 'NOT_MET',
  NOT_YET_DUE: 'NOT_MET',
  OVERDUE: 'NOT_MET',
  INCOMPLETE: 'NOT_MET',
  OUT_OF_ORDER: 'NOT_MET',
  NOT_DONE: 'NOT_MET',
  REFUSED: 'NOT_MET',
  OTHER_PLACE: 'NOT_APPLICABLE',
  NOT_BOUND: 'NOT_APPLICABLE',
  CARRIED_OUT: 'NOT_APPLICABLE',
  REPLACED: 'NOT_APPLICABLE',
  NOT_YET_TESTED: 'NOT_APPLICABLE',
  NOTHING_TO_DECIDE: 'NOT_APPLICABLE',
  ENCOURAGED: 'NOT_APPLICABLE',
} as const satisfies Record<string, Verdict>;
export type ReasonCode = keyof typeof REASONS;

export interface Reason {
  readonly code: ReasonCode;
  readonly message: Message;
}

/** An amount that a rule grants or counts out: credits from hours, days left, places left. */
export interface Yield {
  readonly name: string;
  readonly value: string;
  readonly unit: Unit;
}

/**
 * One requirement and what was found. Amounts are exact numbers as text in `unit`; absent where the rule has no figure.
 * A guideline (`binding: false`) is reported and enters no verdict.
 */
export interface Finding {
  readonly rule: string;
  /** Names a part of a rule (`itGeneral`, `2018`); null for the whole. */
  readonly part: string | null;
  readonly label: Text;
  readonly document: string | null;
  readonly clause: string | null;
  readonly evidence: Evidence | null;
  readonly inPrinciple: boolean;
  readonly params: Params;
  /** The name of the reading under which it was decided; null where the text is not open. */
  readonly reading: string | null;
  readonly binding: boolean;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly required: string | null;
  readonly actual: string | null;
  readonly shortfall: string | null;
  readonly unit: Unit | null;
  readonly dueOn: CivilDay | null;
  /** Facts that nobody gave and that could still change the verdict. */
  readonly missing: readonly string[];
  readonly notes: readonly Message[];
  readonly yields: readonly Yield[];
  readonly parts: readonly Finding[];
}

export const reason = (code: ReasonCode, key: string, params: Readonly<Record<string, MessageParam>> = {}): Reason => ({ code, message: message(key, params) });

/** The verdict of a group: its binding parts alone, NOT_MET before UNDETERMINED before MET. */
export function combineVerdicts(parts: readonly { readonly verdict: Verdict; readonly binding: boolean }[]): Verdict {
  let combined: Verdict = 'NOT_APPLICABLE';
  for (const { verdict, binding } of parts) {
    if (!binding || verdict === 'NOT_APPLICABLE') continue;
    if (verdict === 'NOT_MET') return 'NOT_MET';
    if (verdict === 'UNDETERMINED') combined = 'UNDETERMINED';
    else if (combined === 'NOT_APPLICABLE') combined = 'MET';
  }
  return combined;
}
