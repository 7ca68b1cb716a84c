import type { Registry } from '../plugin-host/registry.ts';
import { KINDS } from './columns/column.ts';
import type { Kind } from './columns/column.ts';
import { columnsOf } from './columns/of-places.ts';
import type { Encoding } from './decode.ts';
import { matchHeader } from './header.ts';
import type { SourceFile } from './import-files.ts';
import { readTable } from './read-table.ts';

/** The kind whose columns a header has: of those that lack none, the one that knows most; null where none does. */
export function kindOfHeader(cells: readonly string[], registry: Registry, jurisdiction: string | null): Kind | null {
  const isGiven = (column: string): boolean => column === 'jurisdiction' && jurisdiction !== null;
  const matches = KINDS.map((kind) => ({ kind, ...matchHeader(cells, columnsOf(kind, registry, null), isGiven) }));
  const whole = matches.filter(({ isWhole }) => isWhole);
  const candidates = whole.length > 0 ? whole : matches.filter(({ known }) => known >= 3);
  return candidates.reduce<{ kind: Kind; known: number } | null>((most, next) => (most === null || next.known > most.known ? next : most), null)?.kind ?? null;
}

/** What a file is, by its header alone; null where that does not say, or it cannot be read: that is told when it is imported. */
export async function kindOfFile(file: SourceFile, registry: Registry, jurisdiction: string | null, encoding: Encoding | null): Promise<Kind | null> {
  try {
    for await (const { rows } of readTable(file.open(), encoding)) return kindOfHeader(rows[0] ?? [], registry, jurisdiction);
  } catch {
    return null;
  }
  return null;
}
