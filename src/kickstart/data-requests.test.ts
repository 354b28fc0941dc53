import { describe, expect, it } from 'vitest';
import { dataRequest } from './data-requests.js';
import type { ImportedRequest } from './imported-request.js';

const crew = '6f2c1f4e-2a8d-4b0a-9d6c-0a4f0d1f7c11';
const at = { file: 'kickstart.json', line: 4, col: 5 };

function listed(request: Partial<ImportedRequest>) {
  const node = { at, pointer: '/requests/1', value: null };
  return dataRequest(
    {
      node,
      method: 'POST',
      steps: ['user'],
      tenantId: undefined,
      contentType: undefined,
      body: {},
      strangers: [],
      ...request,
    },
    (text) => (text === 'hush' ? undefined : text),
  );
}

describe('a request about people', () => {
  it('says who it is about, and names what it does not say', () => {
    const { body, leftOut, from } = listed({
      body: {
        user: {
          email: 'crew@harbour.example',
          password: 'secret-1',
          salt: 'secret-2',
          factor: 24_000,
          birthDate: '1976-05-30',
          data: { name: 'secret-3' },
          twoFactor: {
            methods: [{ method: 'authenticator', secret: 'secret-4', email: 'crew@harbour.example' }],
            recoveryCodes: ['secret-5'],
          },
          memberships: [],
        },
        registration: {
          applicationId: crew,
          roles: ['admin'],
          tokens: { id: 'secret-6' },
          verified: true,
          username: null,
        },
        skipVerification: true,
      },
    });
    expect(from).toBe('kickstart.json:4:5 /requests/1');
    expect(body).toEqual({
      user: {
        email: 'crew@harbour.example',
        twoFactor: { methods: [{ email: 'crew@harbour.example' }] },
        memberships: [],
      },
      registration: { applicationId: crew, roles: ['admin'], verified: true },
      skipVerification: true,
    });
    expect(leftOut).toEqual([
      '/user/password',
      '/user/salt',
      '/user/factor',
      '/user/birthDate',
      '/user/data',
      '/user/twoFactor/methods/0/method',
      '/user/twoFactor/methods/0/secret',
      '/user/twoFactor/recoveryCodes/0',
      '/registration/tokens',
    ]);
  });

  it('shows members by the id of their group, and no key that is neither a word nor an id', () => {
    const { body, leftOut } = listed({
      steps: ['group', 'member'],
      body: { members: { [crew]: [{ userId: crew }], 'secret-7!': [{ userId: crew }] } },
    });
    expect(body).toEqual({ members: { [crew]: [{ userId: crew }] } });
    expect(leftOut).toEqual(['/members']);
  });

  it.each([
    [['user', crew], `/api/user/${crew}`],
    [['user', 'change-password', 'Zk3x-hush_9'], '/api/user/change-password/…'],
    [['group', 'member'], '/api/group/member'],
  ])('of the path %j tells words and ids', (steps, url) => {
    expect(listed({ steps }).url).toBe(url);
  });

  it('shows nothing that must not be shown', () => {
    expect(listed({ tenantId: 'hush', body: { user: { email: 'hush' } } })).toEqual({
      from: 'kickstart.json:4:5 /requests/1',
      method: 'POST',
      url: '/api/user',
      body: {},
      leftOut: ['/user/email'],
    });
    expect(listed({ tenantId: crew, body: 'text' })).toMatchObject({ tenantId: crew, body: {}, leftOut: [''] });
  });
});
