import { defineEntity, p } from '@mikro-orm/core';
import type { FactInput } from '../../kernel/facts.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { SourceEntity } from './source.entity.ts';

/** What an authority has published for its place, with its days. */
export const RuleSettingEntity = defineEntity({
  name: 'RuleSetting',
  tableName: 'rule_setting',
  properties: {
    id: p.bigint().primary().generated('identity'),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    name: p.text(),
    version: p.integer(),
    value: p.json<FactInput>(),
    fromOn: p.date(),
    toOn: p.date().nullable(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    supersededAt: p.datetime(3).nullable(),
  },
});
