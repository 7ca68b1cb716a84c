/** Some rows of a table that are somebody's, and what is told of each. In the SQL of a section the table is `t`. */
export interface OwnSection {
  /** What one of its lines is called: `employment`. */
  readonly name: string;
  readonly table: string;
  /** The column by which a row is somebody's: that of the person, or of an account of theirs. */
  readonly by: { readonly column: string; readonly of: 'person' | 'account' };
  /** Which of those rows belong here; absent: all. */
  readonly only?: string;
  readonly joins?: string;
  /** By what rows are ordered and found again: unique, and never changed. */
  readonly key: { readonly sql: string; readonly type: 'bigint' | 'text' };
  /** The fields of a line. Names that end in `At` hold milliseconds, and become instants. */
  readonly shows: Readonly<Record<string, string>>;
  /** Columns that are not told, each with why. */
  readonly omits: Readonly<Record<string, string>>;
  /** Whether rows are those of the register, which is read as of its last recording; all else as of now. */
  readonly isRegister: boolean;
  /** How many rows are read at once: as many as fit into memory many times over. */
  readonly pageSize: number;
}

/** The instants of an export, as a joined row of every section. */
export const ASKED = 'asked';

export const instant = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** Where a row of the register comes from, and when it was recorded. */
export const RECORDED = { source: 's.name', sourceKey: 't.source_key', recordedAt: instant('t.recorded_at') };
export const FROM_SOURCE = 'join source s on s.id = t.source_id';

/** When a later recording replaced a row. */
export const SUPERSEDED = `case when t.superseded_at <= ${ASKED}.known_at then ${instant('t.superseded_at')} end`;

/** A dated row of the register; one that a later recording replaced says when. */
export const DATED = { from: 't.from_on', to: 't.to_on', ...RECORDED, supersededAt: SUPERSEDED };

/** All columns that a section tells of, or goes by. */
export const columnsOf = ({ by, joins = '', shows }: OwnSection): ReadonlySet<string> => new Set([by.column, ...[joins, ...Object.values(shows)].flatMap((text) => [...text.matchAll(/\bt\.(\w+)/g)].map(([, column = '']) => column))]);
