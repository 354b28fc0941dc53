import { createPrivateKey, createPublicKey, generatePrime, type KeyPairKeyObjectResult } from 'node:crypto';

const EXPONENT = 65_537n;

/** Shared by all sandboxes of the process. Each prime is made once, on another thread. */
const primes: Promise<bigint>[] = [];
let pairsMade = 0;

/**
 * An RSA key pair of 2,048 bits that no other call of this process gives, mostly in a few milliseconds where a new pair of
 * random primes takes some hundred. `n` primes make `n (n - 1) / 2` pairs: who has two of the public keys can factor both.
 * So it is for the key that every sandbox starts with, which guards nothing, and not for keys that a client asks for.
 */
export async function quickRsaPair(): Promise<KeyPairKeyObjectResult> {
  const [smaller, larger] = pairOf(pairsMade);
  pairsMade += 1;
  const [p, q] = await Promise.all([prime(larger), prime(smaller)]);
  return keysOf(p, q);
}

/** The pairs of numbers in the order (0, 1), (0, 2), (1, 2), (0, 3) …: few numbers for many pairs. */
function pairOf(index: number): readonly [number, number] {
  let larger = 1;
  let smaller = index;
  while (smaller >= larger) {
    smaller -= larger;
    larger += 1;
  }
  return [smaller, larger];
}

function prime(index: number): Promise<bigint> {
  return (primes[index] ??= makePrime());
}

async function randomPrime(bits: number): Promise<bigint> {
  return new Promise((resolve, reject) => {
    generatePrime(bits, { bigint: true }, (error, value) => (error instanceof Error ? reject(error) : resolve(value)));
  });
}

/** Its two highest bits are set, as OpenSSL does unless told otherwise: two of them make a modulus of 2,048 bits. */
async function makePrime(): Promise<bigint> {
  for (;;) {
    const candidate = await randomPrime(1024);
    if (candidate % EXPONENT !== 1n) return candidate;
  }
}

/** @throws when Node's OpenSSL finds that the numbers are no RSA key. */
function keysOf(p: bigint, q: bigint): KeyPairKeyObjectResult {
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const encoded = Object.entries(numbers).map(([name, value]) => [name, base64Url(value)] as const);
  const privateKey = createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(encoded) }, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The number that times `value` is 1 modulo `modulus`, by Euclid's algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}

/** Whole bytes, the highest first. Source: RFC 7518 §6.3. */
function base64Url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}
