import type { FactType } from '../../kernel/facts.ts';
import type { Text } from '../../kernel/text.ts';

export const KINDS = ['institutions', 'teachers', 'courses', 'credits'] as const;
/** What the rows of a file are. In this order: later ones refer to earlier ones. */
export type Kind = (typeof KINDS)[number];

/** A column of a file: what it may be called, and what goes into it. */
export interface Column {
  /** The canonical name, which every file may use. */
  readonly name: string;
  /** What the templates call it. */
  readonly titles: Text;
  /** What else it may be called. */
  readonly aliases?: readonly string[];
  /** Whether a file of the kind must have the column. */
  readonly required?: boolean;
  readonly about: Text;
  /** What its cells hold; absent: text. */
  readonly type?: FactType;
  /** Short names of values in files, beside the values and their labels. */
  readonly names?: Readonly<Record<string, Text>>;
  /** Declared by a place: not every row can fill it. */
  readonly isOfPlace?: boolean;
  /** What an empty cell means is settled: most rows leave it so. */
  readonly isSettled?: boolean;
  /** For the example row of templates. */
  readonly example?: Text;
}

/** Names that differ in spaces, case, width or punctuation are one name; what stands in brackets is a remark. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\([^)]*\)|[\s_*·.\-/]+/g, '')
    .toLowerCase();
