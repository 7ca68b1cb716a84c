import { GraphQLError } from 'graphql';
import type { Reach } from '../../access/reach.ts';
import type { Instant } from '../../kernel/civil-day.ts';
import type { Effort } from '../../kernel/effort.ts';
import type { Page, PageRows } from '../../persistence/keyset.ts';
import { effectiveKnownAt } from '../../persistence/recording.ts';
import { CreditEntries } from '../../persistence/repositories/credit-entries.ts';
import type { CreditEntryRow } from '../../persistence/repositories/credit-entries.ts';
import { Corrections } from '../../persistence/repositories/corrections.ts';
import type { CorrectionRow } from '../../persistence/repositories/corrections.ts';
import { Institutions } from '../../persistence/repositories/institutions.ts';
import type { InstitutionRow, PropertyRow } from '../../persistence/repositories/institutions.ts';
import { StoredAssessments } from '../../persistence/repositories/stored-assessments.ts';
import type { AssessmentReach } from '../../persistence/repositories/stored-assessments.ts';
import { judgingOf, StoredPeople } from '../../persistence/repositories/stored-people.ts';
import { TeacherLists } from '../../persistence/repositories/teacher-lists.ts';
import type { JobRow, ListTime, TeacherList, TeacherRow } from '../../persistence/repositories/teacher-lists.ts';
import { Teachers } from '../../persistence/repositories/teachers.ts';
import type { RoleRow } from '../../persistence/repositories/teachers.ts';
import type { DataKeys } from '../../persistence/keys/data-keys.ts';
import type { RequestStore } from '../../persistence/request-store.ts';
import type { Sql } from '../../persistence/sql.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import type { Language } from '../../i18n/render.ts';
import { say } from '../../i18n/server-messages.ts';
import { asOfQuestion } from '../../workflows/assess-people.ts';
import type { RebuiltPlace } from '../../kernel/place-content.ts';
import { rebuiltPlaces } from '../../workflows/rebuilt-places.ts';
import { recompute } from '../../workflows/recompute-assessment.ts';
import type { Recomputation } from '../../workflows/recompute-assessment.ts';
import type { StoredAssessment, StoredTexts } from '../../workflows/stored-assessment.ts';
import type { AsOf, StoredPerson } from '../../workflows/stored-person.ts';
import type { Turns } from '../../workflows/in-turn.ts';
import type { RequestAccess } from '../access/request-access.ts';
import { ErrorCode } from '../error-codes.ts';
import { Batches } from './batches.ts';
import { judge, keyOf } from './judging.ts';
import type { AskedQuestion, Judged } from './judging.ts';
import { StaffJudging } from './staff-judging.ts';

interface Parts {
  /** Null: there is no database. */
  readonly store: RequestStore | null;
  /** With which private values are opened; null: there is no database. */
  readonly keys: DataKeys | null;
  readonly access: RequestAccess;
  readonly registry: Registry;
  readonly language: Language;
  readonly effort: Effort;
  readonly turns: Turns;
}

/**
 * What one request reads from the store: each kind of thing in one statement, however many objects ask for it. Made anew
 * for each request; the connection is taken when something is first read.
 */
