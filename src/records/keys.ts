import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { openBytes, sealBytes } from '../persistence/keys/aes-gcm.ts';

interface DerivedKeys {
  readonly id: string;
  readonly links: Buffer;
  readonly closings: Buffer;
  readonly sealing: Buffer;
  readonly fingerprints: Buffer;
}

/**
 * The keys of the records: what links rows, closes archives, and seals personal values in rows that can never be written
 * anew. Derived from secrets that the database never sees; the first is used for what is written, former ones only to read
 * and check what they wrote. Rows name their key by an id that tells nothing of it.
 */
export class RecordKeys {
  readonly #current: DerivedKeys;
  readonly #known: ReadonlyMap<string, DerivedKeys>;

  /** `secrets`: the current one and then former ones, at least 32 bytes each. */
  constructor(secrets: readonly Buffer[]) {
    const [current, ...former] = secrets.map(derivedFrom);
    if (!current) throw new RangeError('the records need a key');
    this.#current = current;
    this.#known = new Map([current, ...former].map((keys) => [keys.id, keys]));
  }

  /** Of the key that is used for what is written. */
  get id(): string {
    return this.#current.id;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** HMAC-SHA256 over the link before and the content of a row. Throws for a key that is not known. */
  link(keyId: string, before: Buffer, content: string): Buffer {
    return createHmac('sha256', this.#keys(keyId).links).update(before).update(content, 'utf8').digest();
  }

  /** The code of an archive's closing row. */
  closing(keyId: string, content: string): Buffer {
    return createHmac('sha256', this.#keys(keyId).closings).update(content, 'utf8').digest();
  }

  /** Tells equal requests without telling what was asked: what is short could be guessed from a plain hash. */
  fingerprint(keyId: string, content: string): Buffer {
    return createHmac('sha256', this.#keys(keyId).fingerprints).update(content, 'utf8').digest();
  }

  /** AES-256-GCM, bound to its place: the same bytes mean nothing elsewhere. Key id, nonce, tag, ciphertext in base64url. */
  seal(text: string, place: string): string {
    return `${this.#current.id}.${sealBytes(this.#current.sealing, Buffer.from(text, 'utf8'), place).toString('base64url')}`;
  }

  /** Throws when the key is another one, a byte was changed, or it was sealed for another place. */
  unseal(sealed: string, place: string): string {
    const [id = '', body = ''] = sealed.split('.');
    return openBytes(this.#keys(id).sealing, Buffer.from(body, 'base64url'), place).toString('utf8');
  }

  #keys(id: string): DerivedKeys {
    const keys = this.#known.get(id);
    if (!keys) throw new RangeError(`no key ${id.slice(0, 16)} of records`);
    return keys;
  }
}

function derivedFrom(secret: Buffer): DerivedKeys {
  if (secret.length < 32) throw new RangeError('a key of records has at least 32 bytes');
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'shixun', `records ${use}`, 32));
  return { id: createHash('sha256').update(derive('id')).digest('hex').slice(0, 12), links: derive('links'), closings: derive('closings'), sealing: derive('sealing'), fingerprints: derive('fingerprints') };
}
