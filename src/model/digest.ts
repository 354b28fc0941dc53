import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from './json.js';

/** SHA-256 of the canonical JSON of a value, as `sha256:<64 hex digits>`; a secret counts as its source. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;
}

/** SHA-256 of a text, raw bytes. */
export function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest();
}

/**
 * Keyed hash (HMAC-SHA-256, first 96 bits, base64url: 16 characters) of a value's canonical JSON. It lets a record say
 * "still as it was" without holding the value; the key keeps short secrets from being guessed from it.
 */
export function keyedHash(key: string, value: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(value)).digest().subarray(0, 12).toString('base64url');
}

/** HMAC-SHA-256 over a text, base64url: the signature of a record. */
export function signText(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url');
}

/** What two machines with the same hash key both call it: two keys have two names, and no name tells of its key. */
export function hashKeyId(key: string): string {
  return keyedHash(key, 'kedge hash key id 1');
}
