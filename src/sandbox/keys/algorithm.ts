/** What a key is made of (FusionAuth client: `KeyType`). The docs write `SecretKeyValue` where the client has `Secret`. */
export type KeyType = 'EC' | 'HMAC' | 'OKP' | 'RSA' | 'Secret';

/** FusionAuth client: `KeyAlgorithm`. */
export type KeyAlgorithm =
  | 'Ed25519'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'None'
  | 'RS256'
  | 'RS384'
  | 'RS512';

/** How Node makes pairs of an algorithm, and what its signatures are called in certificates. */
export interface PairAlgorithm {
  readonly nodeType: 'ec' | 'ed25519' | 'rsa';
  /** Null for Ed25519, which has its own. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  readonly namedCurve?: 'P-256' | 'P-384' | 'P-521';
  /** Object identifier of the signature. Source: RFC 8017 §A.2.4, RFC 5758 §3.2, RFC 8410 §3. */
  readonly oid: string;
}

export interface Algorithm {
  readonly type: KeyType;
  /** Bits for RSA and EC, bytes for Ed25519 (32 in the docs' sample `keys/eddsa-response.json`) and for HMAC secrets. */
  readonly lengths: readonly number[];
  /** Absent for secrets. */
  readonly pair?: PairAlgorithm;
}

const rsaLengths = [2048, 3072, 4096] as const;

/** Every algorithm of Key Master. Source: FusionAuth docs apis/keys, RFC 7518 §3.1, RFC 8037. */
export const algorithms: Readonly<Record<KeyAlgorithm, Algorithm>> = {
  RS256: { type: 'RSA', lengths: rsaLengths, pair: { nodeType: 'rsa', hash: 'sha256', oid: '1.2.840.113549.1.1.11' } },
  RS384: { type: 'RSA', lengths: rsaLengths, pair: { nodeType: 'rsa', hash: 'sha384', oid: '1.2.840.113549.1.1.12' } },
  RS512: { type: 'RSA', lengths: rsaLengths, pair: { nodeType: 'rsa', hash: 'sha512', oid: '1.2.840.113549.1.1.13' } },
  ES256: {
    type: 'EC',
    lengths: [256],
    pair: { nodeType: 'ec', hash: 'sha256', namedCurve: 'P-256', oid: '1.2.840.10045.4.3.2' },
  },
  ES384: {
    type: 'EC',
    lengths: [384],
    pair: { nodeType: 'ec', hash: 'sha384', namedCurve: 'P-384', oid: '1.2.840.10045.4.3.3' },
  },
  ES512: {
    type: 'EC',
    lengths: [521],
    pair: { nodeType: 'ec', hash: 'sha512', namedCurve: 'P-521', oid: '1.2.840.10045.4.3.4' },
  },
  Ed25519: { type: 'OKP', lengths: [32], pair: { nodeType: 'ed25519', hash: null, oid: '1.3.101.112' } },
  HS256: { type: 'HMAC', lengths: [32] },
  HS384: { type: 'HMAC', lengths: [48] },
  HS512: { type: 'HMAC', lengths: [64] },
  None: { type: 'Secret', lengths: [] },
};

/** What the `alg` of an Ed25519 key's JWKs and signatures may be: RFC 9864's name or that of RFC 8037. */
export type Ed25519Name = 'Ed25519' | 'EdDSA';

/** The `alg` of an algorithm. */
export function joseName(algorithm: KeyAlgorithm, ed25519: Ed25519Name): string {
  return algorithm === 'Ed25519' ? ed25519 : algorithm;
}

export function isKeyAlgorithm(value: unknown): value is KeyAlgorithm {
  return typeof value === 'string' && Object.hasOwn(algorithms, value);
}

/** The type named by a request. */
export function parseKeyType(value: unknown): KeyType | undefined {
  switch (value) {
    case 'EC':
    case 'HMAC':
    case 'OKP':
    case 'RSA':
    case 'Secret':
      return value;
    default:
      return undefined;
  }
}
