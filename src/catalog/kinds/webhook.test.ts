import { describe, expect, it } from 'vitest';
import { Secret } from '../../model/index.js';
import { canonicalBody } from '../canonical-body.js';
import { webhook } from './webhook.js';

const TENANT = '11111111-1111-4111-8111-111111111111';

describe('webhook', () => {
  it('locks the tenants it is linked to: their PUT writes the same link', () => {
    expect(webhook.alsoLocks?.({ tenantIds: [TENANT] })).toEqual([`tenant:${TENANT}`]);
    expect(webhook.alsoLocks?.({})).toEqual([]);
  });

  it('has trimmed headers and credentials, and its tenants as a set; a secret is left alone', () => {
    const password = new Secret('env:SINK_PASSWORD', ' spaced ');
    const body = {
      headers: { Authorization: ' Bearer x ' },
      httpAuthenticationUsername: ' kedge ',
      // A sealed value stands where the server's has text.
      httpAuthenticationPassword: password as never,
      tenantIds: ['b', 'a', 'b'],
    };
    expect(canonicalBody(webhook, body)).toEqual({
      headers: { Authorization: 'Bearer x' },
      httpAuthenticationUsername: 'kedge',
      httpAuthenticationPassword: password,
      tenantIds: ['a', 'b'],
    });
  });
});
