import { createHash } from 'node:crypto';

import { isRecord } from '../kinds/normal-text.js';
import { signJwt, UnsignableError } from '../keys/sign-jwt.js';
import type { Store, StoredObject } from '../store.js';
import type { PostRequest } from './post.js';

/** Of a client library that FusionAuth makes such calls with: inversoft/restify, `RESTClient`. */
const userAgent = 'Restify (https://github.com/inversoft/restify)';

/**
 * The request that tells a webhook of something. Sources: FusionAuth docs extend/events-and-webhooks (headers, security),
 * extend/events-and-webhooks/signing; that user name and password are needed both: inversoft/restify `RESTClient`.
 * @param body - the JSON as it is sent: its signature is about these very bytes.
 * @throws {@link UnsignableError} when it is to be signed and cannot be.
 */
export function webhookRequest(webhook: StoredObject, body: string, store: Store): PostRequest {
  const { url, connectTimeout, readTimeout } = webhook;
  const certificate = trustedCertificate(webhook, store);
  return {
    url: String(url),
    headers: headersOf(webhook, body, store),
    body,
    connectTimeoutMs: Number(connectTimeout),
    readTimeoutMs: Number(readTimeout),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** A header of the webhook gives way to one that FusionAuth sets itself, however it is written. */
function headersOf(webhook: StoredObject, body: string, store: Store): Readonly<Record<string, string>> {
  const { headers, httpAuthenticationUsername: user, httpAuthenticationPassword: password } = webhook;
  const signature = signatureOf(webhook, body, store);
  const own: Readonly<Record<string, string>> = {
    'Content-Type': 'application/json',
    ...(typeof user === 'string' && typeof password === 'string'
      ? { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
      : {}),
    ...(signature === undefined ? {} : { 'X-FusionAuth-Signature-JWT': signature }),
  };
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const asked = Object.entries(isRecord(headers) ? headers : {})
    .filter(([name]) => !taken.has(name.toLowerCase()))
    .map(([name, value]) => [name, String(value)] as const);
  const named = asked.some(([name]) => name.toLowerCase() === 'user-agent');
  return { ...Object.fromEntries(asked), ...(named ? {} : { 'User-Agent': userAgent }), ...own };
}

/** FusionAuth docs extend/events-and-webhooks/signing: a JWT with the SHA-256 of the body, in Base64, and nothing else. */
function signatureOf({ signatureConfiguration }: StoredObject, body: string, store: Store): string | undefined {
  if (!isRecord(signatureConfiguration) || signatureConfiguration['enabled'] !== true) return undefined;
  const key = keyAt(signatureConfiguration['signingKeyId'], store);
  if (key === undefined) throw new UnsignableError('the signing key is gone');
  return signJwt({ request_body_sha256: createHash('sha256').update(body).digest('base64') }, key);
}

/** The one certificate that the webhook's server may have; without it the authorities of the system are trusted. */
function trustedCertificate({ sslCertificate, sslCertificateKeyId }: StoredObject, store: Store): string | undefined {
  const certificate = sslCertificate ?? keyAt(sslCertificateKeyId, store)?.['certificate'];
  return typeof certificate === 'string' ? certificate : undefined;
}

function keyAt(id: unknown, store: Store): StoredObject | undefined {
  return typeof id === 'string' ? store.get('key', id) : undefined;
}
