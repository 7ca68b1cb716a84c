import DataLoader from 'dataloader';

/** Reads what belongs to some ids, in their order; an Error for one that failed. */
export type ReadAll<Value> = (ids: readonly string[]) => Promise<ArrayLike<Value | Error>>;

/** Values by id, read together: those that are asked for under the same circumstances at one time. */
export class Batches<Value> {
  readonly #loaders = new Map<string, DataLoader<string, Value>>();

  /** `circumstances` says all that `readAll` depends on besides the ids. */
  load(circumstances: string, id: string, readAll: ReadAll<Value>): Promise<Value> {
    return this.of(circumstances, readAll).load(id);
  }

  of(circumstances: string, readAll: ReadAll<Value>): DataLoader<string, Value> {
    let loader = this.#loaders.get(circumstances);
    if (!loader) this.#loaders.set(circumstances, (loader = new DataLoader(readAll)));
    return loader;
  }
}
