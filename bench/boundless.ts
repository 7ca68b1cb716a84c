/** Settings with which no budget ends a measurement. One request in eight charges it, as with usual budgets. */
export const BOUNDLESS = { BUDGET_ANONYMOUS: '999999999999', BUDGET_PERSON: '999999999999', BUDGET_CLIENT: '999999999999' } as const;
