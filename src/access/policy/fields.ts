import type { Mask } from '../masks.ts';
import type { AudienceName } from './audiences.ts';

/** Fields with their arguments, `name(argument argument)`, by whom they are for. */
type Fields = Readonly<Partial<Record<AudienceName, string>>>;

/**
 * Who may ask for which field, with each of its arguments. Everything that the schema has stands here: what is missing, or
 * is here and not in the schema, stops the build.
 */
export const FIELDS: Readonly<Record<string, Fields>> = {
  AccessEntry: { ACCESS_AUDITORS: 'account at isClient isForTeacher isOneself kinds name operation purpose requestId roles' },
  AccessEntryConnection: { ACCESS_AUDITORS: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  AccessEntryEdge: { ACCESS_AUDITORS: 'cursor node' },
  About: { EVERYONE: 'name startedAt version' },
  AnswerDifference: { PEOPLE: 'now path then' },
  AssessOutcome: { EVERYONE: 'assessment entriesLeftOut knownAt userErrors' },
  Assessment: { EVERYONE: 'allFindings assumed at decision dependsOnReadings evidence findings gap jurisdiction lawAt ledgers missing missingFacts notes openFindings otherGaps reasons ruleId rulebook verdict yields' },
  AssessmentRecordPayload: { RECORDERS: 'assessment storedAssessment userErrors' },
  AssumedFact: { EVERYONE: 'because name value' },
  AuditEntry: { AUDITORS: 'account action after assessment at before forWhom name nodes number requestId ruleIds rulebookHash' },
  AuditEntryConnection: { AUDITORS: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  AuditEntryEdge: { AUDITORS: 'cursor node' },
  AuditNode: { AUDITORS: 'id type' },
  AuditValue: { AUDITORS: 'isSealed name value' },
  ChangedPart: { PEOPLE: 'kind name now of then' },
  Budget: { WHOEVER: 'limit remaining resetsAt' },
  CompareOutcome: { EVERYONE: 'differences outcomes userErrors' },
  Correction: { CORRECTIONS: 'about decidedAt dueOn evidence id institution isByDelegate isOverdue jurisdiction reason record remedy right source state submittedAt teacher values wrong' },
  CorrectionConnection: { CORRECTIONS: 'edges nodes pageInfo totalCount totalCountIsExact' },
  CorrectionEdge: { CORRECTIONS: 'cursor node' },
  CorrectionPayload: { CORRECTIONS: 'correction userErrors' },
  CreditAct: { PEOPLE: 'act recordedAt source' },
  CreditAttribute: { PEOPLE: 'label name value valueLabel' },
  CreditEntry: { PEOPLE: 'amount attributes book completedOn courseTitle decides history id institution jurisdiction labelledAttributes revision status unit unitLabel' },
  CreditEntryConnection: { PEOPLE: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  CreditEntryEdge: { PEOPLE: 'cursor node' },
  Decision: { EVERYONE: 'about facts factsSchema name question rules title' },
  Document: { EVERYONE: 'evidence from id issuedOn issuer note number title to' },
  Employment: { PEOPLE: 'from id institution isMain jurisdiction stage subject to' },
  EntryPlacement: { EVERYONE: 'amount at because countsFor id index label movedBy movedFrom nowhere pool' },
  Fact: { EVERYONE: 'defaultBecause defaultValue kind meaning name nullable schema sensitivity setBy suppliedBy unit' },
  Finding: { EVERYONE: 'actual binding clause document dueOn evidence inPrinciple label missing notes params part parts reading reasons required rule ruleId shortfall unit unitLabel verdict yields' },
  Gap: { EVERYONE: 'amount cells unit unitLabel unknown' },
  GapCell: { EVERYONE: 'amount at isClosable label pool rules' },
  HeldRole: { PEOPLE: 'from id jurisdiction label role to' },
  IdentityNumber: { RECORDERS: 'id kind number' },
  Institution: { SIGNED_IN: 'id jurisdiction name properties(at)', PEOPLE: 'teachers(after at before filter first knownAt last orderBy verdict)', STAFF: 'summary(at decision knownAt lawAt readings rule)' },
  InstitutionConnection: { SIGNED_IN: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  InstitutionEdge: { SIGNED_IN: 'cursor node' },
  InstitutionProperty: { SIGNED_IN: 'from label name to value valueLabel' },
  InstitutionSummary: { STAFF: 'at byRule lawAt met notApplicable notJudged notMet rulebooks teachers undetermined' },
  Jurisdiction: { EVERYONE: 'above code hasOwnRules name plugins' },
  JurisdictionPage: { EVERYONE: 'endCursor nodes totalCount' },
  KindCount: { EVERYONE: 'count kind' },
  Ledger: { EVERYONE: 'entries gap id label' },
  Delegation: { WHOEVER: 'actions id teacher' },
  DelegationPayload: { WHOEVER: 'delegation userErrors' },
  InvitationAcceptPayload: { WHOEVER: 'isLinked userErrors' },
  InvitationPayload: { INVITERS: 'expiresAt userErrors word' },
  Mutation: {
    RECORDERS: 'reveal(idempotencyKey input) assessmentRecord(dryRun idempotencyKey input)',
    GRANTERS: 'roleGrant(dryRun idempotencyKey input) roleRevoke(dryRun grant idempotencyKey)',
    INVITERS: 'invitationCreate(idempotencyKey teacher)',
    BEARER: 'invitationAccept(idempotencyKey word)',
    ONESELF: 'correctionRequest(dryRun idempotencyKey input) correctionWithdraw(correction dryRun idempotencyKey) delegationGrant(idempotencyKey input)',
    CORRECTORS: 'correctionDecide(dryRun idempotencyKey input)',
    SIGNED_IN: 'delegationRevoke(delegation idempotencyKey)',
  },
  Node: { SIGNED_IN: 'id' },
  NotJudged: { STAFF: 'code count' },
  PageInfo: { SIGNED_IN: 'endCursor hasNextPage hasPreviousPage startCursor' },
  Query: {
    WHOEVER: 'viewer',
    EVERYONE: 'about assess(input) assessMany(inputs) compare(input) decisions(at jurisdiction) jurisdictions(after first name under withOwnRules) rule(at id) rulebook(at jurisdiction)',
    CORRECTORS: 'corrections(after before filter first last orderBy)',
    PEOPLE: 'assessment(at id knownAt) teacher(at id knownAt) teachers(after at before filter first knownAt last orderBy)',
    AUDITORS: 'auditTrail(after before first last node)',
    ACCESS_AUDITORS: 'accessTrail(after before first last teacher)',
    SIGNED_IN: 'institution(at id knownAt) institutions(after at before filter first knownAt last orderBy) node(id) nodes(ids)',
  },
  Reading: { EVERYONE: 'name text' },
  ReadingDependence: { EVERYONE: 'depends on tried' },
  Reason: { EVERYONE: 'code key message params' },
  Recomputation: { PEOPLE: 'assessment changedParts codeChanged differences moreDifferences same unavailable' },
  RoleGrant: { WHOEVER: 'id institution jurisdiction role' },
  RoleGrantPayload: { GRANTERS: 'grant userErrors' },
  Rule: { EVERYONE: 'alternatives carriesOut clause decides decisions document facts from guideline id inPrinciple jurisdiction kind params reading succeeds summary to topic' },
  RuleSummary: { STAFF: 'met notApplicable notMet rule ruleId short undetermined' },
  Rulebook: { EVERYONE: 'at counts documents from hash jurisdiction rules standingAside to' },
  RulebookRef: { EVERYONE: 'from hash to' },
  StandingRule: { EVERYONE: 'by rule' },
  StoredAssessment: { PEOPLE: 'answerHash assessment at decision id jurisdiction knownAt lawAt recomputed recordedAt ruleId rulebookHash teacher verdict', RECORD: 'facts' },
  StoredAssessmentConnection: { PEOPLE: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  StoredAssessmentEdge: { PEOPLE: 'cursor node' },
  SummaryOutcome: { STAFF: 'knownAt summary userErrors' },
  RevealPayload: { RECORDERS: 'kind remaining resetsAt userErrors value' },
  Teacher: { RECORDERS: 'birthDate identityNumbers phone sex', PEOPLE: 'assessment(allReadings at decision knownAt lawAt readings rule) at credits(after before book first knownAt last) employment(at) employments id institution jurisdiction knownAt name roles(all at) storedAssessments(after before first knownAt last)' },
  TeacherConnection: { PEOPLE: 'at edges knownAt nodes pageInfo totalCount totalCountIsExact' },
  TeacherEdge: { PEOPLE: 'cursor node' },
  TopicDifference: { EVERYONE: 'findings topic' },
  TriedReading: { EVERYONE: 'differs readings verdict' },
  UserError: { EVERYONE: 'code message nearest path ruleId value' },
  Viewer: { WHOEVER: 'account budget delegations isClient isSignedIn may name roles teacher', ONESELF: 'seenBy(after before first last)', CORRECTIONS: 'corrections(after before first last orderBy state)' },
  Yield: { EVERYONE: 'name unit unitLabel value' },
};

/** The fields of input types. Each is for whoever may use the argument in which it stands. */
export const INPUTS: Readonly<Record<string, string>> = {
  AssessInput: 'allReadings at decision facts jurisdiction lawAt readings rule',
  AssessmentRecordInput: 'allReadings at decision facts jurisdiction knownAt lawAt readings rule teacher',
  CompareInput: 'decision facts rule settings',
  CorrectionDecideInput: 'correction decision reason',
  CorrectionFilter: 'institution isOverdue jurisdiction state',
  CorrectionRequestInput: 'evidence record right teacher values wrong',
  CompareSetting: 'at jurisdiction lawAt readings',
  InstitutionFilter: 'jurisdiction kind name stage',
  DelegationGrantInput: 'account actions from to',
  ReadingInput: 'reading rule',
  RevealInput: 'field identityNumber purpose reason teacher',
  RoleGrantInput: 'account from institution jurisdiction role to',
  SubjectInput: 'isClient issuer name subject',
  TeacherFilter: 'institution jurisdiction name role stage subject',
  VerdictFilter: 'decision is lawAt readings rule',
};

/** Routes beside the schema that are not for everyone, by whom they are for. */
export const ROUTES = { 'GET /me/data': 'LINKED', 'POST /import': 'IMPORTERS' } as const satisfies Readonly<Record<string, AudienceName>>;

/** Types without fields: they show nothing that the field in which they stand does not. */
export const PLAIN = 'Act Boolean ChangedPartKind CivilDay CorrectionDecision CorrectionOrder CorrectionState CorrectionSubject DelegatedAction Evidence Exact Facts Float ID IdentityKind Instant InstitutionOrder Int Json Nowhere ReasonCode RevealPurpose RevealedField Role RuleKind Sex String TeacherOrder UserErrorCode Verdict';

/** Fields that are shown in full to one audience, and masked to all others who see the field. */
export const MASKED: Readonly<Record<string, { readonly clear: AudienceName; readonly by: Mask }>> = {
  'Teacher.name': { clear: 'RECORD', by: 'name' },
  'Teacher.birthDate': { clear: 'FILE', by: 'birthDate' },
  'Teacher.phone': { clear: 'NOBODY', by: 'phone' },
  'IdentityNumber.number': { clear: 'NOBODY', by: 'identityNumber' },
};
