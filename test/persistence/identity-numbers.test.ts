import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { IdentityNumbers } from '../../src/persistence/identity-numbers.ts';

const numbers = new IdentityNumbers(Buffer.alloc(32, 1));
const NUMBER = '11010519491231002X';

test('what was encrypted comes back, and never looks the same twice', () => {
  const first = numbers.encrypt(NUMBER);
  const second = numbers.encrypt(NUMBER);
  expect(first.equals(second)).toBe(false);
  expect(numbers.decrypt(first)).toBe(NUMBER);
  expect(numbers.decrypt(second)).toBe(NUMBER);
  expect(numbers.decrypt(numbers.encrypt('港澳居民 H01234567'))).toBe('港澳居民 H01234567');
  expect(first.includes(Buffer.from(NUMBER.slice(0, 6)))).toBe(false);
});

test('a changed byte, a byte too few and another key are refused', () => {
  const stored = numbers.encrypt(NUMBER);
  for (let at = 0; at < stored.length; at++) {
    const changed = Buffer.from(stored);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => numbers.decrypt(changed)).toThrow();
  }
  expect(() => numbers.decrypt(stored.subarray(0, -1))).toThrow();
  expect(() => numbers.decrypt(Buffer.alloc(0))).toThrow(/no key/);
  expect(() => new IdentityNumbers(Buffer.alloc(32, 2)).decrypt(stored)).toThrow();
});

test('the index finds the same number under the same key alone, and gives it away to nobody without it', () => {
  expect(numbers.index(NUMBER).equals(numbers.index(NUMBER))).toBe(true);
  expect(numbers.index(NUMBER)).toHaveLength(32);
  expect(numbers.index(NUMBER).equals(numbers.index('110105194912310021'))).toBe(false);
  expect(numbers.index(NUMBER).equals(new IdentityNumbers(randomBytes(32)).index(NUMBER))).toBe(false);
  expect(numbers.check()).toBe(new IdentityNumbers(Buffer.alloc(32, 1)).check());
  expect(numbers.check()).not.toBe(new IdentityNumbers(Buffer.alloc(32, 2)).check());
});

test('a key that is too short', () => {
  expect(() => new IdentityNumbers(Buffer.alloc(31))).toThrow(/at least 32 bytes/);
});
