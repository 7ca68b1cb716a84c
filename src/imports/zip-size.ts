import { createInflateRaw } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_LENGTH = 30;
const CENTRAL_LENGTH = 46;
const END_LENGTH = 22;
/** Sizes that follow an entry instead of standing before it. */
const LONGEST_DESCRIPTOR = 24;
const DEFLATED = 8;
const MOST_ENTRIES = 2_000;

/** What an archive comes to when it is unpacked, found by unpacking it piece by piece and keeping nothing. */
export type Unpacked = { readonly bytes: number } | { readonly problem: 'too large' | 'broken' };

/**
 * How large a zip archive is unpacked. Sizes that it states are not believed, and bytes that belong to no entry of its
 * directory are refused: another reader might unpack them.
 */
export async function unpackedSize(zip: Buffer, most: number): Promise<Unpacked> {
  try {
    let bytes = 0;
    for (const data of entriesOf(zip)) {
      bytes += data.isDeflated ? await inflatedSize(data.bytes, most - bytes) : data.bytes.length;
      if (bytes > most) return { problem: 'too large' };
    }
    return { bytes };
  } catch {
    return { problem: 'broken' };
  }
}

/** The entries of the directory, which have to lie one after the other from the first byte on. Throws where they do not. */
function entriesOf(zip: Buffer): { readonly bytes: Buffer; readonly isDeflated: boolean }[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END || end + END_LENGTH > zip.length) throw new RangeError('no end of directory');
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES) throw new RangeError('too many entries');
  const found: { start: number; end: number; bytes: Buffer; isDeflated: boolean }[] = [];
  for (let index = 0, at = directory; index < count; index++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new RangeError('no entry');
    const start = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(start) !== LOCAL) throw new RangeError('no local entry');
    const data = start + LOCAL_LENGTH + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const bytes = zip.subarray(data, data + zip.readUInt32LE(at + 20));
    found.push({ start, end: data + bytes.length, bytes, isDeflated: zip.readUInt16LE(at + 10) === DEFLATED });
    at += CENTRAL_LENGTH + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  found.sort((a, b) => a.start - b.start);
  let reached = 0;
  for (const entry of found) {
    if (entry.start < reached || entry.start > reached + LONGEST_DESCRIPTOR) throw new RangeError('bytes of no entry');
    reached = entry.end;
  }
  if (directory < reached || directory > reached + LONGEST_DESCRIPTOR) throw new RangeError('bytes of no entry');
  return found;
}

function inflatedSize(data: Buffer, most: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const inflate = createInflateRaw();
    inflate.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= most) return;
      inflate.destroy();
      resolve(bytes);
    });
    inflate.on('end', () => resolve(bytes));
    inflate.on('error', reject);
    inflate.end(data);
  });
}
