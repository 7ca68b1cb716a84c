import { describe, expect, test } from 'vitest';
import { readGenerateOptions } from '../../src/cli/generate-options.ts';
import { loadSpecs } from '../../src/population/generate.ts';
import { loadRegistry } from '../support/plugins.ts';

const specs = await loadSpecs(await loadRegistry());
const read = (...given: string[]) => readGenerateOptions(given, specs);

describe('npm run generate', () => {
  test('takes what it is given, and defaults for the rest', () => {
    expect(read('--teachers', '2000')).toEqual({ options: { teachers: 2_000, seed: 1, out: 'population', shares: new Map() } });
    expect(read('--teachers=5', '--seed=42', '--out', 'x', '--share', '310000=0.4', '--share=330000=.25')).toEqual({ options: { teachers: 5, seed: 42, out: 'x', shares: new Map([['310000', 400_000], ['330000', 250_000]]) } });
  });

  test.each([
    [[], '--teachers is missing'],
    [['--teachers', '0'], '--teachers 0'],
    [['--teachers', '2.5'], '--teachers 2.5'],
    [['--teachers', '5000001'], '5000001'],
    [['--teachers', '1', '--seed', '-1'], '--seed -1'],
    [['--teachers', '1', '--seeds', '1'], 'did you mean --seed'],
    [['--teachers', '1', '--share', '310000'], '--share 310000: a place and a share'],
    [['--teachers', '1', '--share', '310000=1.5'], 'a place and a share'],
    [['--teachers', '1', '--share', '310001=0.5'], 'did you mean 310000'],
    [['--teachers', '1', '--share', '310000=0.7', '--share', '330000=0.5'], 'all shares together are 1.2'],
    [['--teachers', '1', '--share', '310000=0.1', '--share', '330000=0.1', '--share', '360000=0.1', '--share', '150603=0.1'], 'all shares together are 0.4'],
    [['--out'], '--out needs a value'],
  ])('says what is wrong with %j', (given, expected) => {
    const answer = read(...given);
    expect('problems' in answer && answer.problems).toContain(expected);
  });
});
