/**
 * Every code that an error of the API can carry in `extensions.code`. Stable: programs read codes, never messages.
 * Those of the first block are named by the GraphQL server itself.
 */
export const ErrorCode = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_RESOLUTION_FAILURE',
  BAD_REQUEST: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PERSISTED_QUERY_NOT_SUPPORTED',

  /** A bug or a lost connection on our side; `extensions.reference` finds it in the log. */
  INTERNAL: 'INTERNAL',
  /** There is no database, or it does not answer: the same request may succeed later. */
  STORE_UNAVAILABLE: 'STORE_UNAVAILABLE',

  /** Nobody signed in, and what is asked is not for everyone; or the token is none. */
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  /** The provider does not give the keys by which its tokens are checked. */
  AUTH_PROVIDER_UNAVAILABLE: 'AUTH_PROVIDER_UNAVAILABLE',
  /** That somebody looked could not be put on record, so nothing was shown. */
  ACCESS_RECORD_UNAVAILABLE: 'ACCESS_RECORD_UNAVAILABLE',
  /** The same of the answer to a change: the change was made. */
  ANSWER_WITHHELD: 'ANSWER_WITHHELD',
  /** The idempotency key is none; it was used for something else; a request with it is being processed. */
  IDEMPOTENCY_KEY_INVALID: 'IDEMPOTENCY_KEY_INVALID',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
  IDEMPOTENCY_IN_PROGRESS: 'IDEMPOTENCY_IN_PROGRESS',
  /** Whoever signed in holds no role for which it is. */
  FORBIDDEN: 'FORBIDDEN',
  /** More came at once than can be served: the same request succeeds a little later. */
  OVERLOADED: 'OVERLOADED',
  /** The store gave up a statement, a wait for somebody else's change, or an open transaction. */
  QUERY_TIMEOUT: 'QUERY_TIMEOUT',
  LOCK_TIMEOUT: 'LOCK_TIMEOUT',
  TRANSACTION_TIMEOUT: 'TRANSACTION_TIMEOUT',

  /** Refused before it ran; `extensions.limit` and, where it was counted, `extensions.found` say why. */
  QUERY_TOO_LONG: 'QUERY_TOO_LONG',
  QUERY_TOO_DEEP: 'QUERY_TOO_DEEP',
  QUERY_TOO_WIDE: 'QUERY_TOO_WIDE',
  TOO_MANY_ALIASES: 'TOO_MANY_ALIASES',
  TOO_MANY_DIRECTIVES: 'TOO_MANY_DIRECTIVES',
  TOO_MANY_OPERATIONS: 'TOO_MANY_OPERATIONS',
  TOO_MANY_ROOT_FIELDS: 'TOO_MANY_ROOT_FIELDS',
  TOO_MANY_REPEATED_FIELDS: 'TOO_MANY_REPEATED_FIELDS',
  TOO_MUCH_INTROSPECTION: 'TOO_MUCH_INTROSPECTION',
  FRAGMENT_CYCLE: 'FRAGMENT_CYCLE',
  PAGE_SIZE: 'PAGE_SIZE',
  BATCH_REFUSED: 'BATCH_REFUSED',
  VARIABLES_TOO_DEEP: 'VARIABLES_TOO_DEEP',
  /** Questions, or items in the lists of their facts, over all fields of a request. */
  TOO_MANY: 'TOO_MANY',
  /** By its estimated cost; `extensions.path` names where most of it lies. */
  QUERY_TOO_COSTLY: 'QUERY_TOO_COSTLY',
  /** The budget of who asked has no such rest; `extensions.resetsAt` says when it is whole again. */
  BUDGET_EXHAUSTED: 'BUDGET_EXHAUSTED',
  /** A field stands inside itself too often. */
  QUERY_TOO_RECURSIVE: 'QUERY_TOO_RECURSIVE',

  /** Of the HTTP layer. */
  BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  INVALID_JSON: 'INVALID_JSON',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_ALLOWED: 'METHOD_NOT_ALLOWED',
  /** Imports are not open to whoever asked. */
  IMPORT_NOT_ALLOWED: 'IMPORT_NOT_ALLOWED',
  METRICS_NOT_ALLOWED: 'METRICS_NOT_ALLOWED',
  TOO_MANY_IMPORTS: 'TOO_MANY_IMPORTS',
  /** Somebody asked for the own data too often; `retry-after` says when it is given again. */
  TOO_MANY_EXPORTS: 'TOO_MANY_EXPORTS',
} as const;

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];
