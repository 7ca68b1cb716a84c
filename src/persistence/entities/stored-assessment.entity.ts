import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.ts';
import { JurisdictionEntity } from './jurisdiction.entity.ts';
import { PersonEntity } from './person.entity.ts';
import { SourceEntity } from './source.entity.ts';
import { StoredRulebookEntity } from './stored-rulebook.entity.ts';

/** An answer as it was given, with all that it takes to give it again. */
export const StoredAssessmentEntity = defineEntity({
  name: 'StoredAssessment',
  tableName: 'stored_assessment',
  properties: {
    id: p.bigint().primary().generated('identity'),
    person: () => p.manyToOne(PersonEntity).nullable(),
    jurisdiction: () => p.manyToOne(JurisdictionEntity).joinColumn('jurisdiction_code'),
    provinceCode: p.text(),
    subject: p.text(),
    at: p.datetime(3),
    lawAt: p.datetime(3),
    knownAt: p.datetime(3),
    question: p.text(),
    answer: p.text(),
    answerHash: p.text(),
    verdict: p.text(),
    rulebookHash: p.text(),
    content: () => p.manyToOne(StoredRulebookEntity).joinColumn('content_hash'),
    engine: p.text(),
    recordedAt: p.datetime(3),
    source: () => p.manyToOne(SourceEntity),
    sourceKey: p.text(),
    /** Who had it stored; null in what was stored before there were accounts. */
    account: () => p.manyToOne(AccountEntity).nullable(),
  },
});
