import { isAscii } from 'node:buffer';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

type Exports = Readonly<Record<string, unknown>>;
type Run = (exports: object, require: (id: string) => unknown, module: object, filename: string, importing: (id: string) => Promise<unknown>) => void;

/** What V8 has compiled of a part, behind the sums of the text that it was compiled from and of itself. */
const SUMS_BYTES = 8;
/** Kept anew when there is this much more of it than was read. */
const GROWN = 1.02;

interface Part {
  readonly module: { readonly exports: Exports };
  readonly script: Script;
  readonly sum: number;
  /** How much had been compiled in former starts. */
  readonly known: number;
}

/**
 * Reads the parts of a bundle and runs them. Node would do so too, but what it keeps of a module between starts lacks each
 * function that is compiled when it is first called: those are nearly all, and to compile them again takes a sixth of a start.
 */
export class BundleParts {
  readonly #folder: string;
  readonly #kept: string | null;
  readonly #parts = new Map<string, Part>();
  readonly #require = createRequire(import.meta.url);

  /** `kept`: where what was compiled is read and written, which nobody else can write to; null: nowhere. */
  constructor(folder: string, kept: string | null) {
    this.#folder = folder;
    this.#kept = kept;
  }

  /** What a part exports; it is run when it is first asked for. */
  load(name: string): Exports {
    const loaded = this.#parts.get(name);
    if (loaded) return loaded.module.exports;
    const file = join(this.#folder, name);
    const text = readFileSync(file);
    const sum = crc32(text);
    const compiled = this.#compiled(name, sum);
    const script = new Script(`(function (exports, require, module, __filename, importing) {${text.toString(isAscii(text) ? 'latin1' : 'utf8')}\n})`, { filename: file, ...(compiled && { cachedData: compiled }) });
    const module = { exports: {} };
    // Known before it is run: parts need each other in circles.
    this.#parts.set(name, { module, script, sum, known: script.cachedDataRejected === false ? (compiled?.length ?? 0) : 0 });
    (script.runInThisContext() as Run)(module.exports, (id) => (id.startsWith('./') ? this.load(id.slice(2)) : this.#require(id)), module, file, (id) => import(id));
    return module.exports;
  }

  /** Keeps what has been compiled meanwhile, of one part at each step. Where nothing can be written the next start compiles it again. */
  *keep(): Generator<void, void> {
    const kept = this.#kept;
    if (kept === null) return;
    for (const [name, { script, sum, known }] of this.#parts) {
      const compiled = script.createCachedData();
      if (compiled.length > known * GROWN) write(kept, name, sum, compiled);
      yield;
    }
  }

  #compiled(name: string, sum: number): Buffer | null {
    if (this.#kept === null) return null;
    try {
      const file = readFileSync(join(this.#kept, name));
      const compiled = file.subarray(SUMS_BYTES);
      return file.readUInt32LE(0) === sum && file.readUInt32LE(4) === crc32(compiled) ? compiled : null;
    } catch {
      return null;
    }
  }
}

function write(kept: string, name: string, sum: number, compiled: Buffer): void {
  const sums = Buffer.alloc(SUMS_BYTES);
  sums.writeUInt32LE(sum, 0);
  sums.writeUInt32LE(crc32(compiled), 4);
  const file = join(kept, name);
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    // Whole or not at all, also for those who start meanwhile.
    writeFileSync(written, Buffer.concat([sums, compiled]), { mode: 0o600 });
    renameSync(written, file);
  } catch {
    // A full disk, or a folder that belongs to somebody else.
    removeIfThere(written);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file);
  } catch {
    // It was never made.
  }
}

let current: BundleParts | null = null;

/** From now on modules that stand for parts of the bundle are answered from here. */
export const useParts = (parts: BundleParts): void => void (current = parts);

/** Called by the text of such modules, which is made by {@link moduleOf}. */
export function exportsOf(name: string): Exports {
  if (!current) throw new Error('there is no bundle');
  return current.load(name);
}

/** A module with what a part exports. */
export function moduleOf(name: string): string {
  const names = Object.keys(exportsOf(name));
  return `import { exportsOf } from ${JSON.stringify(import.meta.url)};
const part = exportsOf(${JSON.stringify(name)});
${names.map((exported, index) => `const value${index} = part[${JSON.stringify(exported)}];`).join('\n')}
export { ${names.map((exported, index) => `value${index} as ${JSON.stringify(exported)}`).join(', ')} };`;
}
