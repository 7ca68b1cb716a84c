/** Exports that one process sends at once. */
const MOST_AT_ONCE = 4;

/** A few places, one for each person at most. */
export class Places {
  readonly #taken = new Set<string>();

  /** Takes a place; gives what gives it back, once. Null: there is none. */
  take(personId: string): (() => void) | null {
    if (this.#taken.size >= MOST_AT_ONCE || this.#taken.has(personId)) return null;
    this.#taken.add(personId);
    return () => void this.#taken.delete(personId);
  }
}
