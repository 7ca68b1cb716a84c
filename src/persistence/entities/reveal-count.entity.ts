import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';

/** How often an account has had something revealed in its window. */
export const RevealCountEntity = defineEntity({
  name: 'RevealCount',
  tableName: 'reveal_count',
  properties: {
    account: () => p.manyToOne(AccountEntity).primary(),
    windowStart: p.datetime(3),
    used: p.integer(),
  },
});
