import type { FileName } from './columns.ts';
import type { Population } from './generate.ts';

const PIECE = 64 * 1024;

/** A file of a population as bytes, made while it is read and never whole in memory. */
export async function* bytesOf(population: Population, name: FileName): AsyncGenerator<Buffer> {
  let text = '';
  for (const row of population.file(name)) {
    text += row;
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
