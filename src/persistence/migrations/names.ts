/** The names of all migrations, oldest first. They stand in the database for ever. Read at each start, without what they do. */
export const MIGRATION_NAMES: readonly string[] = ['store-20261125', 'access-20261126', 'budget-20261126', 'records-20261126', 'idempotency-20261127', 'own-data-20261127', 'records-api-20261127', 'personal-20261127', 'corrections-20261127', 'record-nodes-20261127'];
