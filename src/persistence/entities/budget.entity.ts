import { defineEntity, p } from '@mikro-orm/core';

/** What a principal has spent in its window. */
export const BudgetEntity = defineEntity({
  name: 'Budget',
  tableName: 'budget',
  properties: {
    principal: p.text().primary(),
    kind: p.text(),
    windowStart: p.datetime(6),
    used: p.bigint(),
  },
});
