import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';
import { PersonEntity } from './person.entity.ts';

/** A way to link an account to a person, good for one use. */
export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    wordHash: p.blob(),
    invitedBy: () => p.manyToOne(AccountEntity).joinColumn('invited_by').nullable(),
    recordedAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
    usedBy: () => p.manyToOne(AccountEntity).joinColumn('used_by').nullable(),
  },
});
