import { message } from '../kernel/text.ts';
import { decodeLines } from './decode.ts';
import type { Encoding } from './decode.ts';
import { UnreadableFile } from './table.ts';
import type { RowBatch, Table } from './table.ts';

/** Longer than any row of a table; a quote that is never closed would else take in the whole file. */
const LONGEST_ROW = 1 << 20;

/**
 * Reads a text table (RFC 4180, and what programs write beside it): fields in double quotes may hold line ends, quotes
 * are doubled, line ends may be of any kind and mixed. The separator is the comma, semicolon or tab that the header uses.
 * Lines are counted as an editor counts them. Throws UnreadableFile from the line on which the file cannot be read.
 *
 * Written by hand: the parsers tried count a line end inside quotes twice where it has two characters, and are slower by
 * an order of magnitude.
 */
export async function* readCsv(file: AsyncIterable<Buffer>, encoding: Encoding | null): Table {
  let separator: string | null = null;
  /** The beginning of a row whose quotes are still open, and its line. */
  let open = '';
  let openLine = 1;
  let bytes = 0;
  for await (const block of decodeLines(file, encoding)) {
    const text = open === '' ? block.text : open + block.text;
    bytes = block.bytes;
    separator ??= separatorOf(text);
    const parser = new Parser(text, open === '' ? block.line : openLine, separator);
    const batch = parser.read(bytes);
    open = text.slice(parser.at);
    openLine = parser.line;
    if (open.length > LONGEST_ROW) throw brokenQuotes(openLine);
    if (batch.rows.length > 0) yield batch;
  }
  if (open === '') return;
  // The last line has no end, or the quotes of the last row have none.
  const parser = new Parser(`${open}\n`, openLine, separator ?? ',');
  const batch = parser.read(bytes);
  if (parser.at < open.length) throw brokenQuotes(parser.line);
  if (batch.rows.length > 0) yield batch;
}

const brokenQuotes = (line: number): UnreadableFile => new UnreadableFile('BROKEN_QUOTES', line, message('import.quotes-open'));

/** Of the separators outside quotes in the first line, the one that occurs most. */
function separatorOf(text: string): string {
  const named = /^sep=([,;\t])\r?\n/i.exec(text);
  if (named) return named[1] ?? ',';
  const end = text.indexOf('\n');
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: header.split(separator).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}

/** Takes whole rows off a text that ends with a line end; what is left begins at `at`. */
class Parser {
  at = 0;
  line: number;
  readonly #text: string;
  readonly #separator: string;

  constructor(text: string, line: number, separator: string) {
    this.#text = text;
    this.#separator = separator;
    this.line = line;
    if (line === 1 && /^sep=[,;\t]\r?\n/i.test(text)) {
      this.at = text.indexOf('\n') + 1;
      this.line = 2;
    }
  }

  read(bytes: number): RowBatch {
    const rows: string[][] = [];
    const lines: number[] = [];
    const text = this.#text;
    for (let end = text.indexOf('\n', this.at); end >= 0; end = text.indexOf('\n', this.at)) {
      const line = this.line;
      const written = text.slice(this.at, text.charCodeAt(end - 1) === 13 && end > this.at ? end - 1 : end);
      let row: string[];
      if (!written.includes('"')) {
        row = written.split(this.#separator);
        this.at = end + 1;
        this.line++;
      } else {
        const quoted = this.#readQuoted();
        if (quoted === null) break;
        row = quoted;
      }
      if (row.every((cell) => cell === '' || cell.trim() === '')) continue;
      rows.push(row);
      lines.push(line);
    }
    return { rows, lines, bytes };
  }

  /** A row with quotes; null, and nothing taken, where it does not end here. */
  #readQuoted(): string[] | null {
    const text = this.#text;
    const row: string[] = [];
    let at = this.at;
    let line = this.line;
    for (;;) {
      let cell: string;
      if (text[at] === '"') {
        const end = this.#closingQuote(at + 1);
        if (end < 0) return null;
        cell = text.slice(at + 1, end);
        if (cell.includes('""')) cell = cell.replaceAll('""', '"');
        for (let next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1)) line++;
        at = end + 1;
        while (text[at] === ' ') at++;
      } else {
        const start = at;
        while (at < text.length && text[at] !== this.#separator && text[at] !== '\n') at++;
        cell = text.slice(start, text[at] === '\n' && text[at - 1] === '\r' && at > start ? at - 1 : at);
      }
      row.push(cell);
      if (text[at] === this.#separator) {
        at++;
        continue;
      }
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      if (text[at] !== '\n') throw new UnreadableFile('BROKEN_QUOTES', line, message('import.quotes-inside', { found: text.slice(at, at + 10) }));
      this.at = at + 1;
      this.line = line + 1;
      return row;
    }
  }

  #closingQuote(from: number): number {
    for (let at = this.#text.indexOf('"', from); at >= 0; at = this.#text.indexOf('"', at + 2)) {
      if (this.#text[at + 1] !== '"') return at;
    }
    return -1;
  }
}
