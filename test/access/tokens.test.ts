import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server, ServerResponse } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEVELOPMENT_ISSUER, DEVELOPMENT_KEY_FILE, developmentKey, issueToken } from '../../src/access/tokens/development-issuer.ts';
import { identityOf } from '../../src/access/tokens/identity.ts';
import type { TokenSettings } from '../../src/access/tokens/token-settings.ts';
import { TokenVerifier } from '../../src/access/tokens/token-verifier.ts';
import type { Verified } from '../../src/access/tokens/token-verifier.ts';
import { secretIn } from '../../src/persistence/embedded/secret.ts';
import { identifyBy } from '../../src/http/identify.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, codesOf, testApp } from '../support/server.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const seconds = NOW / 1_000;
const AUDIENCE = 'shixun';

let provider: Server;
let issuer = '';
let keys: JWK[] = [];
let mode: 'well' | 'down' | 'slow' | 'garbage' | 'other' | 'endless' = 'well';
let fetched = 0;
let rsa: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
let ec: typeof rsa;

beforeAll(async () => {
  provider = createServer((request, response) => {
    if (mode === 'down') return void response.writeHead(500).end();
    if (mode === 'slow') return;
    if (mode === 'endless') return void writeForEver(response);
    if (mode === 'garbage') return void response.end('<html>');
    if (request.url?.endsWith('openid-configuration')) return void response.end(JSON.stringify({ issuer: mode === 'other' ? 'https://elsewhere.example' : issuer, jwks_uri: `${issuer}/keys` }));
    fetched += 1;
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  [rsa, ec] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('ES256', { extractable: true })]);
});
beforeEach(async () => {
  mode = 'well';
  keys = [{ ...(await exportJWK(rsa.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});

let written = 0;
/** Until the other end hangs up. */
function writeForEver(response: ServerResponse): void {
  const some = Buffer.alloc(65_536, ' ');
  const write = (): void => {
    if (response.destroyed) return;
    written += some.length;
    if (response.write(some)) setImmediate(write);
    else response.once('drain', write);
  };
  write();
}

const settings = (): TokenSettings => ({ issuers: [issuer], audience: AUDIENCE, keySetUrl: null, algorithms: ['RS256', 'ES256'], personClaim: 'staff', timeoutMs: 500, retryAfterMs: 200 });
const verifier = (now = NOW): TokenVerifier => new TokenVerifier(settings(), null, () => now);
const claims = (): Record<string, unknown> => ({ iss: issuer, sub: 'u-1', aud: AUDIENCE, iat: seconds - 10, exp: seconds + 600 });
const sign = (payload: object, header: { alg?: string; kid?: string; typ?: string } = {}, key: CryptoKey | Uint8Array = rsa.privateKey): Promise<string> =>
  new SignJWT({ ...payload } as never).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header } as never).sign(key);
const outcome = (verified: Verified): string => (verified.kind === 'refused' ? verified.fault : verified.kind);
const verify = async (token: string, by = verifier()): Promise<string> => outcome(await by.verify(`Bearer ${token}`));

describe('a token', () => {
  test('that is good names whom it was issued to', async () => {
    expect(await verifier().verify(`bearer  ${await sign({ ...claims(), name: '王老师', staff: 'office:42' }, { typ: 'at+jwt' })} `)).toEqual({ kind: 'identity', identity: { issuer, subject: 'u-1', isClient: false, name: '王老师', person: { source: 'office', key: '42' } } });
    expect(await verifier().verify(undefined)).toEqual({ kind: 'none' });
  });
  test('by client credentials is another system', () => {
    expect(identityOf({ iss: 'i', sub: 'c', client_id: 'c' }, null)).toMatchObject({ isClient: true });
    expect(identityOf({ iss: 'i', sub: 'u', client_id: 'c' }, null)).toMatchObject({ isClient: false });
    expect(identityOf({ iss: 'i', sub: '' }, null)).toBeNull();
  });

  type Bad = readonly [what: string, token: () => Promise<string>, fault: string];
  test.each<Bad>([
    ['of another audience', async () => sign({ ...claims(), aud: 'other' }), 'audience'],
    ['of an issuer that nobody knows', async () => sign({ ...claims(), iss: 'https://evil.example' }), 'issuer'],
    ['of the development issuer, which is not on', async () => sign({ ...claims(), iss: DEVELOPMENT_ISSUER }), 'issuer'],
    ['without an end', async () => sign({ ...claims(), exp: undefined }), 'expired'],
    ['without a subject', async () => sign({ ...claims(), sub: undefined }), 'malformed'],
    ['for a page that asked who signed in', async () => sign({ ...claims(), nonce: 'n' }), 'notAccess'],
    ['that says it tells who signed in', async () => sign({ ...claims(), token_use: 'id' }), 'notAccess'],
    ['for getting others', async () => sign({ ...claims(), typ: 'Refresh' }), 'notAccess'],
    ['of another type', async () => sign(claims(), { typ: 'logout+jwt' }), 'notAccess'],
    ['issued in the future', async () => sign({ ...claims(), iat: seconds + 61 }), 'notYet'],
    ['signed by another key of the same name', async () => sign(claims(), {}, (await generateKeyPair('RS256')).privateKey), 'signature'],
    ['signed with an algorithm that is not allowed', async () => sign(claims(), { alg: 'PS256' }, (await generateKeyPair('PS256')).privateKey), 'algorithm'],
    ['signed with the public key as if it were a secret', async () => sign(claims(), { alg: 'HS256' }, new TextEncoder().encode(await exportSPKI(rsa.publicKey))), 'algorithm'],
    ['without a signature', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.x`, 'algorithm'],
    ['whose claims were changed', async () => { const [head, , tail] = (await sign(claims())).split('.'); return `${head}.${Buffer.from(JSON.stringify({ ...claims(), sub: 'admin' })).toString('base64url')}.${tail}`; }, 'signature'],
    ['that is no token', async () => 'abc', 'malformed'],
    ['that is no JSON', async () => 'e30x.e30x.x', 'malformed'],
    ['that is too long', async () => sign({ ...claims(), more: 'x'.repeat(9_000) }), 'malformed'],
    ['critical in a way that is not understood', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 } as never).sign(rsa.privateKey, { crit: { x: true } }), 'algorithm'],
  ])('%s is refused', async (_what, token, expected) => {
    expect(await verify(await token())).toBe(expected);
  });
  test.each(['Basic abc', 'Bearer', 'Bearer a.b', `Bearer a.b.c.d`, 'Token a.b.c'])('header %s is refused', async (header) => expect(outcome(await verifier().verify(header))).toBe('malformed'));

  test.each([
    ['exp', 60, 'expired'],
    ['exp', 59, 'identity'],
  ] as const)('%s is over for %i seconds', async (claim, ago, expected) => expect(await verify(await sign({ ...claims(), [claim]: seconds - ago }))).toBe(expected));
  test.each([
    ['nbf', 61, 'notYet'],
    ['nbf', 60, 'identity'],
    ['iat', 61, 'notYet'],
    ['iat', 60, 'identity'],
  ] as const)('%s is to come in %i seconds', async (claim, ahead, expected) => expect(await verify(await sign({ ...claims(), [claim]: seconds + ahead }))).toBe(expected));
});

describe('the keys of a provider', () => {
  test('are each tried for a token that names none', async () => {
    const other = await generateKeyPair('RS256', { extractable: true });
    keys = [{ ...(await exportJWK(other.publicKey)), kid: 'other', alg: 'RS256', use: 'sig' }, ...keys];
    const unnamed = (key: CryptoKey): Promise<string> => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(key);
    expect(await verify(await unnamed(rsa.privateKey))).toBe('identity');
    expect(await verify(await unnamed(other.privateKey))).toBe('identity');
    const stranger = await generateKeyPair('RS256');
    expect(await verify(await unnamed(stranger.privateKey))).toBe('signature');
    expect(await verify(await new SignJWT({ ...claims(), exp: seconds - 100 }).setProtectedHeader({ alg: 'RS256' }).sign(other.privateKey))).toBe('expired');
  });
  test('are read no further than they can be long', async () => {
    mode = 'endless';
    expect(await verify(await sign(claims()))).toBe('unavailable');
    expect(written).toBeLessThan(50_000_000);
    expect(written).toBeGreaterThan(1_000_000);
    mode = 'well';
    const known = new TokenVerifier({ ...settings(), keySetUrl: `${issuer}/keys` }, null, () => NOW);
    mode = 'endless';
    expect(await verify(await sign(claims()), known)).toBe('unavailable');
  });
  test('are fetched once, and again for a key that is new', async () => {
    const by = new TokenVerifier(settings(), null, () => NOW);
    const before = fetched;
    for (let round = 0; round < 3; round++) expect(await verify(await sign(claims()), by)).toBe('identity');
    expect(fetched - before).toBe(1);
  });
  test('that are new are found by a process that knew the old ones alone', async () => {
    const turning = new TokenVerifier(settings(), null, () => NOW);
    expect(await verify(await sign(claims()), turning)).toBe('identity');
    keys = [{ ...(await exportJWK(ec.publicKey)), kid: 'two', alg: 'ES256', use: 'sig' }];
    // A provider is not asked about unknown keys more often than every half minute.
    const asked = fetched;
    for (let round = 0; round < 5; round++) expect(await verify(await sign(claims(), { alg: 'ES256', kid: 'two' }, ec.privateKey), turning)).toBe('signature');
    expect(fetched).toBe(asked);
    expect(await verify(await sign(claims(), { alg: 'ES256', kid: 'two' }, ec.privateKey))).toBe('identity');
    expect(await verify(await sign(claims()))).toBe('signature');
  });
  test.each(['down', 'slow', 'garbage', 'other'] as const)('are not to be had when it is %s: the token is not called bad, and the next one asks again', async (how) => {
    const by = verifier();
    mode = how;
    expect(await verify(await sign(claims()), by)).toBe('unavailable');
    // It is left alone for a while, whatever comes.
    mode = 'well';
    expect(await verify(await sign(claims()), by)).toBe('unavailable');
    await expect.poll(async () => verify(await sign(claims()), by)).toBe('identity');
  });
});

describe('the development issuer', () => {
  test('keeps its key in the data folder, and its tokens are good for whoever has that key', async () => {
    const [folder, other] = [mkdtempSync(join(tmpdir(), 'shixun-keys-')), mkdtempSync(join(tmpdir(), 'shixun-keys-'))];
    try {
      const token = await issueToken(secretIn(folder, DEVELOPMENT_KEY_FILE), AUDIENCE, 'demo:authority', false, 1);
      const by = new TokenVerifier({ ...settings(), issuers: [] }, developmentKey(secretIn(folder, DEVELOPMENT_KEY_FILE)));
      expect(await by.verify(`Bearer ${token}`)).toMatchObject({ kind: 'identity', identity: { issuer: DEVELOPMENT_ISSUER, subject: 'demo:authority', isClient: false } });
      expect(outcome(await new TokenVerifier(settings(), developmentKey(secretIn(other, DEVELOPMENT_KEY_FILE))).verify(`Bearer ${token}`))).toBe('signature');
      expect(outcome(await new TokenVerifier({ ...settings(), audience: 'x' }, developmentKey(secretIn(folder, DEVELOPMENT_KEY_FILE))).verify(`Bearer ${token}`))).toBe('audience');
    } finally {
      for (const path of [folder, other]) rmSync(path, { recursive: true });
    }
  });
});

describe('over HTTP', () => {
  test('a bad token is refused before anything is read, with what is wrong in both languages; none asks as nobody', async () => {
    const app = await testApp({ identify: identifyBy(verifier()) });
    try {
      for (const [language, words] of [['en', /has expired/], ['zh', /已过期/]] as const) {
        const expired = await ask(app, 'no query at all', undefined, { authorization: `Bearer ${await sign({ ...claims(), exp: seconds - 3_600 })}`, 'accept-language': language });
        expect([expired.status, codesOf(expired), expired.headers['www-authenticate']]).toEqual([401, ['UNAUTHENTICATED'], 'Bearer error="invalid_token"']);
        expect(expired.errors?.[0]?.message).toMatch(words);
      }
      mode = 'down';
      const down = await ask(await testApp({ identify: identifyBy(verifier()) }), '{ about { name } }', undefined, { authorization: `Bearer ${await sign(claims())}` });
      expect([down.status, codesOf(down), down.headers['retry-after']]).toEqual([503, ['AUTH_PROVIDER_UNAVAILABLE'], '5']);
      expect((await ask(app, '{ about { name } }')).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
