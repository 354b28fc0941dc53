import { isRecord } from '../kinds/normal-text.js';
import type { Instance } from '../kind.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphabets: Readonly<Record<string, string>> = {
  randomAlpha: letters,
  randomAlphaNumeric: `${letters}0123456789`,
  randomDigits: '0123456789',
};

/**
 * A code or id as a tenant's `externalIdentifierConfiguration` wants it; without a wish, 32 random bytes.
 * Source: `SecureGeneratorConfiguration` of fusionauth-java-client; the docs' samples have bytes as base64url.
 */
export function externalId(generator: unknown, { random }: Pick<Instance, 'random'>): string {
  const { type, length } = isRecord(generator) ? generator : {};
  const size = typeof length === 'number' && length > 0 ? length : 32;
  const alphabet = alphabets[String(type)];
  if (alphabet === undefined) return Buffer.from(random(size)).toString('base64url');
  return [...random(size)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
