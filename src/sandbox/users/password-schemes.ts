import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

import { bcryptHash } from './bcrypt.js';

/** One way to make a hash of a password. Source: FusionAuth docs reference/password-hashes, the pseudocode there. */
interface PasswordScheme {
  readonly defaultFactor: number;
  /** @param salt - as it is kept: Base64, or for bcrypt and phpass the text itself. @returns what is kept, Base64. */
  readonly hash: (password: string, salt: string, factor: number) => string;
}

/** A factor beyond this would hold up every other request for minutes. */
const longestBcryptCost = 16;

const schemes: ReadonlyMap<string, PasswordScheme> = new Map(
  Object.entries({
    'salted-md5': repeated('md5'),
    'salted-sha256': repeated('sha256'),
    'salted-hmac-sha256': {
      defaultFactor: 1,
      hash: (password, salt) => createHmac('sha256', decode(salt)).update(password).digest('base64'),
    },
    'salted-pbkdf2-hmac-sha256': pbkdf2('sha256', 32),
    'salted-pbkdf2-hmac-sha256-512': pbkdf2('sha256', 64),
    'salted-pbkdf2-hmac-sha512-512': pbkdf2('sha512', 64),
    bcrypt: {
      defaultFactor: 10,
      hash: (password, salt, factor) => bcryptHash(password, salt, Math.min(factor, longestBcryptCost)),
    },
    'phpass-md5': phpass('md5', (digest) => digest.subarray(0, 16).toString('base64')),
    'phpass-sha512': phpass('sha512', (digest) => digest.toString('base64').slice(0, 43)),
  } satisfies Record<string, PasswordScheme>),
);

/** The names of all schemes that FusionAuth comes with; those of plugins are not known here. */
export const schemeNames: readonly string[] = [...schemes.keys()];

/** A scheme by its name; undefined for that of a plugin. */
export function schemeOf(name: unknown): PasswordScheme | undefined {
  return typeof name === 'string' ? schemes.get(name) : undefined;
}

function repeated(algorithm: string): PasswordScheme {
  return {
    defaultFactor: 20_000,
    hash: (password, salt, factor) => {
      let result = Buffer.concat([Buffer.from(password), decode(salt)]);
      for (let turn = 0; turn < factor; turn += 1) result = createHash(algorithm).update(result).digest();
      return result.toString('base64');
    },
  };
}

function pbkdf2(algorithm: string, length: number): PasswordScheme {
  return {
    defaultFactor: 24_000,
    hash: (password, salt, factor) => pbkdf2Sync(password, decode(salt), factor, length, algorithm).toString('base64'),
  };
}

function phpass(algorithm: string, encode: (digest: Buffer) => string): PasswordScheme {
  return {
    defaultFactor: 2048,
    hash: (password, salt, factor) => {
      const word = Buffer.from(password);
      let result = createHash(algorithm).update(Buffer.from(salt)).update(word).digest();
      for (let turn = 0; turn < factor; turn += 1) result = createHash(algorithm).update(result).update(word).digest();
      return encode(result);
    },
  };
}

function decode(salt: string): Buffer {
  return Buffer.from(salt, 'base64');
}
