import { defineEntity, p } from '@mikro-orm/core';

/** What was done, by whom and to what; partitioned by year. */
export const AuditTrailEntity = defineEntity({
  name: 'AuditTrail',
  tableName: 'audit_trail',
  properties: {
    seq: p.bigint().primary(),
    recordedAt: p.datetime(3).primary(),
    keyId: p.text(),
    requestId: p.text().nullable(),
    accountId: p.bigint().nullable(),
    actor: p.text().nullable(),
    onBehalfOf: p.bigint().nullable(),
    delegationId: p.bigint().nullable(),
    action: p.text(),
    nodes: p.array().columnType('text[]'),
    ruleIds: p.array().columnType('text[]'),
    assessmentId: p.bigint().nullable(),
    rulebookHash: p.text().nullable(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
    link: p.blob(),
  },
});
