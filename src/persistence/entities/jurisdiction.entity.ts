import { defineEntity, p } from '@mikro-orm/core';

/** A division of the country, as the plugins declare it. */
export const JurisdictionEntity = defineEntity({
  name: 'Jurisdiction',
  tableName: 'jurisdiction',
  properties: {
    code: p.text().primary(),
    nameZh: p.text(),
    nameEn: p.text(),
    parent: () => p.manyToOne(JurisdictionEntity).nullable().joinColumn('parent_code'),
  },
});
