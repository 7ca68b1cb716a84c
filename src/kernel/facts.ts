import type { CivilDay, Instant } from './civil-day.ts';
import { Exact } from './exact.ts';
import type { Text } from './text.ts';

/** The units in which amounts are given and answered; plugins name theirs with a label. */
export type Unit = string;

/** The type of a fact. Amounts arrive as decimal strings or integers, days as `YYYY-MM-DD`. */
export type FactType =
  | { readonly kind: 'boolean' }
  /** One of named values, each with its meaning. */
  | { readonly kind: 'choice'; readonly options: Readonly<Record<string, Text>> }
  | { readonly kind: 'integer'; readonly unit?: Unit; readonly min?: number; readonly max?: number }
  /** An exact number, not negative unless `min` says so. `perWhole` 100 refuses what is finer than 0.01. */
  | { readonly kind: 'amount'; readonly unit: Unit; readonly perWhole?: number; readonly min?: string; readonly max?: string }
  /** Whole fen. */
  | { readonly kind: 'money' }
  | { readonly kind: 'day' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'text'; readonly maxLength?: number }
  | { readonly kind: 'list'; readonly of: FactType; readonly max?: number }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, FieldSpec>> };

/** A field of a record. An absent field is unknown; what that means is for the rule that reads it. */
export interface FieldSpec {
  readonly type: FactType;
  readonly meaning: Text;
  /** May be null: there is none. */
  readonly nullable?: boolean;
  /** What its absence means, where that is settled (a mark that is not there); else an absent field is unknown. */
  readonly absent?: Text;
}

/** How sensitive something is, the least first: open to everyone, of the product, about a person, private or said in confidence. */
export const SENSITIVITIES = ['public', 'internal', 'personal', 'sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What nobody has thought about is taken for personal. */
export const sensitivityOf = ({ sensitivity = 'personal' }: Pick<FactSpec, 'sensitivity'>): Sensitivity => sensitivity;

/** What a plugin says about a fact that its rules read. */
export interface FactSpec {
  readonly name: string;
  readonly type: FactType;
  readonly meaning: Text;
  readonly nullable?: boolean;
  /** Who can supply it. */
  readonly suppliedBy: 'teacher' | 'school' | 'district' | 'province' | 'institution' | 'platform' | 'caller';
  /** Not said: personal. */
  readonly sensitivity?: Sensitivity;
  /** Assumed when absent, and named in the answer. `quiet` for an option of the question that is no fact about anyone. */
  readonly default?: { readonly value: FactInput; readonly because: Text; readonly quiet?: boolean };
  /** A number or method that an authority publishes: absent it is SETTING_NOT_PUBLISHED, never MISSING_FACT. */
  readonly setting?: {
    readonly authority: Text;
    /** A list of `{rule, param?, credits}`: minima that replace the lower end of a rule's range and must lie inside it. */
    readonly minima?: boolean;
  };
  /** Which other facts answer the same (bare figures for entries): give one of them. */
  readonly insteadOf?: readonly string[];
}

/** As it arrives: JSON. */
export type FactInput = null | boolean | number | string | readonly FactInput[] | { readonly [field: string]: FactInput };

/** As rules read it: choices, texts and days are strings, integers and fen numbers, amounts exact, null for none. */
export type FactValue = null | boolean | number | string | Exact | CivilDay | Instant | readonly FactValue[] | FactRecord;
export interface FactRecord {
  readonly [field: string]: FactValue | undefined;
}
/** Checked facts by name. A name that is not there is unknown. */
export type Facts = Readonly<Record<string, FactValue | undefined>>;

// Short forms, so that a declaration reads as a table.
export const boolean = (): FactType => ({ kind: 'boolean' });
export const choice = (options: Readonly<Record<string, Text>>): FactType => ({ kind: 'choice', options });
export const integer = (range: { unit?: Unit; min?: number; max?: number } = {}): FactType => ({ kind: 'integer', ...range });
export const amount = (unit: Unit, range: { perWhole?: number; min?: string; max?: string } = {}): FactType => ({ kind: 'amount', unit, ...range });
export const money = (): FactType => ({ kind: 'money' });
export const dayType = (): FactType => ({ kind: 'day' });
export const instantType = (): FactType => ({ kind: 'instant' });
export const textType = (maxLength = 500): FactType => ({ kind: 'text', maxLength });
export const listOf = (of: FactType, max = 1000): FactType => ({ kind: 'list', of, max });
export const record = (fields: Readonly<Record<string, FieldSpec>>): FactType => ({ kind: 'record', fields });
export const field = (type: FactType, meaning: Text, nullable = false, absent?: Text): FieldSpec => ({ type, meaning, nullable, ...(absent ? { absent } : {}) });

// Guards for values whose shape a declaration promises.
export const isRecord = (value: FactValue | undefined): value is FactRecord => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Exact);
export const isList = (value: FactValue | undefined): value is readonly FactValue[] => Array.isArray(value);
