import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../kernel/canonical.ts';
import type { RecordTable } from './chain-row.ts';

/** How far a chain had come: the last row that is sure to stay, and its link. */
export interface ChainHead {
  readonly table: RecordTable;
  readonly chain: string;
  readonly seq: bigint;
  readonly link: Buffer;
}

/** The folder, below the data folder, in which the heads lie: one file for each process that wrote any. */
export const HEADS_FOLDER = 'chain-heads';

/** What precedes the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

interface Signer {
  readonly id: string;
  readonly secret: KeyObject;
  readonly open: KeyObject;
}

/** Signs heads and tells its own signatures from others. */
export class HeadSigner {
  readonly #current: Signer;
  readonly #known: ReadonlyMap<string, Signer>;

  /** `seeds`: 32 bytes each, the current one first. */
  constructor(seeds: readonly Buffer[]) {
    const [current, ...former] = seeds.map(signerOf);
    if (!current) throw new RangeError('heads need a key');
    this.#current = current;
    this.#known = new Map([current, ...former].map((signer) => [signer.id, signer]));
  }

  /** For those who check heads elsewhere. */
  get publicKey(): string {
    return this.#current.open.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** A line of a file of heads. */
  line(head: ChainHead, at: number): string {
    const said = wordsOf(head, new Date(at).toISOString());
    const signature = sign(null, Buffer.from(canonicalJson(said)), this.#current.secret).toString('base64url');
    return JSON.stringify({ ...said, key: this.#current.id, signature });
  }

  /** The head that a line tells; what it says without a good signature is foreign. Null: no head at all, such as a line that was cut off. */
  read(line: string): { readonly head: ChainHead; readonly at: string; readonly isOurs: boolean } | null {
    const words = parsed(line);
    if (words === null) return null;
    const { key, signature, at } = words;
    const head: ChainHead = { table: words.table, chain: words.chain, seq: BigInt(words.seq), link: Buffer.from(words.link, 'hex') };
    const signer = this.#known.get(key);
    const isOurs = signer !== undefined && verify(null, Buffer.from(canonicalJson(wordsOf(head, at))), signer.open, Buffer.from(signature, 'base64url'));
    return { head, at, isOurs };
  }
}

function signerOf(seed: Buffer): Signer {
  if (seed.length !== 32) throw new RangeError('the key of heads has 32 bytes');
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const open = createPublicKey(secret);
  return { id: createHash('sha256').update(open.export({ format: 'der', type: 'spki' })).digest('hex').slice(0, 16), secret, open };
}

const wordsOf = ({ table, chain, seq, link }: ChainHead, at: string) => ({ table, chain, seq: seq.toString(), link: link.toString('hex'), at });

type Words = Readonly<Record<'chain' | 'seq' | 'link' | 'at' | 'key' | 'signature', string>> & { readonly table: RecordTable };

function parsed(line: string): Words | null {
  try {
    const words = JSON.parse(line) as Partial<Words> | null;
    const isWhole = words !== null && (words.table === 'audit_trail' || words.table === 'access_record') && [words.chain, words.seq, words.link, words.at, words.key, words.signature].every((word) => typeof word === 'string') && /^\d{1,18}$/.test(words.seq ?? '');
    return isWhole ? (words as Words) : null;
  } catch {
    return null;
  }
}

/** A line that says something of heads, and where it stands. */
export interface HeadLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** All lines of all files of heads; none where there is no such folder. */
export function headLines(dataFolder: string): HeadLine[] {
  const folder = join(dataFolder, HEADS_FOLDER);
  return namesIn(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').map((text, index) => ({ file, line: index + 1, text })).filter(({ text }) => text.trim() !== ''));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
