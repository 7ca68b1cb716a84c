import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { openBytes, sealBytes } from './aes-gcm.ts';

/** How sealed bytes begin: what was sealed before keys had names, or by a key that is named next. */
const UNNAMED = 1;
const NAMED = 2;
const NAME_BYTES = 6;
/** How a sealed text begins. What does not has not been sealed yet. */
const SEALED_TEXT = 'sealed:';

/** One key of the data, with all that is derived from it. */
export class DataKey {
  /** Tells nothing of the key; stands before everything that it sealed. */
  readonly name: Buffer;
  /** What the store keeps to say which key is the one that is used for writing. */
  readonly check: string;
  readonly #sealing: Buffer;
  readonly #unnamed: Buffer;
  readonly #index: Buffer;

  /** `secret`: at least 32 bytes. */
  constructor(secret: Buffer) {
    if (secret.length < 32) throw new RangeError('a key of the data has at least 32 bytes');
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'shixun', use, 32));
    this.#sealing = derive('data sealing');
    this.#unnamed = derive('identity encryption');
    this.#index = derive('identity index');
    this.name = createHash('sha256').update(derive('data key name')).digest().subarray(0, NAME_BYTES);
    this.check = this.index('check of the key').toString('base64url');
  }

  /** A value as it is stored: never the same twice. `place` names the column. */
  seal(value: string, place: string): Buffer {
    return Buffer.concat([Buffer.of(NAMED), this.name, sealBytes(this.#sealing, Buffer.from(value, 'utf8'), place)]);
  }

  /** A long text for a column of text: made smaller, because what is sealed cannot be made smaller by the store. */
  sealText(text: string, place: string): string {
    const packed = deflateRawSync(Buffer.from(text, 'utf8'), { level: 3 });
    return SEALED_TEXT + Buffer.concat([Buffer.of(NAMED), this.name, sealBytes(this.#sealing, packed, place)]).toString('base64');
  }

  /** The same value gives the same index (HMAC-SHA256): what has the store alone can neither read nor try it out. */
  index(value: string): Buffer {
    return createHmac('sha256', this.#index).update(value, 'utf8').digest();
  }

  open(sealed: Buffer, place: string): Buffer {
    return openBytes(this.#sealing, sealed, place);
  }

  openUnnamed(sealed: Buffer): Buffer {
    return openBytes(this.#unnamed, sealed, '');
  }
}

/**
 * The keys of what is stored sealed. Which of them is used for writing says the store, so that all processes change to
 * another one at the same moment; the others open what they sealed. Derived from secrets that the database never sees.
 */
export class DataKeys {
  #keys: readonly DataKey[];
  #current: DataKey;
  readonly #reread: () => readonly Buffer[];

  /** `secrets`: at least one. `reread`: asked for them again when a key is met that is not among them. */
  constructor(secrets: readonly Buffer[], reread: () => readonly Buffer[] = () => []) {
    this.#keys = secrets.map((secret) => new DataKey(secret));
    const [first] = this.#keys;
    if (!first) throw new RangeError('the data need a key');
    this.#current = first;
    this.#reread = reread;
  }

  get all(): readonly DataKey[] {
    return this.#keys;
  }

  /** The one that is used for writing, as far as this process knows: whoever writes asks the store. */
  get current(): DataKey {
    return this.#current;
  }

  /** The key that the store means by its check; null: it is not known here. */
  byCheck(check: string): DataKey | null {
    return this.#find((key) => key.check === check);
  }

  /** The store says which one is used for writing. Throws for one that is not known. */
  use(check: string): DataKey {
    const key = this.byCheck(check);
    if (!key) throw new RangeError('the store is written with a key that is not known here');
    return (this.#current = key);
  }

  /** What was sealed by `DataKey.seal`. Throws when its key is not known, a byte was changed, or the place is another one. */
  open(sealed: Buffer, place: string): string {
    if (sealed[0] === UNNAMED) return this.#openUnnamed(sealed.subarray(1));
    return this.#opened(sealed, place).toString('utf8');
  }

  /** A text of a column whose texts are sealed; one that is not yet, as it is. */
  openText(stored: string, place: string): string {
    if (!isSealedText(stored)) return stored;
    return inflateRawSync(this.#opened(Buffer.from(stored.slice(SEALED_TEXT.length), 'base64'), place)).toString('utf8');
  }

  /** The index of a value under each key, that of the current one first. */
  indexes(value: string): readonly Buffer[] {
    return [this.#current, ...this.#keys.filter((key) => key !== this.#current)].map((key) => key.index(value));
  }

  #opened(sealed: Buffer, place: string): Buffer {
    const name = sealed.subarray(1, 1 + NAME_BYTES);
    const key = sealed[0] === NAMED ? this.#find((known) => known.name.equals(name)) : null;
    if (!key) throw new RangeError(`no key ${name.toString('hex')} of the data`);
    return key.open(sealed.subarray(1 + NAME_BYTES), place);
  }

  /** Keys had no names, and there was one of them: whichever opens it. */
  #openUnnamed(sealed: Buffer): string {
    for (const key of this.#keys) {
      try {
        return key.openUnnamed(sealed).toString('utf8');
      } catch {
        // Another one's.
      }
    }
    throw new RangeError('no key of the data opens it');
  }

  #find(is: (key: DataKey) => boolean): DataKey | null {
    const known = this.#keys.find(is);
    if (known) return known;
    const again = this.#reread().map((secret) => new DataKey(secret));
    if (again.length > 0) this.#keys = [...again, ...this.#keys.filter(({ check }) => !again.some((key) => key.check === check))];
    return this.#keys.find(is) ?? null;
  }
}

export const isSealedText = (stored: string): boolean => stored.startsWith(SEALED_TEXT);

/** How everything that a key sealed begins: in a column of bytes, and in one of text. */
export const sealedStart = ({ name }: DataKey): Buffer => Buffer.concat([Buffer.of(NAMED), name]);
/** The name ends in the middle of a character of base64, which is left out. */
export const sealedTextStart = (key: DataKey): string => SEALED_TEXT + sealedStart(key).toString('base64').slice(0, 9);
