import { defineEntity, p } from '@mikro-orm/core';

/** What came of a request that may be sent again. */
export const IdempotencyEntity = defineEntity({
  name: 'Idempotency',
  tableName: 'idempotency',
  properties: {
    principalKey: p.text().primary(),
    key: p.text().primary(),
    fingerprint: p.blob(),
    answer: p.json<unknown>(),
    recordedAt: p.datetime(3),
  },
});
