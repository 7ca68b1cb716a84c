/**
 * What a field costs each time it is answered, and as how many its list counts. The unit is one value of the answer: about
 * 60 bytes and 2 microseconds. What has no row costs 1, and its list has `USUAL_LIST` items.
 */
export interface Cost {
  readonly weight?: number;
  /** How long the list is where the request does not say: as long as it is in a place with many rules. */
  readonly items?: number;
  /** What says how long it is: an argument of the field itself, or the page or the settings of a field above. */
  readonly times?: 'ids' | 'inputs' | 'page' | 'settings';
  /** As how many questions it counts. */
  readonly questions?: number;
  /** Whether it judges all teachers of an institution: how many is known only then, and bounded for the whole request. */
  readonly judgesStaff?: boolean;
  /** Only where this argument is given is it more than a plain field. */
  readonly when?: string;
}

/** Answering a question: findings, placement and gap, read or not. */
export const QUESTION = 100;
/** As how many times the question counts when all readings are tried. */
export const ALL_READINGS = 8;
/** Judging a teacher for a summary or a filter, of whom nothing but the verdict is given out. */
export const STAFF_QUESTION = 50;
/** A statement in the database, beside the rows that it gives. */
const STATEMENT = 20;
export const USUAL_LIST = 10;
/** As how many questions a summary of an institution counts, or a filter of its teachers by verdict. */
export const STAFF_QUESTIONS = 5;

const CONNECTIONS = ['AccessEntry', 'AuditEntry', 'Correction', 'CreditEntry', 'Institution', 'StoredAssessment', 'Teacher'];

