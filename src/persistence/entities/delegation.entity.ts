import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';
import { PersonEntity } from './person.entity.ts';

/** What a teacher lets another account do for them, for a time. */
export const DelegationEntity = defineEntity({
  name: 'Delegation',
  tableName: 'delegation',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    account: () => p.manyToOne(AccountEntity),
    actions: p.array(),
    fromAt: p.datetime(3),
    toAt: p.datetime(3),
    grantedBy: () => p.manyToOne(AccountEntity).joinColumn('granted_by'),
    recordedAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
  },
});
