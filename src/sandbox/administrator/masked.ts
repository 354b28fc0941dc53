import type { Kind } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';

/** UNVERIFIED but for `clientSecret`: which values are masked. Every field of these names is, wherever it stands. */
const secretNames: ReadonlySet<string> = new Set([
  'apiKey',
  'authToken',
  'authenticationKey',
  'clientSecret',
  'client_secret',
  'httpAuthenticationPassword',
  'password',
  'privateKey',
  'salt',
  'secret',
  'systemAccountPassword',
]);

/** What a masked value becomes: seen of `clientSecret` in a published database of a server after 1.49. */
const mask = '*****';

/** An object as the audit log has it, with its secrets masked (FusionAuth docs apis/audit-logs: since 1.49). */
export function maskedObject({ name }: Kind, object: Fields): Fields {
  const shown = masked(object);
  const isKey = name === 'apiKey' && object['key'] !== undefined;
  return { ...(isRecord(shown) ? shown : {}), ...(isKey ? { key: mask } : {}) };
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.has(name) && typeof item === 'string' ? mask : masked(item),
    ]),
  );
}
