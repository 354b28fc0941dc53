import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields } from '../store.js';
import { identityIn, usersKnownAs } from './identities.js';

/**
 * The unique form of a user name, in a tenant that lets several users have the same one: the name itself, or with a number
 * behind it. Undefined where names are unique anyway. Source: FusionAuth docs apis/tenants, `usernameConfiguration.unique`.
 */
export function uniqueUsername(
  user: Fields,
  previous: Fields | undefined,
  { tenant, instance }: { readonly tenant: Fields; readonly instance: Instance },
): string | undefined {
  const { username } = user;
  if (typeof username !== 'string' || valueAt(tenant, 'usernameConfiguration.unique.enabled') !== true)
    return undefined;
  const before = previous?.['uniqueUsername'];
  if (typeof before === 'string' && previous?.['username'] === username) return before;
  const isFree = (value: string): boolean =>
    usersKnownAs(instance, String(user['tenantId']), { type: 'username', value }).every(
      (other) => other.id === user['id'] || identityIn(other, 'username') === undefined,
    );
  const always = valueAt(tenant, 'usernameConfiguration.unique.strategy') === 'Always';
  if (!always && isFree(username)) return username;
  const digits = Number(valueAt(tenant, 'usernameConfiguration.unique.numberOfDigits') ?? 5);
  const separator = valueAt(tenant, 'usernameConfiguration.unique.separator');
  for (;;) {
    const number = instance.random(digits).reduce((text, byte) => text + String(byte % 10), '');
    const value = `${username}${typeof separator === 'string' ? separator : '#'}${number}`;
    if (isFree(value)) return value;
  }
}
