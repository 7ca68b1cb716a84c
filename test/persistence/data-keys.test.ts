import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { DataKey, DataKeys, isSealedText, sealedStart, sealedTextStart } from '../../src/persistence/keys/data-keys.ts';
import { openPrivate, sealPrivate } from '../../src/persistence/keys/private-values.ts';

const SECRET = Buffer.alloc(32, 1);
const keys = new DataKeys([SECRET]);
const key = keys.current;
const NUMBER = '11010519491231002X';

test('what was sealed comes back, and never looks the same twice', () => {
  const first = key.seal(NUMBER, 'here');
  const second = key.seal(NUMBER, 'here');
  expect(first.equals(second)).toBe(false);
  expect(keys.open(first, 'here')).toBe(NUMBER);
  expect(keys.open(second, 'here')).toBe(NUMBER);
  expect(keys.open(key.seal('港澳居民 H01234567', 'here'), 'here')).toBe('港澳居民 H01234567');
  expect(first.includes(Buffer.from(NUMBER.slice(0, 6)))).toBe(false);
});

test('a changed byte, a byte too few, another place and another key are refused', () => {
  const sealed = key.seal(NUMBER, 'here');
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => keys.open(changed, 'here')).toThrow();
  }
  expect(() => keys.open(sealed.subarray(0, -1), 'here')).toThrow();
  expect(() => keys.open(sealed, 'there')).toThrow();
  expect(() => new DataKeys([Buffer.alloc(32, 2)]).open(sealed, 'here')).toThrow(/no key [0-9a-f]{12} of the data/);
});

test('an index is the same for the same value and key, and tells nothing without the key', () => {
  expect(key.index(NUMBER).equals(key.index(NUMBER))).toBe(true);
  expect(key.index(NUMBER).equals(key.index('110105194912310038'))).toBe(false);
  expect(key.index(NUMBER).equals(new DataKey(randomBytes(32)).index(NUMBER))).toBe(false);
  expect(key.check).toBe(new DataKey(SECRET).check);
  expect(key.check).not.toBe(new DataKey(Buffer.alloc(32, 2)).check);
});

test('a key that is too short is refused, and so is having none', () => {
  expect(() => new DataKey(Buffer.alloc(31))).toThrow(/at least 32 bytes/);
  expect(() => new DataKeys([])).toThrow(/need a key/);
});

test('what was encrypted before keys had names is opened by whichever key it is', () => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', SECRET, 'shixun', 'identity encryption', 32)), nonce);
  const text = Buffer.concat([cipher.update(NUMBER, 'utf8'), cipher.final()]);
  const old = Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), text]);
  expect(keys.open(old, 'person_identity')).toBe(NUMBER);
  expect(new DataKeys([randomBytes(32), SECRET]).open(old, 'person_identity')).toBe(NUMBER);
  expect(() => new DataKeys([randomBytes(32)]).open(old, 'person_identity')).toThrow(/no key of the data opens it/);
});

test('with a former key behind the current one both open what they sealed; the store says which seals', () => {
  const other = Buffer.alloc(32, 2);
  const both = new DataKeys([other, SECRET]);
  const old = key.seal(NUMBER, 'here');
  expect(both.open(old, 'here')).toBe(NUMBER);
  expect(both.current.check).toBe(new DataKey(other).check);
  expect(both.use(key.check).check).toBe(key.check);
  expect(both.open(both.current.seal('x', 'here'), 'here')).toBe('x');
  expect(both.indexes(NUMBER)).toEqual([key.index(NUMBER), new DataKey(other).index(NUMBER)]);
  expect(() => both.use('unheard of')).toThrow(/not known here/);
});

test('a key that is met and not known is looked for again where the keys come from', () => {
  const added = randomBytes(32);
  let asked = 0;
  const known = new DataKeys([SECRET], () => (asked++, [added, SECRET]));
  expect(known.open(new DataKey(added).seal(NUMBER, 'here'), 'here')).toBe(NUMBER);
  expect(known.open(new DataKey(added).seal(NUMBER, 'here'), 'here')).toBe(NUMBER);
  expect(asked).toBe(1);
  // What it was written with stays until the store says another.
  expect(known.current.check).toBe(key.check);
});

test('a long text is smaller sealed than as it is; one that is not sealed yet is read as it is', () => {
  const text = JSON.stringify({ facts: Array.from({ length: 200 }, (_, index) => ({ level: 'district', index })) });
  const sealed = key.sealText(text, 'here');
  expect(sealed.length).toBeLessThan(text.length / 2);
  expect([isSealedText(sealed), isSealedText(text)]).toEqual([true, false]);
  expect(keys.openText(sealed, 'here')).toBe(text);
  expect(keys.openText(text, 'here')).toBe(text);
  expect(() => keys.openText(sealed, 'there')).toThrow();
  expect(sealed).not.toContain('district');
});

test('everything that a key sealed begins alike, and nothing of another key does', () => {
  const other = new DataKey(randomBytes(32));
  expect(key.seal('x', 'a').subarray(0, 7)).toEqual(sealedStart(key));
  expect(key.sealText('x', 'a').startsWith(sealedTextStart(key))).toBe(true);
  expect(other.sealText('x', 'a').startsWith(sealedTextStart(key))).toBe(false);
});

test('sexes are as long as each other when they are sealed', () => {
  const [male, female] = [sealPrivate(key, 'sex', 'male'), sealPrivate(key, 'sex', 'female')];
  expect(male.length).toBe(female.length);
  expect([openPrivate(keys, 'sex', male), openPrivate(keys, 'sex', female)]).toEqual(['male', 'female']);
  expect(() => openPrivate(keys, 'phone', male)).toThrow();
});
