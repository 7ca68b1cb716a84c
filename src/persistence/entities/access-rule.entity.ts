import { defineEntity, p } from '@mikro-orm/core';

/** Who reads which class of rows: the copy of the application's table that row policies go by. */
export const AccessRuleEntity = defineEntity({
  name: 'AccessRule',
  tableName: 'access_rule',
  properties: { rowClass: p.text().primary(), role: p.text().primary(), relation: p.text().primary() },
});
