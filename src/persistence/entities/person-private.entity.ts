import { defineEntity, p } from '@mikro-orm/core';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** Something private of a person, sealed. */
export const PersonPrivateEntity = defineEntity({
  name: 'PersonPrivate',
  tableName: 'person_private',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    name: p.text(),
    valueCipher: p.blob(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
