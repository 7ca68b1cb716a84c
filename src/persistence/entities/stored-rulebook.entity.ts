import { defineEntity, p } from '@mikro-orm/core';

/** The content of a place under which assessments were stored. */
export const StoredRulebookEntity = defineEntity({
  name: 'StoredRulebook',
  tableName: 'stored_rulebook',
  properties: {
    hash: p.text().primary(),
    content: p.text(),
    recordedAt: p.datetime(3),
  },
});
