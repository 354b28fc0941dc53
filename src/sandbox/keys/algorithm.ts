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

/** The names Node's webcrypto knows an asymmetric algorithm by. */
export interface WebCryptoNames {
  readonly name: 'ECDSA' | 'Ed25519' | 'RSASSA-PKCS1-v1_5';
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly namedCurve?: 'P-256' | 'P-384' | 'P-521';
}

export interface Algorithm {
  readonly type: KeyType;
  /** Bits for RSA and EC, bytes for Ed25519 (32 in the docs' sample `keys/eddsa-response.json`) and for HMAC secrets. */
  readonly lengths: readonly number[];
  readonly webCrypto?: WebCryptoNames;
}

const rsaLengths = [2048, 3072, 4096] as const;

/** Every algorithm of Key Master. Source: FusionAuth docs apis/keys, RFC 7518 §3.1, RFC 8037. */
export const algorithms: Readonly<Record<KeyAlgorithm, Algorithm>> = {
  RS256: { type: 'RSA', lengths: rsaLengths, webCrypto: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  RS384: { type: 'RSA', lengths: rsaLengths, webCrypto: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } },
  RS512: { type: 'RSA', lengths: rsaLengths, webCrypto: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } },
  ES256: { type: 'EC', lengths: [256], webCrypto: { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' } },
  ES384: { type: 'EC', lengths: [384], webCrypto: { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' } },
  ES512: { type: 'EC', lengths: [521], webCrypto: { name: 'ECDSA', hash: 'SHA-512', namedCurve: 'P-521' } },
  Ed25519: { type: 'OKP', lengths: [32], webCrypto: { name: 'Ed25519', hash: 'SHA-512' } },
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
