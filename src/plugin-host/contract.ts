import type { DecisionSpec } from '../kernel/decision.ts';
import type { DocumentSpec } from '../kernel/document.ts';
import type { FactInput, FactSpec } from '../kernel/facts.ts';
import type { JurisdictionSpec } from '../kernel/jurisdiction.ts';
import type { LedgerSpec } from '../kernel/ledger.ts';
import type { RuleSpec } from '../kernel/rule.ts';
import type { Text } from '../kernel/text.ts';
import type { PopulationModule } from './population.ts';
import type { RecordsSpec } from './records.ts';

export type * from './population.ts';
export type { Act, EntriesRecord, PropertyRecord, RecordsSpec } from './records.ts';

/**
 * Someone for whom `npm run rules:check` shows the least transcript that meets everything: what is known of a person
 * without any credit. Every row of a ledger has to bind in one of them.
 */
export interface ProfileSpec {
  readonly name: string;
  readonly label: Text;
  readonly decision: string;
  /** The days asked about, mostly last days of a cycle. */
  readonly on: readonly string[];
  /** All but the entries, which are none. */
  readonly facts: Readonly<Record<string, FactInput>>;
}

/** All that is particular to one place. */
export interface PluginManifest {
  /** The folder's or package's own name: `^[a-z][a-z0-9-]*$`. */
  readonly name: string;
  readonly title: Text;
  /** The version of this contract that it was written for. */
  readonly contract: 1;
  /** The place whose rules these are; they hold in it and in everything below. */
  readonly jurisdiction: JurisdictionSpec;
  /** Other places that it makes known by code and name (divisions without rules of their own). */
  readonly places?: readonly JurisdictionSpec[];
  readonly documents: readonly DocumentSpec[];
  readonly facts: readonly FactSpec[];
  readonly rules: readonly RuleSpec[];
  readonly decisions: readonly DecisionSpec[];
  readonly ledgers?: readonly LedgerSpec[];
  /** How what is stored becomes its facts. */
  readonly records?: RecordsSpec;
  /** Labels of the units it uses. */
  readonly units?: Readonly<Record<string, Text>>;
  /** Sentences of its formulas by key, with `{name}` for parameters. Keys begin with `<plugin name>.`. */
  readonly messages?: Readonly<Record<string, Text>>;
  /** For whom its ledgers are proved. */
  readonly profiles?: readonly ProfileSpec[];
  /** Invented people: `() => import('./population.ts')`, so that only who generates them loads it. */
  readonly population?: () => Promise<PopulationModule>;
}

/** Gives a manifest its type; what is wrong with it is said by the host, all at once, at start. */
export const definePlugin = (manifest: PluginManifest): PluginManifest => manifest;
