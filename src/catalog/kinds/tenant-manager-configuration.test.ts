import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { tenantManagerConfiguration } from './tenant-manager-configuration.js';

const types = 'identityProviderTypeConfigurations';
const on = { enabled: true };
const off = { enabled: false };

async function updated(body: JsonObject, live?: JsonObject) {
  const { client, calls } = fakeClient({
    updateTenantManagerConfiguration: { tenantManagerConfiguration: { brandName: 'written' } },
    createTenantManagerIdentityProviderTypeConfiguration: undefined,
    updateTenantManagerIdentityProviderTypeConfiguration: undefined,
    deleteTenantManagerIdentityProviderTypeConfiguration: undefined,
    retrieveTenantManagerConfiguration: { tenantManagerConfiguration: { brandName: 'read again' } },
  });
  const target = { client, id: 'tenantManagerConfiguration', ...(live && { live }) };
  const made = await tenantManagerConfiguration.writes.update(target, body);
  return { made, calls: calls.map(({ method, args }) => [method, ...args]) };
}

describe('the types of identity providers in the Tenant Manager', () => {
  it('are written after the rest, each by itself: what is new, what differs, what is gone, and nothing that is as it was', async () => {
    const { made, calls } = await updated(
      { brandName: 'Harbour', [types]: { Google: on, SAMLv2: on, Xbox: off } },
      { [types]: { SAMLv2: off, Twitch: on, Xbox: off } },
    );
    expect(calls).toEqual([
      ['updateTenantManagerConfiguration', { tenantManagerConfiguration: { brandName: 'Harbour' } }],
      ['createTenantManagerIdentityProviderTypeConfiguration', 'Google', { typeConfiguration: on }],
      ['updateTenantManagerIdentityProviderTypeConfiguration', 'SAMLv2', { typeConfiguration: on }],
      ['deleteTenantManagerIdentityProviderTypeConfiguration', 'Twitch'],
      ['retrieveTenantManagerConfiguration'],
    ]);
    expect(made).toEqual({ id: 'tenantManagerConfiguration', brandName: 'read again' });
  });

  it('are all made where the instance has none', async () => {
    const { calls } = await updated({ [types]: { Google: on } }, {});
    expect(calls.map(([method]) => method)).toEqual([
      'updateTenantManagerConfiguration',
      'createTenantManagerIdentityProviderTypeConfiguration',
      'retrieveTenantManagerConfiguration',
    ]);
  });

  it('that nobody wrote, or that stand as written, take no request', async () => {
    const made = { id: 'tenantManagerConfiguration', brandName: 'written' };
    const none = await updated({ brandName: 'Harbour' }, { [types]: { Google: on } });
    expect([none.made, none.calls.length]).toEqual([made, 1]);
    const same = await updated({ [types]: { Google: on } }, { [types]: { Google: on } });
    expect([same.made, same.calls.length]).toEqual([made, 1]);
  });
});
