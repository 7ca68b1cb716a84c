import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { secretIn } from '../../persistence/embedded/secret.ts';

/** Who issues the tokens of a product without a provider. */
export const DEVELOPMENT_ISSUER = 'urn:shixun:development';
export const DEVELOPMENT_ALGORITHM = 'EdDSA';

/** An Ed25519 key in PKCS 8 is these bytes and a seed. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKey(folder: string): KeyObject {
  const seed = Buffer.from(secretIn(folder, 'development-issuer-key'), 'base64url');
  if (seed.length !== 32) throw new RangeError('the file development-issuer-key in the data folder is damaged: take it away, and a new one is made');
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** With which tokens of the development issuer are checked; the key lies in the data folder and is made when there is none. */
export const developmentKey = (folder: string): KeyObject => createPublicKey(privateKey(folder));

/** A token for somebody, good for some hours. */
export async function issueToken(folder: string, audience: string, subject: string, isClient: boolean, hours: number): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT(isClient ? { client_id: subject } : {})
    .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM, typ: 'at+jwt' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${hours}h`)
    .sign(privateKey(folder));
}
