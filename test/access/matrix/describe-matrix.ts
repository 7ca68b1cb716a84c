import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { EACH_WALL, IS_WHOLE, Matrix, queryType, randomFrom, say, SEED, WALLS } from './fixture.ts';
import { allCoordinates, isMasked, isNarrower } from './oracle.ts';
import { nameOf } from './paths.ts';
import type { Path } from './paths.ts';
import { bundlesOf, compare, compareNarrower, compareRefused } from './run.ts';
import type { Bundle } from './run.ts';
import type { Asker } from './world.ts';

/** How much of the matrix a run of all tests takes, of the bundles and of the refused ways. */
const PART = { bundles: 0.08, refused: 0.01 };
const SHOWN = 8;

/** Everything that some askers can ask, by every way, with each wall off: whole, or a part that the seed chooses. */
export function describeMatrix(of: string, askers: readonly Asker[]): void {
  let matrix: Matrix;
  let paths: readonly Path[];
  /** Names and what is for fewer than see the object: always all of it. */
  let sensitive: { readonly bundles: readonly Bundle[]; readonly paths: readonly Path[] };
  let bundles: readonly Bundle[];
  const random = randomFrom(SEED);
  const some = <Item>(items: readonly Item[], share: number): readonly Item[] => (IS_WHOLE ? items : items.filter(() => random() < share));

  beforeAll(async () => {
    matrix = await Matrix.open();
    const all = matrix.paths();
    const { reference } = matrix;
    bundles = await reference.fit(some(bundlesOf(all, queryType()), PART.bundles));
    const narrowed = (is: (coordinate: string) => boolean): Path[] => all.map((path) => ({ ...path, fields: path.fields.filter(({ coordinate }) => is(coordinate)) })).filter(({ fields }) => fields.length > 0);
    sensitive = { bundles: await reference.fit(bundlesOf(narrowed(isMasked), queryType())), paths: narrowed(isNarrower) };
    const closed = new Set(reference.tooLarge);
    paths = all.map((path) => ({ ...path, fields: path.fields.filter(({ name }) => !closed.has(`${nameOf(path)}.${name}`)) })).filter(({ fields }) => fields.length > 0);
    if (!IS_WHOLE) say(`${of}: seed ${SEED} (ACCESS_SEED repeats it)`);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    say(`${of}: ${askers.length} askers x ${paths.length} ways to ${allCoordinates().length} fields x ${EACH_WALL.length} states of the walls: ${matrix.compared} fields compared`);
    await matrix.close();
  });

  describe.each(askers)('$name', (asker) => {
    const eachOf = async <Item>(items: readonly Item[], judge: (item: Item) => Promise<string[]>): Promise<string[]> => {
      matrix.as(asker);
      const wrong: string[] = [];
      for (const item of items) wrong.push(...(await judge(item)));
      return wrong.slice(0, SHOWN);
    };
    const behind = (walls: keyof typeof WALLS, work: () => Promise<string[]>): Promise<string[]> => (walls === 'without the wall of the database' ? matrix.withOpenDatabase(work) : work());

    test.each(EACH_WALL)('is answered as the table says %s', async (walls) => {
      WALLS[walls]();
      expect(await behind(walls, () => eachOf(IS_WHOLE ? bundles : [...sensitive.bundles, ...bundles], (bundle) => compare(bundle, asker, matrix.run(walls))))).toEqual([]);
    });

    test('is refused what the table does not give', async () => {
      expect(await eachOf(some(paths, PART.refused), (path) => compareRefused(path, asker, matrix.run('with both walls')))).toEqual([]);
    });

    test.each(['with both walls', 'without the wall of the database'] as const)('is shown of what is for fewer what the table says %s', async (walls) => {
      expect(await behind(walls, () => eachOf(sensitive.paths, (path) => compareNarrower(path, asker, matrix.run(walls))))).toEqual([]);
    });
  });
}
