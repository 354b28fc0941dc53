import { sha256 } from './digest.js';
import type { KindName } from './ref.js';

const HEX = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for text in the 8-4-4-4-12 form of a UUID (RFC 9562 §4), any version, either case. */
export function isUuid(text: string): boolean {
  return HEX.test(text);
}

/** What an id is derived from. Generation counts the replacements of an object whose immutable field had to change. */
export interface DerivedIdInput {
  readonly namespace: string;
  readonly kind: KindName;
  readonly key: string;
  readonly generation?: number;
}

/**
 * The id of an object that kedge creates: a UUIDv8 (RFC 9562 §5.8) whose first 48 bits are a hash of the namespace (the
 * project's stamp) and whose other 74 free bits are a hash of namespace, kind, key and generation. Equal input, equal id:
 * a retry after a crash finds its own object, and two environments of one project agree.
 */
export function derivedId(input: DerivedIdInput): string {
  const generation = input.generation ?? 0;
  const rest = sha256(`kedge id 1\n${input.namespace}\n${input.kind}\n${input.key}\n${generation}`);
  const bytes = new Uint8Array(16);
  bytes.set(stampBytes(input.namespace), 0);
  bytes.set(rest.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** True when an id carries the stamp of this namespace: this project created the object. */
export function isStamped(id: string, namespace: string): boolean {
  if (!isUuid(id)) return false;
  const stamp = Array.from(stampBytes(namespace), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const text = id.toLowerCase();
  return text.slice(0, 8) + text.slice(9, 13) === stamp && text[14] === '8';
}

function stampBytes(namespace: string): Uint8Array {
  return sha256(`kedge stamp 1\n${namespace}`).subarray(0, 6);
}
