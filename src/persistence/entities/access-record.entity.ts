import { defineEntity, p } from '@mikro-orm/core';

/** Who read the personal data of whom; partitioned by year. */
export const AccessRecordEntity = defineEntity({
  name: 'AccessRecord',
  tableName: 'access_record',
  properties: {
    chain: p.uuid().primary(),
    seq: p.bigint().primary(),
    recordedAt: p.datetime(3).primary(),
    keyId: p.text(),
    requestId: p.text(),
    accountId: p.bigint().nullable(),
    onBehalfOf: p.bigint().nullable(),
    delegationId: p.bigint().nullable(),
    operation: p.text().nullable(),
    purpose: p.text().nullable(),
    persons: p.array().columnType('bigint[]'),
    kinds: p.array().columnType('text[]'),
    count: p.integer(),
    link: p.blob(),
  },
});
