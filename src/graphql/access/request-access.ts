import { NAMES } from '../../access/policy/fields.ts';
import { audienceNamed } from '../../access/policy/table.ts';
import { admits } from '../../access/policy/admits.ts';
import type { AudienceName } from '../../access/policy/audiences.ts';
import { ANONYMOUS } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { isInside, reachBy, reachOf } from '../../access/reach.ts';
import type { Place, Reach } from '../../access/reach.ts';
import { DELEGATED } from '../../access/row-classes.ts';
import type { RowClass } from '../../access/row-classes.ts';

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => [...some].every((one) => all.has(one));

/** Who asks in one request, and what follows for the rows and fields of it. Nobody until it is known. */
export class RequestAccess {
  #principal: Principal = ANONYMOUS;
  readonly #reaches = new Map<RowClass, Reach>();
  /** Of whom something is given out, and what. */
  readonly persons = new Set<string>();
  readonly kinds = new Set<string>();
  readonly #recorded = { persons: new Set<string>(), kinds: new Set<string>() };
  #hasChanged = false;
  #named: Reach | null | undefined;

  get principal(): Principal {
    return this.#principal;
  }

  /** That something about a person is given out: it is put on record before the answer is. */
  givesOut(personId: string, kind: string): void {
    this.persons.add(personId);
    this.kinds.add(kind);
  }

  /** That a change was made, and stands on record with whom it was about. */
  wereRecorded(persons: readonly string[], kinds: readonly string[]): void {
    this.#hasChanged = true;
    for (const person of persons) this.#recorded.persons.add(person);
    for (const kind of kinds) this.#recorded.kinds.add(kind);
  }

  /** Whether something was changed by this request. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  /** Whether nothing is given out, or nothing that is not on record already. */
  isRecorded(): boolean {
    const { persons, kinds } = this.#recorded;
    return this.persons.size === 0 || (isWithin(this.persons, persons) && isWithin(this.kinds, kinds));
  }

  /** Said once, before anything is read. */
  isAskedBy(principal: Principal): void {
    this.#principal = principal;
    this.#reaches.clear();
    this.#named = undefined;
  }

  reach(rowClass: RowClass): Reach {
    let reach = this.#reaches.get(rowClass);
    if (!reach) this.#reaches.set(rowClass, (reach = reachOf(this.#principal, rowClass)));
    return reach;
  }

  /** The people whose names are shown in full; null: all who are seen at all. */
  get named(): Reach | null {
    if (this.#named === undefined) {
      const readers = audienceNamed(NAMES['Teacher.name'] ?? 'EVERYONE');
      const named = typeof readers === 'string' ? null : reachBy(this.#principal, readers, DELEGATED.people);
      this.#named = named === null || isInside(this.reach('people'), named) ? null : named;
    }
    return this.#named;
  }

  admits(audience: AudienceName, place: Place): boolean {
    return admits(audienceNamed(audience), this.#principal, place);
  }
}
