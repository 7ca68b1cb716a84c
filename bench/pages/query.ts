/** What a front end asks for a page of assessed teachers: the verdict with its grounds, and what would close the gap. */
export const PAGE_QUERY = `query Page($first: Int!, $after: String, $filter: TeacherFilter, $at: Instant!, $decision: ID!) {
  teachers(first: $first, after: $after, filter: $filter, at: $at) {
    nodes {
      id
      name
      institution { id name }
      jurisdiction { code name }
      assessment(decision: $decision) {
        assessment {
          verdict
          findings { ruleId verdict required actual shortfall unit dueOn reasons { code message } }
          missing
          gap { amount unit cells { amount pool at label isClosable } }
        }
        userErrors { code path message }
      }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    at
    knownAt
  }
}`;

/** The variables of {@link PAGE_QUERY}. */
export interface PageAsked {
  readonly first: number;
  /** A cursor of the order by name. */
  readonly after: string | null;
  readonly filter: { readonly jurisdiction?: string; readonly institution?: string; readonly name?: string };
  /** An instant with its offset. */
  readonly at: string;
  readonly decision: string;
}

export const bodyOf = (asked: PageAsked): Buffer => Buffer.from(JSON.stringify({ query: PAGE_QUERY, variables: asked }));
