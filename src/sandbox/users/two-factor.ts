import { createHash } from 'node:crypto';

import type { Problem } from '../errors.js';
import { isBlank, isRecord } from '../kinds/normal-text.js';
import type { Instance } from '../kind.js';
import type { Fields } from '../store.js';
import { recordsIn } from './normal-user.js';

/** What each kind of method does not have. Source: `TwoFactorMethod.normalize()` of fusionauth-java-client. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  authenticator: ['email', 'mobilePhone'],
  email: ['mobilePhone', 'secret'],
  sms: ['email', 'secret'],
};

/** "This will always be": FusionAuth docs apis/users, `twoFactor.methods[x].authenticator`. */
const authenticator = { algorithm: 'HmacSHA1', codeLength: 6, timeStep: 30 } as const;

const idLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * A user's second factors as they are kept. A method that comes back with its id and without its secret, as an answer
 * showed it, keeps the secret it had; recovery codes are kept as digests (FusionAuth docs apis/users, import: since 1.68).
 * That a PUT without `twoFactor` takes all methods away follows from the general rule of PUT.
 */
export function normalTwoFactor(twoFactor: unknown, previous: unknown, instance: Pick<Instance, 'random'>): Fields {
  const before = recordsIn(isRecord(previous) ? previous['methods'] : undefined);
  const methods = recordsIn(isRecord(twoFactor) ? twoFactor['methods'] : undefined).map((method) =>
    normalMethod(method, before, instance),
  );
  if (methods.length === 0) return {};
  const sent = isRecord(twoFactor) ? twoFactor['recoveryCodes'] : undefined;
  const codes: readonly unknown[] = Array.isArray(sent) ? (sent as readonly unknown[]) : [];
  const kept: unknown = isRecord(previous) ? previous['recoveryCodes'] : undefined;
  const recoveryCodes = codes.length === 0 ? kept : codes.map((code) => digestOf(String(code)));
  return { methods, ...(recoveryCodes === undefined ? {} : { recoveryCodes }) };
}

/**
 * What answers and events show: no secrets, and the recovery codes as an empty list. Both lists are always there, also
 * for a user without any. Source: `UserTwoFactorConfiguration` of fusionauth-java-client, its initialisers and `secure()`.
 */
export function twoFactorView(twoFactor: unknown): Fields {
  const methods = recordsIn(isRecord(twoFactor) ? twoFactor['methods'] : undefined);
  return { methods: methods.map(({ secret: _secret, ...method }) => method), recoveryCodes: [] };
}

export function twoFactorProblems(twoFactor: unknown): readonly Problem[] {
  return recordsIn(isRecord(twoFactor) ? twoFactor['methods'] : undefined).flatMap((method, at): readonly Problem[] => {
    const field = `twoFactor.methods[${at}]`;
    const name = String(method['method']);
    if (foreign[name] === undefined) {
      const message = 'The method must be authenticator, email or sms.';
      return [{ field: `${field}.method`, kind: isBlank(method['method']) ? 'blank' : 'invalid', message }];
    }
    const needed = { authenticator: 'secret', email: 'email', sms: 'mobilePhone' }[name] ?? 'method';
    if (!isBlank(method[needed])) return [];
    return [{ field: `${field}.${needed}`, kind: 'blank', message: `The ${needed} of an ${name} method is required.` }];
  });
}

function normalMethod(method: Fields, before: readonly Fields[], { random }: Pick<Instance, 'random'>): Fields {
  const name = String(method['method']);
  const own = Object.fromEntries(Object.entries(method).filter(([field]) => foreign[name]?.includes(field) !== true));
  const same = before.find(({ id }) => id !== undefined && id === method['id']);
  return {
    ...own,
    id: same?.['id'] ?? [...random(4)].map((byte) => idLetters.charAt(byte % idLetters.length)).join(''),
    ...(name === 'authenticator' ? { authenticator, secret: method['secret'] ?? same?.['secret'] } : {}),
  };
}

function digestOf(code: string): string {
  return /^[\w+/]{43}=$/.test(code) ? code : createHash('sha256').update(code).digest('base64');
}
