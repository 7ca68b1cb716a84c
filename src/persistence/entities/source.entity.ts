import { defineEntity, p } from '@mikro-orm/core';

/** Where rows come from: an office, an import, the product itself. */
export const SourceEntity = defineEntity({
  name: 'Source',
  tableName: 'source',
  properties: {
    id: p.integer().primary().generated('identity'),
    name: p.text().unique(),
    recordedAt: p.datetime(3),
  },
});