export const COSTS: Readonly<Record<string, Cost>> = {
  ...Object.fromEntries(CONNECTIONS.flatMap((of): [string, Cost][] => [[`${of}Connection.nodes`, { times: 'page' }], [`${of}Connection.edges`, { times: 'page' }], [`${of}Connection.totalCount`, { weight: STATEMENT }]])),

  'AuditEntry.after': { items: 4 },
  'AuditEntry.before': { items: 4 },
  'AuditEntry.nodes': { items: 3 },
  'AuditEntry.ruleIds': { items: 2 },
  'Query.accessTrail': { weight: 2 * STATEMENT },
  'Query.auditTrail': { weight: 2 * STATEMENT },
  'Viewer.seenBy': { weight: 2 * STATEMENT },
  'Query.assess': { weight: QUESTION, questions: 1 },
  'Query.assessMany': { weight: QUESTION, questions: 1, times: 'inputs' },
  'Query.compare': { weight: STATEMENT },
  'Query.corrections': { weight: STATEMENT },
  'Query.decisions': { weight: STATEMENT, items: 40 },
  'Query.rulebook': { weight: STATEMENT },
  'Query.institution': { weight: STATEMENT },
  'Query.institutions': { weight: STATEMENT },
  'Query.node': { weight: STATEMENT },
  'Query.nodes': { times: 'ids', weight: 5 },
  'Query.teacher': { weight: STATEMENT },
  'Query.teachers': { weight: STATEMENT },
  'Query.assessment': { weight: STATEMENT },
  'Mutation.correctionRequest': { weight: 5 * STATEMENT },
  'Mutation.correctionDecide': { weight: 5 * STATEMENT },
  'Mutation.correctionWithdraw': { weight: 5 * STATEMENT },
  ...Object.fromEntries(['delegationGrant', 'delegationRevoke', 'invitationAccept', 'invitationCreate', 'roleGrant', 'roleRevoke'].map((name): [string, Cost] => [`Mutation.${name}`, { weight: 5 * STATEMENT }])),
  'Mutation.assessmentRecord': { weight: QUESTION + 5 * STATEMENT, questions: 1 },

  'AnswerDifference.now': { weight: 2 },
  'AnswerDifference.then': { weight: 2 },
  'AssessOutcome.entriesLeftOut': { items: 5 },
  'AssessOutcome.userErrors': { items: 2 },
  'Assessment.allFindings': { items: 60 },
  'Assessment.assumed': { items: 5 },
  'Assessment.findings': { items: 30 },
  'Assessment.ledgers': { items: 1 },
  'Assessment.missing': { items: 5 },
  'Assessment.missingFacts': { items: 5 },
  'Assessment.notes': { items: 1 },
  'Assessment.openFindings': { items: 20 },
  'Assessment.otherGaps': { items: 20 },
  'Assessment.reasons': { items: 10 },
  'Assessment.yields': { items: 5 },
  'AssessmentRecordPayload.userErrors': { items: 2 },
  'CompareOutcome.differences': { items: 30 },
  'CompareOutcome.outcomes': { weight: QUESTION, questions: 1, times: 'settings' },
  'CompareOutcome.userErrors': { items: 10 },
  'Correction.institution': { weight: 2 },
  'Correction.values': { weight: 40 },
  'CorrectionPayload.userErrors': { items: 3 },
  'CreditEntry.history': { items: 3 },
  'CreditEntry.labelledAttributes': { items: 6 },
  'Decision.facts': { items: 10 },
  'Decision.factsSchema': { weight: 300 },
  'Decision.rules': { items: 15 },
  'EntryPlacement.countsFor': { items: 5 },
  'EntryPlacement.movedBy': { items: 1 },
  'Fact.schema': { weight: 40 },
  'Finding.missing': { items: 1 },
  'Finding.notes': { items: 1 },
  'Finding.params': { weight: 3 },
  'Finding.parts': { items: 1 },
  'Finding.reasons': { items: 2 },
  'Finding.yields': { items: 1 },
  'Gap.cells': { items: 10 },
  'Gap.unknown': { items: 2 },
  'GapCell.rules': { items: 3 },
  'Institution.properties': { items: 6 },
  'Institution.summary': { weight: STATEMENT, questions: STAFF_QUESTIONS, judgesStaff: true },
  'Institution.teachers': { weight: STATEMENT, questions: STAFF_QUESTIONS, judgesStaff: true, when: 'verdict' },
  'InstitutionSummary.byRule': { items: 30 },
  'InstitutionSummary.notJudged': { items: 1 },
  'InstitutionSummary.rulebooks': { items: 1 },
  'Jurisdiction.above': { items: 3 },
  'Jurisdiction.plugins': { items: 2 },
  'JurisdictionPage.nodes': { times: 'page' },
  'Ledger.entries': { items: 40 },
  'ReadingDependence.on': { items: 2 },
  'ReadingDependence.tried': { items: 8 },
  'Recomputation.changedParts': { items: 3 },
  'Recomputation.differences': { items: 20 },
  'Rule.alternatives': { items: 1 },
  'Rule.decisions': { items: 5 },
  'Rule.facts': { items: 12 },
  'Rule.params': { weight: 3 },
  'Rulebook.counts': { items: 10 },
  'Rulebook.documents': { items: 10 },
  'Rulebook.rules': { items: 80 },
  'Rulebook.standingAside': { items: 10 },
  'StoredAssessment.facts': { weight: 200 },
  'StoredAssessment.recomputed': { weight: 2 * QUESTION, questions: 1 },
  'SummaryOutcome.userErrors': { items: 2 },
  'Mutation.reveal': { weight: 5 * STATEMENT },
  'RevealPayload.userErrors': { items: 2 },
  'RoleGrantPayload.userErrors': { items: 3 },
  'InvitationPayload.userErrors': { items: 2 },
  'InvitationAcceptPayload.userErrors': { items: 2 },
  'DelegationPayload.userErrors': { items: 3 },
  'Viewer.corrections': { weight: STATEMENT },
  'Viewer.delegations': { items: 10 },
  'Viewer.may': { items: 40 },
  'Viewer.roles': { items: 10 },
  'Viewer.teacher': { weight: STATEMENT },
  'Delegation.teacher': { weight: STATEMENT },
  'RoleGrant.institution': { weight: STATEMENT },
  'Teacher.assessment': { weight: QUESTION, questions: 1 },
  'Teacher.credits': { weight: STATEMENT },
  'Teacher.employments': { items: 3 },
  'Teacher.birthDate': { weight: 5 },
  'Teacher.identityNumbers': { weight: 5, items: 1 },
  'Teacher.phone': { weight: 5 },
  'Teacher.roles': { items: 3 },
  'Teacher.sex': { weight: 5 },
  'Teacher.storedAssessments': { weight: STATEMENT },
  'TopicDifference.findings': { times: 'settings' },
  'UserError.nearest': { items: 3 },
};
