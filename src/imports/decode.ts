import { isAscii, isUtf8 } from 'node:buffer';
import { message } from '../kernel/text.ts';
import { UnreadableFile } from './table.ts';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Whole lines of a text file, decoded. */
export interface TextBlock {
  readonly text: string;
  /** The line of the file on which the block begins, from 1. */
  readonly line: number;
  /** Bytes of the file up to the end of the block. */
  readonly bytes: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** So much is looked at for a mark and for the kind of line ends. */
const BEGINNING = 4_096;
/** No line of a table is longer; it also bounds what a file without line ends can take of memory. */
const LONGEST_LINE = 1 << 20;

/**
 * Decodes a text file block by block, each of whole lines, so that a wrong byte is found with its line. The encoding is
 * that of the byte order mark; else the one given; else UTF-8 if the first lines beyond ASCII are, and GB18030 if not.
 * Throws UnreadableFile where the file turns out to be in another encoding: never wrong characters.
 */
export async function* decodeLines(file: AsyncIterable<Buffer>, given: Encoding | null): AsyncGenerator<TextBlock> {
  let encoding: Encoding | null = null;
  let isStart = true;
  let newline = NEWLINE;
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let bytes = 0;
  const decode = (block: Buffer): TextBlock => {
    // ASCII is the same in UTF-8 and GB18030: the choice waits for the first byte that tells.
    const isPlain = (encoding === null || encoding === 'utf-8' || encoding === 'gb18030') && isAscii(block);
    if (!isPlain && encoding === null) encoding = guessOf(block);
    const read = isPlain ? block.toString('latin1') : decodeBlock(block, encoding ?? 'utf-8', line, given !== null);
    const text = newline === RETURN ? read.replaceAll('\r', '\n') : read;
    const made = { text, line, bytes };
    line += countLines(text);
    return made;
  };
  const begin = (): void => {
    isStart = false;
    const mark = markOf(rest);
    encoding = mark?.encoding ?? given;
    rest = rest.subarray(mark?.length ?? 0);
    if (!rest.includes(NEWLINE) && rest.includes(RETURN)) newline = RETURN;
  };
  for await (const chunk of file) {
    bytes += chunk.length;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isStart) {
      if (rest.length < BEGINNING) continue;
      begin();
    }
    const end = endOfLines(rest, newline, encoding);
    if (end > 0) yield decode(rest.subarray(0, end));
    rest = rest.subarray(end);
    if (rest.length > LONGEST_LINE) throw new UnreadableFile('ROW_TOO_LONG', line, message('import.row-too-long', { limit: LONGEST_LINE }));
  }
  if (isStart) begin();
  if (rest.length > 0) yield decode(rest);
}

function markOf(start: Buffer): { encoding: Encoding; length: number } | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  if (start[0] === 0x84 && start[1] === 0x31 && start[2] === 0x95 && start[3] === 0x33) return { encoding: 'gb18030', length: 4 };
  return null;
}

/** Where the last whole line ends. No byte of a longer GB18030 or UTF-8 character looks like a line end; in UTF-16 two bytes do. */
function endOfLines(bytes: Buffer, newline: number, encoding: Encoding | null): number {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return bytes.lastIndexOf(newline) + 1;
  const pair = Buffer.from(encoding === 'utf-16le' ? [newline, 0] : [0, newline]);
  let at = bytes.lastIndexOf(pair);
  while (at > 0 && at % 2 === 1) at = bytes.lastIndexOf(pair, at - 1);
  return at < 0 || at % 2 === 1 ? 0 : at + 2;
}

/** UTF-8 unless most lines beyond ASCII are none: then a line that is not is a fault of the file, told with its number. */
function guessOf(block: Buffer): Encoding {
  if (isUtf8(block)) return 'utf-8';
  let lines = 0;
  let sound = 0;
  for (let start = 0; start < block.length; ) {
    const end = nextLine(block, start, 'utf-8');
    const line = block.subarray(start, end);
    start = end;
    if (isAscii(line)) continue;
    lines++;
    if (isUtf8(line)) sound++;
  }
  return sound * 2 >= lines ? 'utf-8' : 'gb18030';
}

const decoders = new Map<Encoding, TextDecoder>();
function decoderOf(encoding: Encoding): TextDecoder {
  let decoder = decoders.get(encoding);
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })));
  return decoder;
}

function decodeBlock(block: Buffer, encoding: Encoding, line: number, wasGiven: boolean): string {
  if (encoding === 'utf-8' && isUtf8(block)) return block.toString('utf8');
  try {
    return decoderOf(encoding).decode(block);
  } catch {
    throw new UnreadableFile('WRONG_ENCODING', line + wrongLine(block, encoding), message(wasGiven ? 'import.wrong-encoding-given' : 'import.wrong-encoding', { encoding, other: encoding === 'utf-8' ? 'gb18030' : 'utf-8' }));
  }
}

/** Lines of the block before the first one that cannot be decoded. */
function wrongLine(block: Buffer, encoding: Encoding): number {
  let lines = 0;
  for (let start = 0; start < block.length; lines++) {
    const found = endOfLines(block.subarray(start, nextLine(block, start, encoding)), NEWLINE, encoding);
    const end = found > 0 ? start + found : block.length;
    try {
      decoderOf(encoding).decode(block.subarray(start, end));
    } catch {
      return lines;
    }
    start = end;
  }
  return lines;
}

function nextLine(block: Buffer, start: number, encoding: Encoding): number {
  const width = encoding.startsWith('utf-16') ? 2 : 1;
  let at = block.indexOf(NEWLINE, start);
  while (at >= 0 && width === 2 && block[encoding === 'utf-16le' ? at + 1 : at - 1] !== 0) at = block.indexOf(NEWLINE, at + 1);
  return at < 0 ? block.length : at + (encoding === 'utf-16le' ? 2 : 1);
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
