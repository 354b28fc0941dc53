import { randomUUID } from 'node:crypto';

import type { Instance } from '../probe.js';

/** The fewest fields of some kinds, for probes that need one. FusionAuth docs apis, request bodies. */
export const timeouts = { connectTimeout: 1000, readTimeout: 1000 };

export function mail(name: string): object {
  return { name, defaultSubject: 'Hello', defaultHtmlTemplate: '<p>Hello</p>', defaultTextTemplate: 'Hello' };
}

export function openId(name: string): { readonly type: string } & Record<string, unknown> {
  return {
    type: 'OpenIDConnect',
    name,
    buttonText: 'Log in',
    oauth2: { client_id: 'kedge', client_secret: 'a secret', issuer: 'https://issuer.acme.test' },
  };
}

export const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';

/** One of two words, or the status where it is neither of two. */
export function byStatus(status: number, words: Readonly<Record<number, string>>): string {
  return words[status] ?? `status ${status}`;
}

/** A user of the default tenant, with an address that nobody else has. */
export async function makeUser({ make, world }: Instance, fields: object = {}): Promise<any> {
  const user = { email: `crew-${randomUUID()}@acme.test`, password: userPassword, ...fields };
  return make('/api/user', { user }, { tenantId: world['defaultTenantId'] });
}

export const userPassword = 'a password of a probe';
