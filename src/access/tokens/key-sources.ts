import type { JWTVerifyGetKey } from 'jose';

/** The provider did not give its keys, or what it gave is none of its own. */
export class ProviderUnavailable extends Error {}

/** A provider that is asked about keys that it does not have is not asked again for so long. */
const COOLDOWN_MS = 30_000;
/** Keys that were taken back are no longer good after this. */
const LONGEST_KEPT_MS = 3_600_000;
const LARGEST_ANSWER = 1_000_000;

/** The keys of a provider: found by its own configuration unless their address is given, fetched again when a token has a new one. */
export async function keysOf(issuer: string, address: string | null, timeoutMs: number): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import('jose');
  const url = new URL(address ?? (await discover(issuer, timeoutMs)));
  return createRemoteJWKSet(url, { timeoutDuration: timeoutMs, cooldownDuration: COOLDOWN_MS, cacheMaxAge: LONGEST_KEPT_MS, [customFetch]: fetchSmall });
}

async function discover(issuer: string, timeoutMs: number): Promise<string> {
  try {
    const answer = await fetchSmall(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error', headers: { accept: 'application/json' } });
    const found = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (found.issuer === issuer && typeof found.jwks_uri === 'string' && URL.canParse(found.jwks_uri)) return found.jwks_uri;
  } catch (error) {
    throw new ProviderUnavailable(`the configuration of ${issuer} could not be read`, { cause: error });
  }
  throw new ProviderUnavailable(`the configuration of ${issuer} is another's, or names no keys`);
}

/** Reads no more than a provider's answer can be: one without end shall not fill the memory. */
async function fetchSmall(url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_ANSWER) throw new ProviderUnavailable(`${url} answered more than ${LARGEST_ANSWER} bytes`);
    parts.push(part);
  }
  return new Response(parts.length === 0 ? null : Buffer.concat(parts), { status: answer.status, headers: answer.headers });
}
