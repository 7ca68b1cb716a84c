import { defineEntity, p } from '@mikro-orm/core';
import { InstitutionEntity } from './institution.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** An employment at an institution, with its days. Place and name are copies, for lists in order. */
export const EmploymentEntity = defineEntity({
  name: 'Employment',
  tableName: 'employment',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity),
    institution: () => p.manyToOne(InstitutionEntity),
    isMain: p.boolean(),
    stage: p.text().nullable(),
    subject: p.text().nullable(),
    nameKey: p.text(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text(),
    prefectureCode: p.text().nullable(),
    countyCode: p.text().nullable(),
    fromOn: p.date(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
