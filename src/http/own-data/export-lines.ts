import { Readable } from 'node:stream';
import type { View } from '../../graphql/view.ts';
import type { DataKeys } from '../../persistence/keys/data-keys.ts';
import { readOwnData } from '../../persistence/own-data/read-own-data.ts';
import type { OwnDataAsOf } from '../../persistence/own-data/read-own-data.ts';
import { OWN_SECTIONS } from '../../persistence/own-data/sections.ts';
import type { RequestStore } from '../../persistence/request-store.ts';
import { endLine, headerLine, rowLine } from './own-data-lines.ts';

interface Export {
  readonly store: RequestStore;
  readonly asOf: OwnDataAsOf;
  /** How many rows each section has. */
  readonly counts: ReadonlyMap<string, number>;
  readonly view: View;
  /** By which what lies sealed is opened. */
  readonly keys: DataKeys;
  /** The last line, where it cannot be read to its end. */
  onError(error: unknown): object;
}

const lineOf = (line: object): string => `${JSON.stringify(line)}\n`;

/** Whoever takes nothing more for so long is waited for no longer: others wait for the place. */
export function exportStream(asked: Export, idleMs: number): Readable {
  const lines = Readable.from(exportLines(asked, () => timer.refresh()), { objectMode: false, highWaterMark: 65_536 });
  const timer = setTimeout(() => lines.destroy(), idleMs).unref();
  return lines.once('close', () => clearTimeout(timer));
}

/**
 * The lines of an export, read page by page as they are taken. Each page is a transaction of its own, which asks anew who
 * this is: a client that is slow holds no connection, and one whose account is no longer linked gets nothing more.
 */
async function* exportLines({ store, asOf, counts, view, keys, onError }: Export, taken: () => void): AsyncGenerator<string> {
  yield lineOf(headerLine(asOf, counts, view));
  const given = new Map([...counts.keys()].map((name) => [name, 0]));
  try {
    for (const section of OWN_SECTIONS.filter(({ name }) => (counts.get(name) ?? 0) > 0)) {
      for (let after: string | null = null; ; ) {
        taken();
        const principal = await store.principal();
        if (principal?.personId !== asOf.personId) throw new Error('the account is linked to this person no more');
        const { rows, next } = await readOwnData(store, section, asOf, after);
        await store.finish();
        if (rows.length > 0) yield rows.map((row) => lineOf(rowLine(section.name, row, view, keys))).join('');
        given.set(section.name, (given.get(section.name) ?? 0) + rows.length);
        if (next === null) break;
        after = next;
      }
    }
  } catch (error) {
    yield lineOf(onError(error));
    return;
  } finally {
    await store.finish();
  }
  yield lineOf(endLine(given));
}
