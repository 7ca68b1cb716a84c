/**
 * What a query may cost before it runs. All are checked in time linear in the query, before it is validated: some
 * rules of validation are themselves what an attack aims at. A query with every field of the API and the
 * introspection query of GraphiQL stay far below each.
 */
export const QUERY_LIMITS = {
  characters: 100_000,
  tokens: 8_000,
  /** Brackets of any kind inside each other, and fields inside each other. */
  brackets: 60,
  depth: 20,
  /** Selections with all fragments written out, over the whole document. */
  selections: 5_000,
  /** Pairs of selections with one name at one place: validation compares each. */
  repeatedPairs: 5_000,
  aliases: 100,
  directives: 50,
  definitions: 100,
  operations: 20,
  rootFields: 20,
  introspections: 2,
  /** How often a field may stand inside itself on one path: teachers of the institution of teachers of an institution. */
  recursion: 3,
  /** `first` and `last`. */
  pageSize: 100,
  /** Ids of `nodes`. */
  ids: 100,
  /** Of any other list that is given; those in facts are counted as items. */
  listItems: 250,
  variablesDepth: 24,
} as const;

/** How many items the page of a connection has when nothing is said. */
export const USUAL_PAGE = 20;

/** What one request may ask for in all, whatever fields, aliases and variables it does it with. */
export const REQUEST_LIMITS = {
  /** A question for each input, for each setting that is compared, and for each teacher of the pages whose assessment is asked. */
  questions: 100,
  /** Teachers whom all such summaries and filters of a request assess. */
  staff: 2_000,
  /** Items in the lists of all facts. */
  items: 10_000,
  /** Estimated before it runs, in values of the answer and in work that counts as so many: about 25 MB, or a second or two of work. */
  cost: 400_000,
} as const;
