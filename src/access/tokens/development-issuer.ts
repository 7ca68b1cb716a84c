import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Who issues the tokens of a product without a provider. */
export const DEVELOPMENT_ISSUER = 'urn:shixun:development';
export const DEVELOPMENT_ALGORITHM = 'EdDSA';
/** The file of the data folder with its secret: 32 bytes in base64url. */
export const DEVELOPMENT_KEY_FILE = 'development-issuer-key';

/** An Ed25519 key in PKCS 8 is these bytes and a seed. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKey(secret: string): KeyObject {
  const seed = Buffer.from(secret, 'base64url');
  if (seed.length !== 32) throw new RangeError(`the file ${DEVELOPMENT_KEY_FILE} in the data folder is damaged: take it away, and a new one is made`);
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** With which tokens of the development issuer are checked. */
export const developmentKey = (secret: string): KeyObject => createPublicKey(privateKey(secret));

/** A token for somebody, good for some hours. */
export async function issueToken(secret: string, audience: string, subject: string, isClient: boolean, hours: number): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT(isClient ? { client_id: subject } : {})
    .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM, typ: 'at+jwt' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${hours}h`)
    .sign(privateKey(secret));
}
