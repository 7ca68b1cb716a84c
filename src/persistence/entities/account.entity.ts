import { defineEntity, p } from '@mikro-orm/core';
import { PersonEntity } from './person.entity.ts';

/** Who signs in: a subject of an issuer of tokens. */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p.bigint().primary().generated('identity'),
    issuer: p.text(),
    subject: p.text(),
    kind: p.text(),
    displayName: p.text().nullable(),
    person: () => p.manyToOne(PersonEntity).nullable(),
    recordedAt: p.datetime(3),
  },
});
