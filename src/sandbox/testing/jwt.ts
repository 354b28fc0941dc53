import { createPublicKey, verify } from 'node:crypto';

import type { HttpCall } from './http.js';

/** A token, read as any client does that knows nothing of the sandbox: by the JWK set, with Node's own `verify`. */
export interface ReadToken {
  readonly header: any;
  readonly claims: any;
  /** Whether a key of the JWK set has signed it. */
  readonly verified: boolean;
}

export async function readToken(token: string, call: HttpCall): Promise<ReadToken> {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const { alg, kid } = decode(header);
  const { json } = await call('GET', '/.well-known/jwks.json', undefined, { key: null });
  const jwk = json.keys.find((key: { kid: string }) => key.kid === kid);
  const verified =
    jwk !== undefined &&
    jwk.alg === alg &&
    verify(
      jwk.kty === 'OKP' ? null : `sha${alg.slice(2)}`,
      Buffer.from(`${header}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  return { header: decode(header), claims: decode(claims), verified };
}

function decode(part: string): any {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
