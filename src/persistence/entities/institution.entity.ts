import { defineEntity, p } from '@mikro-orm/core';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** A school or training institution. What may change of it stands in its dated properties. */
export const InstitutionEntity = defineEntity({
  name: 'Institution',
  tableName: 'institution',
  properties: {
    id: p.bigint().primary().generated('identity'),
    name: p.text(),
    nameKey: p.text(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text(),
    prefectureCode: p.text().nullable(),
    countyCode: p.text().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
  },
});
