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

  it('for all tenants needs no list of them, and is pulled without one', () => {
    const both = { global: true, tenantIds: [TENANT] };
    expect(webhook.withoutEffect?.(both)).toMatchObject([{ field: 'tenantIds' }]);
    expect(webhook.written?.(both)).toEqual({ global: true });
    for (const body of [{ global: true }, { global: true, tenantIds: [] }, { tenantIds: [TENANT] }]) {
      expect(webhook.withoutEffect?.(body)).toEqual([]);
      expect(webhook.written?.(body)).toBe(body);
    }
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
