/** What went wrong in the database, for those who can do something about it. Everything else is a fault of ours. */
export type SqlErrorKind = 'unique' | 'foreignKey' | 'exclusion' | 'check' | 'restricted' | 'serialization' | 'lockTimeout' | 'statementTimeout' | 'diskFull' | 'connectionLost' | 'shuttingDown' | 'tooManyConnections' | 'idleTransaction' | 'overloaded';

const BY_CODE: Readonly<Record<string, SqlErrorKind>> = {
  '23505': 'unique',
  '23503': 'foreignKey',
  '23P01': 'exclusion',
  '23514': 'check',
  '23001': 'restricted',
  '40001': 'serialization',
  '40P01': 'serialization',
  '55P03': 'lockTimeout',
  '57014': 'statementTimeout',
  '53100': 'diskFull',
  '57P01': 'shuttingDown',
  '57P02': 'shuttingDown',
  '57P03': 'shuttingDown',
  '53300': 'tooManyConnections',
  '25P03': 'idleTransaction',
  OVERLOADED: 'overloaded',
  ECONNREFUSED: 'connectionLost',
  ECONNRESET: 'connectionLost',
  EPIPE: 'connectionLost',
  ETIMEDOUT: 'connectionLost',
  ENOSPC: 'diskFull',
};

const BY_WORDS: readonly (readonly [RegExp, SqlErrorKind])[] = [
  [/query read timeout|connection terminated|timeout expired|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|not queryable/i, 'connectionLost'],
];

/** The kind of a database error, however deep it is wrapped; null for what is none. */
export function sqlErrorKind(error: unknown): SqlErrorKind | null {
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 6; depth++) {
    const { code, message, cause, previous, originalError } = current as { readonly code?: unknown; readonly message?: unknown; readonly cause?: unknown; readonly previous?: unknown; readonly originalError?: unknown };
    const known = typeof code === 'string' ? (BY_CODE[code] ?? (code.startsWith('08') ? 'connectionLost' : undefined)) : undefined;
    if (known) return known;
    const worded = typeof message === 'string' ? BY_WORDS.find(([words]) => words.test(message)) : undefined;
    if (worded) return worded[1];
    current = cause ?? previous ?? originalError;
  }
  return null;
}

/** Kinds that mean the same request may succeed a little later. */
const PASSING: ReadonlySet<SqlErrorKind> = new Set(['serialization', 'lockTimeout', 'statementTimeout', 'connectionLost', 'shuttingDown', 'tooManyConnections', 'idleTransaction', 'overloaded']);

export const isPassing = (kind: SqlErrorKind | null): boolean => kind !== null && PASSING.has(kind);
