import type { Kind } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';
import type { Switches } from '../switches.js';

/** Every field of these names is masked, wherever it stands; of all but `clientSecret` UNVERIFIED (switch maskedInAuditLog). */
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

const surelySecret: ReadonlySet<string> = new Set(['clientSecret']);

/** What a masked value becomes: seen of `clientSecret` in a published database of a server after 1.49. */
const mask = '*****';

/** An object as the audit log has it, with its secrets masked (FusionAuth docs apis/audit-logs: since 1.49). */
export function maskedObject({ name }: Kind, object: Fields, { maskedInAuditLog }: Switches): Fields {
  const all = maskedInAuditLog === 'secrets';
  const shown = masked(object, all ? secretNames : surelySecret);
  const isKey = all && name === 'apiKey' && object['key'] !== undefined;
  return { ...(isRecord(shown) ? shown : {}), ...(isKey ? { key: mask } : {}) };
}

function masked(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      names.has(name) && typeof item === 'string' ? mask : masked(item, names),
    ]),
  );
}
