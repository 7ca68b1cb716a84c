import { defineEntity, p } from '@mikro-orm/core';

/** What the store says of itself: the check of its key, the places it holds, whether the demo was filled in. */
export const StoreInfoEntity = defineEntity({
  name: 'StoreInfo',
  tableName: 'store_info',
  properties: {
    name: p.text().primary(),
    value: p.text(),
  },
});
