import { defineEntity, p } from '@mikro-orm/core';
import type { FactInput } from '../../kernel/facts.ts';
import { InstitutionEntity } from './institution.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A dated property of an institution. */
export const InstitutionPropertyEntity = defineEntity({
  name: 'InstitutionProperty',
  tableName: 'institution_property',
  properties: {
    id: p.bigint().primary().generated('identity'),
    institution: () => p.manyToOne(InstitutionEntity),
    name: p.text(),
    value: p.json<FactInput>(),
    fromOn: p.date().nullable(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
