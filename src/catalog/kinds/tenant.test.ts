import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { findBuiltIn } from '../../testing/find-built-in.js';
import { canonicalBody } from '../canonical-body.js';
import { tenant } from './tenant.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';

describe('tenant', () => {
  it('PUT names the webhooks it is linked to, or it would lose them (fusionauth-issues #2413)', async () => {
    const { client, calls } = fakeClient({
      retrieveWebhooks: {
        webhooks: [
          { id: 'linked', tenantIds: [TENANT] },
          { id: 'global', tenantIds: [TENANT], global: true },
          { id: 'elsewhere', tenantIds: [APP] },
          { id: 'nowhere' },
        ],
      },
      updateTenant: { tenant: { id: TENANT, name: 'Main' } },
    });
    await tenant.writes.update({ client, id: TENANT }, { name: 'Main' });
    expect(calls[1]).toEqual({
      method: 'updateTenant',
      args: [TENANT, { tenant: { name: 'Main' }, webhookIds: ['linked'] }],
    });
  });

  it('PUT is not sent when the webhooks cannot be read', async () => {
    const { client, calls } = fakeClient({
      retrieveWebhooks: new KedgeError({ code: 'live/timeout', message: 'slow' }),
    });
    await expect(tenant.writes.update({ client, id: TENANT }, {})).rejects.toThrow('slow');
    expect(calls.map((call) => call.method)).toEqual(['retrieveWebhooks']);
  });

  it('forgets verification settings while no address is verified, as the server does', () => {
    expect(
      canonicalBody(tenant, {
        emailConfiguration: { verifyEmail: false, verifyEmailWhenChanged: true, verificationEmailTemplateId: ID },
      }),
    ).toEqual({
      emailConfiguration: { verifyEmail: false, verifyEmailWhenChanged: false },
    });
    expect(
      canonicalBody(tenant, { emailConfiguration: { verifyEmail: false, verificationEmailTemplateId: ID } }),
    ).toEqual({ emailConfiguration: { verifyEmail: false } });
    const off = { emailConfiguration: { verifyEmail: false, verifyEmailWhenChanged: false } };
    expect(canonicalBody(tenant, off)).toBe(off);
    const kept = { emailConfiguration: { verifyEmail: true, verificationEmailTemplateId: ID } };
    expect(canonicalBody(tenant, kept)).toEqual(kept);
    expect(canonicalBody(tenant, { emailConfiguration: { verificationEmailTemplateId: ID } })).toEqual({
      emailConfiguration: { verificationEmailTemplateId: ID },
    });
  });

  it('asks no parent for an e-mail address where no child can register', () => {
    expect(
      canonicalBody(tenant, { familyConfiguration: { allowChildRegistrations: false, parentEmailRequired: true } }),
    ).toEqual({
      familyConfiguration: { allowChildRegistrations: false, parentEmailRequired: false },
    });
  });

  it('has its own connector for every domain, whatever was written', () => {
    const policies = [
      { connectorId: ID, domains: ['B.example', 'a.example'] },
      { connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['x'], migrate: true },
    ];
    expect(canonicalBody(tenant, { connectorPolicies: policies })).toEqual({
      connectorPolicies: [
        { connectorId: ID, domains: ['a.example', 'b.example'] },
        { connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['*'], migrate: false },
      ],
    });
  });

  it('is the Default one when it holds the FusionAuth application, whatever it is called', () => {
    const application = [{ id: '3c219e58-ed0e-4b18-ad48-f4f92793ae32', tenantId: TENANT }];
    expect(findBuiltIn(tenant, 'default-tenant', { application })).toBe(TENANT);
    expect(findBuiltIn(tenant, 'default-tenant', {})).toBeUndefined();
  });

  it('without any connector policy has that of its own connector', () => {
    expect(canonicalBody(tenant, { connectorPolicies: [] })).toEqual({
      connectorPolicies: [{ connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['*'], migrate: false }],
    });
  });

  it('has no transaction for an event that nobody can veto, and no events of the instance', () => {
    const all = { enabled: true, transactionType: 'AllWebhooksMustSucceed' };
    const events = {
      'kickstart.success': all,
      'user.create': all,
      'user.create.complete': all,
      'user.password.update': { enabled: true },
      'user.update.complete': null,
    };
    expect(canonicalBody(tenant, { eventConfiguration: { events } })).toEqual({
      eventConfiguration: {
        events: {
          'user.create': all,
          'user.create.complete': { enabled: true, transactionType: 'None' },
          'user.password.update': { enabled: true },
          'user.update.complete': null,
        },
      },
    });
  });

  it('PUT without the SMTP password is not known to keep it, and only the answer about one tenant has it', () => {
    expect(tenant.secrets.find((secret) => secret.path === 'emailConfiguration.password')).toMatchObject({
      readBack: 'get',
      onOmit: 'unknown',
      existsWith: 'emailConfiguration.username',
    });
  });
});
