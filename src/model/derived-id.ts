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
  const bytes = rest.slice(0, 10);
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x80;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const stamp = stampOf(input.namespace);
  const hex = hexOf(bytes);
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}

/** True when an id carries the stamp of this namespace: this project created the object. */
export function isStamped(id: string, namespace: string): boolean {
  if (!isUuid(id)) return false;
  const text = id.toLowerCase();
  return text.slice(0, 8) + text.slice(9, 13) === stampOf(namespace) && text[14] === '8';
}

const stamps = new Map<string, string>();

/** Hashed once per namespace: a project has one, and asks for it with every id. */
function stampOf(namespace: string): string {
  let stamp = stamps.get(namespace);
  if (stamp === undefined) {
    stamp = hexOf(sha256(`kedge stamp 1\n${namespace}`).subarray(0, 6));
    stamps.set(namespace, stamp);
  }
  return stamp;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
