import { chainOf } from '../kernel/jurisdiction.ts';
import type { Importer } from './import-access.ts';
import type { ImportQuery } from './import-query.ts';

/**
 * Under which name the rows of a file are kept. Those of the operator, as it was given. Those of a place begin with its
 * code, so that nobody meets the keys of another place; all who import for it share them. Null: somebody imports for
 * several places and does not say for which.
 */
export function sourceOf({ source, jurisdiction }: Pick<ImportQuery, 'source' | 'jurisdiction'>, { codes }: Importer): string | null {
  if (codes === null) return source;
  const [only] = codes;
  const chain = jurisdiction === null ? [] : chainOf(jurisdiction);
  const place = codes.length === 1 ? only : codes.find((code) => chain.includes(code));
  return place === undefined ? null : `${place}/${source}`;
}
