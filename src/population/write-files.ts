import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { FILES } from './columns.ts';
import type { FileName } from './columns.ts';
import type { Population } from './generate.ts';

export interface Written {
  readonly teachers: number;
  readonly rows: Readonly<Record<FileName, number>>;
}

/** Text is gathered into pieces of this many characters before it goes to the disk. */
const PIECE = 256 * 1024;

/** One of the files, under another name until it is whole. */
class OutputFile {
  readonly #path: string;
  readonly #stream: WriteStream;
  #text = '';

  constructor(path: string) {
    this.#path = path;
    this.#stream = createWriteStream(`${path}.part`);
    // Told by the write that fails, or at the end.
    this.#stream.on('error', () => undefined);
  }

  add(text: string): void {
    this.#text += text;
  }

  get isFull(): boolean {
    return this.#text.length >= PIECE;
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (this.#stream.errored) throw this.#stream.errored;
    if (text !== '' && !this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async end(): Promise<void> {
    await this.flush();
    this.#stream.end();
    await finished(this.#stream);
    await rename(`${this.#path}.part`, this.#path);
  }

  /** Takes back what cannot be finished. */
  abandon(): void {
    this.#stream.destroy();
  }
}

/**
 * Writes the four files of a population into a folder, which is made. Each person is drawn once and kept by nobody, so that
 * memory does not grow. Files have their names only when all of them are whole.
 */
export async function writeFiles(population: Population, folder: string, onProgress: (written: Written) => void): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const files = Object.fromEntries(FILES.map((name) => [name, new OutputFile(join(folder, `${name}.csv`))])) as Record<FileName, OutputFile>;
  const rows: Record<FileName, number> = { institutions: 0, teachers: 0, courses: 0, credits: 0 };
  let teachers = 0;
  try {
    for (const name of ['institutions', 'courses'] as const) {
      for (const [index, text] of [...population.file(name)].entries()) {
        files[name].add(text);
        rows[name] = index;
      }
    }
    files.teachers.add(population.rows.header.teachers);
    files.credits.add(population.rows.header.credits);
    for (const person of population.people()) {
      files.teachers.add(population.rows.teacher(person));
      files.credits.add(population.rows.credits(person));
      rows.teachers += person.employments.length;
      rows.credits += person.entries.length;
      teachers++;
      if (files.credits.isFull) {
        await Promise.all([files.credits.flush(), files.teachers.isFull ? files.teachers.flush() : undefined]);
        onProgress({ teachers, rows });
      }
    }
    for (const name of FILES) await files[name].end();
    return { teachers, rows };
  } catch (error) {
    for (const name of FILES) files[name].abandon();
    throw error;
  }
}
