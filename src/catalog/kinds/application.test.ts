import { describe, expect, it } from 'vitest';
import { fakeClient } from '../../testing/fake-client.js';
import { findBuiltIn } from '../../testing/find-built-in.js';
import { canonicalBody } from '../canonical-body.js';
import { application } from './application.js';

const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';

describe('application', () => {
  it('PUT says nothing of roles and scopes: they have their own APIs', async () => {
    const { client, calls } = fakeClient({ updateApplication: { application: { id: APP } } });
    await application.writes.update({ client, id: APP }, { name: 'Web', roles: [], scopes: [] });
    expect(calls[0]?.args).toEqual([APP, { application: { name: 'Web' } }]);
  });

  it('list is the active and the inactive ones', async () => {
    const { client } = fakeClient({
      retrieveApplications: { applications: [{ id: '1' }] },
      retrieveInactiveApplications: { applications: [{ id: '2', active: false }] },
    });
    expect(await application.reads.list(client)).toHaveLength(2);
  });

  it('delete deactivates, and reactivate also works where the server answers nothing', async () => {
    const { client, calls } = fakeClient({
      deactivateApplication: undefined,
      reactivateApplication: undefined,
      retrieveApplication: { application: { id: APP, active: true } },
    });
    await application.writes.delete({ client, id: APP });
    expect(await application.writes.reactivate?.({ client, id: APP })).toEqual({ id: APP, active: true });
    expect(calls.map((call) => call.method)).toEqual([
      'deactivateApplication',
      'reactivateApplication',
      'retrieveApplication',
    ]);
    const told = fakeClient({ reactivateApplication: { application: { id: APP } } });
    expect(await application.writes.reactivate?.({ client: told.client, id: APP })).toEqual({ id: APP });
  });

  it('without a login policy has no trust policy, and without blank URLs', () => {
    expect(canonicalBody(application, { multiFactorConfiguration: { loginPolicy: null, trustPolicy: 'Any' } })).toEqual(
      {
        multiFactorConfiguration: { loginPolicy: null },
      },
    );
    const policy = { multiFactorConfiguration: { loginPolicy: 'Required', trustPolicy: 'Any' } };
    expect(canonicalBody(application, policy)).toEqual(policy);
    expect(
      canonicalBody(application, { oauthConfiguration: { authorizedRedirectURLs: ['https://b', ' ', 'https://a'] } }),
    ).toEqual({
      oauthConfiguration: { authorizedRedirectURLs: ['https://a', 'https://b'] },
    });
  });

  it('Tenant Manager is the one that holds its admin role', () => {
    const role = [{ id: '631ecd9d-8d40-4c13-8277-80cedb823714', parentId: APP }];
    expect(findBuiltIn(application, 'tenant-manager', { role })).toBe(APP);
    expect(findBuiltIn(application, 'tenant-manager', {})).toBeUndefined();
  });

  it('PUT sends no SAML callback URL: the server would add a removed redirect URL again', async () => {
    const { client, calls } = fakeClient({ updateApplication: { application: { id: APP } } });
    const samlv2Configuration = {
      authorizedRedirectURLs: ['https://new'],
      callbackURL: 'https://old',
      defaultVerificationKeyId: ID,
      logout: { defaultVerificationKeyId: ID, verificationKeyIds: [ID] },
    };
    const oauthConfiguration = { clientAuthenticationPolicy: 'NotRequired', requireClientAuthentication: true };
    await application.writes.update({ client, id: APP }, { samlv2Configuration, oauthConfiguration });
    expect(calls[0]?.args[1]).toEqual({
      application: {
        oauthConfiguration: { clientAuthenticationPolicy: 'NotRequired' },
        samlv2Configuration: {
          authorizedRedirectURLs: ['https://new'],
          // A server before 1.69 has no list to take its place.
          defaultVerificationKeyId: ID,
          logout: { verificationKeyIds: [ID] },
        },
      },
    });
  });

  it('of FusionAuth itself has roles that nobody can change', () => {
    expect(application.builtIns.find((one) => one.name === 'fusionauth-app')?.fixedChildren).toEqual(['role']);
  });

  it('of SAML keeps the order of its redirect URLs, and of OAuth does not', () => {
    const urls = ['https://b', 'https://a'];
    expect(canonicalBody(application, { samlv2Configuration: { authorizedRedirectURLs: urls } })).toEqual({
      samlv2Configuration: { authorizedRedirectURLs: urls },
    });
    expect(canonicalBody(application, { oauthConfiguration: { authorizedRedirectURLs: urls } })).toEqual({
      oauthConfiguration: { authorizedRedirectURLs: ['https://a', 'https://b'] },
    });
  });
});
