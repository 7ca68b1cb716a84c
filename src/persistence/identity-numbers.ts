import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const KEY_ID = 1;
const NONCE = 12;
const TAG = 16;

/**
 * Identity numbers as they are stored: encrypted (AES-256-GCM, a nonce each), and found by a keyed index (HMAC-SHA256), so
 * that whoever has the database alone can neither read nor try them out.
 */
export class IdentityNumbers {
  readonly #encryption: Buffer;
  readonly #index: Buffer;

  /** `secret`: the one key of the installation, at least 32 bytes, from which both keys are derived. */
  constructor(secret: Buffer) {
    if (secret.length < 32) throw new RangeError('the key of identity numbers has at least 32 bytes');
    this.#encryption = derive(secret, 'identity encryption');
    this.#index = derive(secret, 'identity index');
  }

  /** Key id, nonce, tag, ciphertext. */
  encrypt(number: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#encryption, nonce);
    const text = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(KEY_ID), nonce, cipher.getAuthTag(), text]);
  }

  /** Throws when the key is another one or a byte was changed. */
  decrypt(stored: Buffer): string {
    if (stored[0] !== KEY_ID) throw new RangeError(`no key ${stored[0]} for identity numbers`);
    const decipher = createDecipheriv('aes-256-gcm', this.#encryption, stored.subarray(1, 1 + NONCE));
    decipher.setAuthTag(stored.subarray(1 + NONCE, 1 + NONCE + TAG));
    return Buffer.concat([decipher.update(stored.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8');
  }

  /** The same number gives the same index, in its canonical form. */
  index(number: string): Buffer {
    return createHmac('sha256', this.#index).update(number, 'utf8').digest();
  }

  /** What the store keeps to tell whether this is its key. */
  check(): string {
    return this.index('check of the key').toString('base64url');
  }
}

const derive = (secret: Buffer, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'shixun', use, 32));
