import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FILES } from '../../src/population/columns.ts';
import { loadSpecs, Population } from '../../src/population/generate.ts';
import { bytesOf } from '../../src/population/source-file.ts';
import { writeFiles } from '../../src/population/write-files.ts';
import { loadRegistry } from '../support/plugins.ts';
import { populationOf } from '../support/population.ts';

const registry = await loadRegistry();
const folder = mkdtempSync(join(tmpdir(), 'population-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hashOf = (population: Population): string => {
  const hash = createHash('sha256');
  for (const name of FILES) for (const text of population.file(name)) hash.update(text);
  return hash.digest('hex').slice(0, 16);
};

describe('the files of a population', () => {
  test('are the same for a seed, byte by byte, on every machine', async () => {
    const once = hashOf(await populationOf(registry, 300, 7));
    expect(hashOf(await populationOf(registry, 300, 7))).toBe(once);
    // Changes when descriptions of people change: then the new one is as good.
    expect(once).toBe('677f9bb14ba06d15');
  });

  test('differ with the seed', async () => {
    expect(hashOf(await populationOf(registry, 50, 1))).not.toBe(hashOf(await populationOf(registry, 50, 2)));
  });

  test('are the same on the disk and in memory', async () => {
    const population = await populationOf(registry, 120, 3);
    const written = await writeFiles(population, join(folder, 'a'), () => undefined);
    for (const name of FILES) {
      const bytes: Buffer[] = [];
      for await (const piece of bytesOf(population, name)) bytes.push(piece);
      const stored = readFileSync(join(folder, 'a', `${name}.csv`));
      expect(stored.equals(Buffer.concat(bytes))).toBe(true);
      expect(stored.toString().trimEnd().split('\n')).toHaveLength(1 + written.rows[name]);
    }
  });

  test('have every row in as many cells as the header', async () => {
    const population = await populationOf(registry, 200);
    for (const name of ['institutions', 'courses', 'credits'] as const) {
      const [header = '', ...rows] = [...population.file(name)].join('').trimEnd().split('\n');
      const cells = header.split(',').length;
      expect(rows.filter((row) => row.split(',').length !== cells)).toEqual([]);
    }
  });

  test('cannot be written where a file is in the way', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(writeFiles(await populationOf(registry, 5), file, () => undefined)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});

describe('shares', () => {
  test('are those that were asked for; the others divide the rest', async () => {
    const population = new Population(registry, await loadSpecs(registry), { teachers: 1_000, seed: 1, shares: new Map([['360000', 500_000]]) });
    const counts = new Map<string, number>();
    for (const { threshold, employments } of population.people()) {
      const place = threshold?.place ?? `${employments.find(({ isMain }) => isMain)?.institution.jurisdiction.slice(0, 2)}`;
      counts.set(place.slice(0, 2), (counts.get(place.slice(0, 2)) ?? 0) + 1);
    }
    expect(counts.get('36')).toBeGreaterThan(480);
    expect(counts.get('36')).toBeLessThan(520);
    expect((counts.get('31') ?? 0) / (counts.get('33') ?? 1)).toBeGreaterThan(1.1);
  });
});
