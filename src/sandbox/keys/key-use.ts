import type { Fields } from '../store.js';

/**
 * Whether a key can sign: it has its private part, or is a shared secret. Source: `Key.use()` and `canSign()` of
 * fusionauth-java-client.
 */
export function canSign({ type, privateKey }: Fields): boolean {
  return type === 'HMAC' || (type !== 'Secret' && typeof privateKey === 'string');
}

/** Whether a key can verify what it, or its other half, has signed. */
export function canVerify({ type, publicKey }: Fields): boolean {
  return type === 'HMAC' || (type !== 'Secret' && typeof publicKey === 'string');
}
