import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { JsonObject } from '../model/index.js';
import { requestsOfCreate, requestsOfUpdate, type Wanted } from './requests-of-change.js';

const ID = '33333333-3333-4333-8333-333333333333';
const PARENT = '22222222-2222-4222-8222-222222222222';
const OTHER = '44444444-4444-4444-8444-444444444444';
const mergePatch = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';

function wantedOf(kind: string, body: JsonObject, more: Partial<Wanted> = {}): Wanted {
  return { kind: catalog.kind(kind), id: ID, body, ...more };
}

function created(kind: string, body: JsonObject, more: Partial<Wanted> = {}) {
  return requestsOfCreate(wantedOf(kind, body, more), new Set());
}

describe('an object that is made', () => {
  it.each([
    ['generate', { name: 'Access', algorithm: 'RS256' }],
    ['import', { name: 'Partner', publicKey: 'PEM' }],
    ['import', { name: 'Partner', certificate: 'PEM' }],
    ['import', { name: 'Partner', privateKey: 'PEM' }],
    ['import', { name: 'Hook', secret: 'hush' }],
  ])('and is a key goes to key/%s: %j', (step, body) => {
    expect(created('key', body)).toEqual({
      now: [{ method: 'POST', path: ['key', step, ID], body: { key: body } }],
      later: [],
    });
  });

  it('and is a theme is a copy that has a name, with the rest laid over it', () => {
    const path = ['theme', ID];
    expect(created('theme', { name: 'Brand', stylesheet: 'body {}' }).now).toEqual([
      {
        method: 'POST',
        path,
        body: { sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987', theme: { name: 'Brand' } },
      },
      { method: 'PATCH', path, contentType: mergePatch, body: { theme: { stylesheet: 'body {}' } } },
    ]);
  });

  it('and is a simple theme of which only the name is written is one copy of the simple theme', () => {
    expect(created('theme', { name: 'Plain', type: 'simple' }).now).toEqual([
      {
        method: 'POST',
        path: ['theme', ID],
        body: { sourceThemeId: '3c717291-5d83-4014-bd51-97c76475dc86', theme: { name: 'Plain' } },
      },
    ]);
  });

  it('and lies in another stands below it, and names the tenant that both are in', () => {
    expect(created('role', { name: 'admin' }, { parentId: PARENT, tenantId: OTHER }).now).toEqual([
      {
        method: 'POST',
        path: ['application', PARENT, 'role', ID],
        tenantId: OTHER,
        body: { role: { name: 'admin' } },
      },
    ]);
  });

  it('and is a group has its roles beside it, where it has any', () => {
    expect(created('group', { name: 'Crew', roleIds: [OTHER] }).now[0]?.body).toEqual({
      group: { name: 'Crew' },
      roleIds: [OTHER],
    });
    expect(created('group', { name: 'Crew' }).now[0]?.body).toEqual({ group: { name: 'Crew' } });
  });

  it('and is an entity is granted to others when everything is there', () => {
    const grant = { recipientEntityId: OTHER, permissions: ['read'] };
    expect(created('entity', { name: 'Radar', grants: [grant] }, { tenantId: PARENT })).toEqual({
      now: [{ method: 'POST', path: ['entity', ID], tenantId: PARENT, body: { entity: { name: 'Radar' } } }],
      later: [{ method: 'POST', path: ['entity', ID, 'grant'], tenantId: PARENT, body: { grant } }],
    });
  });
});

describe('references to what is not there yet', () => {
  it('are left out of the POST, and patched in with the list they stand in', () => {
    const application = {
      name: 'Web',
      formConfiguration: { selfServiceFormId: OTHER, adminRegistrationFormId: PARENT },
      jwtConfiguration: { enabled: true, accessTokenKeyId: OTHER },
    };
    expect(requestsOfCreate(wantedOf('application', application), new Set([OTHER]))).toEqual({
      now: [
        {
          method: 'POST',
          path: ['application', ID],
          body: {
            application: {
              name: 'Web',
              formConfiguration: { adminRegistrationFormId: PARENT },
              jwtConfiguration: { enabled: true },
            },
          },
        },
      ],
      later: [
        {
          method: 'PATCH',
          path: ['application', ID],
          contentType: mergePatch,
          body: {
            application: {
              formConfiguration: { selfServiceFormId: OTHER },
              jwtConfiguration: { accessTokenKeyId: OTHER },
            },
          },
        },
      ],
    });
  });

  it('that stand in a list are patched in with the whole list: a merge patch knows no items', () => {
    const steps = [{ fields: [OTHER, PARENT] }, { fields: [PARENT] }];
    const { now, later } = requestsOfCreate(wantedOf('form', { name: 'Sign up', steps }), new Set([OTHER]));
    expect(now[0]?.body).toEqual({ form: { name: 'Sign up', steps: [{ fields: [PARENT] }, { fields: [PARENT] }] } });
    expect(later.map(({ body }) => body)).toEqual([{ form: { steps } }]);
  });

  it('need no second request where there are none', () => {
    expect(requestsOfCreate(wantedOf('form', { name: 'Sign up' }), new Set([OTHER])).later).toEqual([]);
  });
});

describe('an object that every install has', () => {
  it('and is a key is renamed by a PUT, for there is no PATCH', () => {
    expect(requestsOfUpdate(wantedOf('key', { name: 'Signing' }))).toEqual({
      now: [{ method: 'PUT', path: ['key', ID], body: { key: { name: 'Signing' } } }],
      later: [],
    });
  });

  it('and of which nothing is written takes no request', () => {
    expect(requestsOfUpdate(wantedOf('tenant', {}))).toEqual({ now: [], later: [] });
    expect(requestsOfUpdate(wantedOf('application', {}))).toEqual({ now: [], later: [] });
  });

  it('and is the Default tenant takes a list alone where nothing else is written', () => {
    expect(requestsOfUpdate(wantedOf('tenant', { connectorPolicies: [] })).now).toEqual([
      {
        method: 'PATCH',
        path: ['tenant', ID],
        contentType: jsonPatch,
        body: [{ op: 'add', path: '/tenant/connectorPolicies', value: [] }],
      },
    ]);
  });

  it('and is alone of its kind has no id in its path', () => {
    expect(requestsOfUpdate(wantedOf('integrations', { kafka: { enabled: false } })).now).toEqual([
      {
        method: 'PATCH',
        path: ['integration'],
        contentType: mergePatch,
        body: { integrations: { kafka: { enabled: false } } },
      },
    ]);
  });

  it('and is the Tenant Manager gets each type of identity provider by a request of its own, at the end', () => {
    const SAMLv2 = { enabled: true };
    const body = { brandName: 'Harbour', identityProviderTypeConfigurations: { SAMLv2 } };
    expect(requestsOfUpdate(wantedOf('tenantManagerConfiguration', body))).toEqual({
      now: [
        {
          method: 'PATCH',
          path: ['tenant-manager'],
          contentType: mergePatch,
          body: { tenantManagerConfiguration: { brandName: 'Harbour' } },
        },
      ],
      later: [
        {
          method: 'POST',
          path: ['tenant-manager', 'identity-provider', 'SAMLv2'],
          body: { typeConfiguration: SAMLv2 },
        },
      ],
    });
  });
});
