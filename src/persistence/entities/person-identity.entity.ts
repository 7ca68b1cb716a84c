import { defineEntity, p } from '@mikro-orm/core';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** An identity number, encrypted, with a keyed index by which it is found. */
export const PersonIdentityEntity = defineEntity({
  name: 'PersonIdentity',
  tableName: 'person_identity',
  properties: {
    person: () => p.manyToOne(PersonEntity).primary(),
    kind: p.text().primary(),
    numberIndex: p.blob().primary(),
    id: p.bigint().generated('identity').unique(),
    numberCipher: p.blob(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
  },
});