export class Loaders {
  readonly #parts: Parts;
  readonly #moments = new Map<Instant | null, Promise<Instant>>();
  readonly #people = new Batches<StoredPerson | null>();
  readonly #judged = new Batches<Judged>();
  readonly #teachers = new Batches<TeacherRow | null>();
  readonly #nameKeys = new Batches<string | null>();
  readonly #employments = new Batches<JobRow[]>();
  readonly #roles = new Batches<RoleRow[]>();
  readonly #credits = new Batches<CreditEntryRow[]>();
  readonly #owners = new Batches<string | null>();
  readonly #institutions = new Batches<InstitutionRow | null>();
  readonly #properties = new Batches<PropertyRow[]>();
  readonly #staff = new Batches<PageRows<TeacherRow>>();
  readonly #staffCounts = new Batches<number>();
  readonly #stored = new Batches<StoredAssessment | null>();
  readonly #storedTexts = new Batches<StoredTexts>();
  readonly #storedPages = new Batches<PageRows<StoredAssessment>>();
  readonly #storedCounts = new Batches<number>();
  readonly #storedPlaces = new Batches<RebuiltPlace>();
  readonly #corrections = new Batches<CorrectionRow | null>();
  readonly #recomputations = new Map<string, Promise<Recomputation>>();
  #staffJudging: StaffJudging | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Refused where there is no database. */
  get store(): RequestStore {
    const { store, language } = this.#parts;
    if (!store) throw new GraphQLError(say(language, 'store.none'), { extensions: { code: ErrorCode.STORE_UNAVAILABLE } });
    return store;
  }
  get sql(): Sql {
    return this.store;
  }
  get keys(): DataKeys {
    if (!this.#parts.keys) throw new Error('a store without its keys');
    return this.#parts.keys;
  }
  #storedPeople(reach: Reach): StoredPeople {
    return new StoredPeople(this.sql, reach, judgingOf(this.keys, this.#parts.registry));
  }
  get #inReach(): Reach {
    return this.#parts.access.reach('people');
  }
  get #assessmentsInReach(): AssessmentReach {
    return { people: this.#inReach, accountId: this.#parts.access.principal.accountId };
  }

  get #storedAssessments(): StoredAssessments {
    return new StoredAssessments(this.sql, this.#assessmentsInReach, this.keys);
  }
  get teacherLists(): TeacherLists {
    return new TeacherLists(this.sql, this.#inReach, this.#parts.access.named);
  }
  get institutionLists(): Institutions {
    return new Institutions(this.sql);
  }
  get staff(): StaffJudging {
    return (this.#staffJudging ??= new StaffJudging({ ...this.#parts, people: this.#storedPeople(this.#inReach), sql: this.sql, reach: this.#inReach, named: this.#parts.access.named }));
  }

  /** The last recording not after the moment, the last of all for null. One for all that ask in a request. */
  knownAt(asked: Instant | null | undefined): Promise<Instant> {
    let moment = this.#moments.get(asked ?? null);
    if (!moment) this.#moments.set(asked ?? null, (moment = effectiveKnownAt(this.sql, asked ?? null)));
    return moment;
  }

  person(id: string, asOf: AsOf): Promise<StoredPerson | null> {
    return this.#people.load(keyOf(asOf), id, (ids) => this.#storedPeople(this.#inReach).load(ids, asOf));
  }

  /** Somebody about whom an assessment may be put on record by whoever asks. */
  async personToRecord(id: string, asOf: AsOf): Promise<StoredPerson | null> {
    return (await this.#storedPeople(this.#parts.access.reach('recorded')).load([id], asOf))[0] ?? null;
  }

  /** People in the order of their fields, in turns with other requests. */
  assessment(id: string, question: AskedQuestion): Promise<Judged> {
    return this.#judged.load(keyOf(question), id, async (ids) => {
      const asOf = asOfQuestion(question, question.knownAt);
      const people = await Promise.all(ids.map((person) => this.person(person, asOf)));
      return this.#parts.turns.ask(people, (person) => judge(this.#parts, person, question));
    });
  }

  teacher(id: string, time: ListTime): Promise<TeacherRow | null> {
    return this.#teachers.load(keyOf(time), id, (ids) => new Teachers(this.sql, this.#inReach).byId(ids, time));
  }
  /** Where somebody stands in a list by name. */
  nameKey(id: string, time: ListTime): Promise<string | null> {
    return this.#nameKeys.load(keyOf(time), id, (ids) => new Teachers(this.sql, this.#inReach).nameKeys(ids, time));
  }
  employments(id: string, knownAt: Instant): Promise<JobRow[]> {
    return this.#employments.load(String(knownAt), id, (ids) => new Teachers(this.sql, this.#inReach).employments(ids, knownAt));
  }
  roles(id: string, knownAt: Instant): Promise<RoleRow[]> {
    return this.#roles.load(String(knownAt), id, (ids) => new Teachers(this.sql, this.#inReach).roles(ids, knownAt));
  }
  /** The whole ledger of a person. */
  credits(personId: string, knownAt: Instant): Promise<CreditEntryRow[]> {
    return this.#credits.load(String(knownAt), personId, (ids) => new CreditEntries(this.sql, this.#inReach).ofPeople(ids, knownAt));
  }
  async credit(id: string, knownAt: Instant): Promise<CreditEntryRow | null> {
    const owner = await this.#owners.load(String(knownAt), id, (ids) => new CreditEntries(this.sql, this.#inReach).owners(ids, knownAt));
    return owner === null ? null : ((await this.credits(owner, knownAt)).find((entry) => entry.id === id) ?? null);
  }

  institution(id: string, knownAt: Instant): Promise<InstitutionRow | null> {
    return this.#institutions.load(String(knownAt), id, (ids) => this.institutionLists.byId(ids, knownAt));
  }
  properties(id: string, time: ListTime): Promise<PropertyRow[]> {
    return this.#properties.load(keyOf(time), id, (ids) => this.institutionLists.properties(ids, time));
  }

  /** A page of the teachers of one institution; those of many are read together. */
  staffPage(institutionId: string, list: TeacherList, page: Page): Promise<PageRows<TeacherRow>> {
    return this.#staff.load(keyOf({ list, page }), institutionId, (ids) => this.teacherLists.pages(list, page, ids));
  }
  staffCount(institutionId: string, list: TeacherList, limit: number): Promise<number> {
    return this.#staffCounts.load(keyOf({ list, limit }), institutionId, (ids) => this.teacherLists.counts(list, limit, ids));
  }

  storedAssessment(id: string, knownAt: Instant): Promise<StoredAssessment | null> {
    return this.#stored.load(String(knownAt), id, (ids) => this.#storedAssessments.byId(ids, knownAt));
  }
  /** What a stored assessment was asked and answered, as it was written. */
  storedTexts(id: string): Promise<StoredTexts> {
    return this.#storedTexts.load('', id, (ids) => this.#storedAssessments.texts(ids));
  }
  /** A page of what was stored about a person; those of many are read together. */
  storedPage(personId: string, page: Page, knownAt: Instant): Promise<PageRows<StoredAssessment>> {
    return this.#storedPages.load(keyOf({ page, knownAt }), personId, (ids) => this.#storedAssessments.pagesOf(ids, page, knownAt));
  }
  storedCount(personId: string, limit: number, knownAt: Instant): Promise<number> {
    return this.#storedCounts.load(keyOf({ limit, knownAt }), personId, (ids) => this.#storedAssessments.countsOf(ids, limit, knownAt));
  }
  correction(id: string): Promise<CorrectionRow | null> {
    return this.#corrections.load('', id, (ids) => new Corrections(this.sql, this.#parts.access.reach('corrections')).byId(ids));
  }
  /** The place under which something was stored, with the code of today. */
  storedPlace({ jurisdictionCode, contentHash }: StoredAssessment): Promise<RebuiltPlace> {
    return this.#storedPlaces.load('', `${jurisdictionCode} ${contentHash}`, (keys) => {
      const named = keys.map((key) => key.split(' ')).map(([code = '', hash = '']) => ({ jurisdictionCode: code, contentHash: hash }));
      return rebuiltPlaces(this.#parts.registry, this.#storedAssessments, named);
    });
  }
  /** Computed once, however often it is asked for, in turns with other requests. */
  recomputation(stored: StoredAssessment): Promise<Recomputation> {
    let found = this.#recomputations.get(stored.id);
    if (!found) this.#recomputations.set(stored.id, (found = this.#recompute(stored)));
    return found;
  }
  async #recompute(stored: StoredAssessment): Promise<Recomputation> {
    const [place, texts] = await Promise.all([this.storedPlace(stored), this.storedTexts(stored.id)]);
    const [found] = await this.#parts.turns.ask([{ ...stored, ...texts }], (item) => recompute(this.#parts.registry, item, place, this.#parts.effort));
    if (!found) throw new Error('nothing was computed');
    return found;
  }
}
