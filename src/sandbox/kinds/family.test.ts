import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox, type HttpAnswer } from '../testing/http.js';

const { call } = useSandbox();
const path = '/api/user/family';
const familyId = '1eadeb7a-f5e6-4ac5-b98d-a6bfa1d0e5a1';
const [mother, father, child] = [1, 2, 3].map((at) => `00000000-0000-0000-0000-00000000000${at}`);

const codes = ({ json }: HttpAnswer): readonly string[] =>
  Object.values<{ code: string }[]>(json?.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code));
const add = (userId: string | undefined, role: string, beside: object = {}): Promise<HttpAnswer> =>
  call('PUT', `${path}/${familyId}`, { familyMember: { userId, role, ...beside } });

beforeEach(async () => {
  await call('POST', `/api/user/${mother}`, { user: { email: 'mother@acme.com' } });
  await call('POST', `/api/user/${father}`, { user: { email: 'father@acme.com' } });
  await call('POST', `/api/user/${child}`, { user: { email: 'child@acme.com', parentEmail: 'Mother@acme.com' } });
});

describe('a family', () => {
  beforeEach(async () => {
    await call('POST', `${path}/${familyId}`, { familyMember: { userId: mother, role: 'Adult' } });
  });

  test('comes to be with an adult, who owns it', async () => {
    const { json } = await call('GET', `${path}/${familyId}`);
    expect(json).toEqual({
      family: {
        id: familyId,
        insertInstant: expect.any(Number),
        lastUpdateInstant: json.family.insertInstant,
        members: [
          {
            insertInstant: json.family.insertInstant,
            lastUpdateInstant: json.family.insertInstant,
            owner: true,
            role: 'Adult',
            userId: mother,
          },
        ],
      },
    });
  });

  test('takes further members, and is found by each', async () => {
    await add(child, 'Child', { owner: true });
    const { json } = await add(father, 'Adult');
    expect(json.family.members).toMatchObject([
      { userId: mother, owner: true },
      { userId: child, owner: false, role: 'Child' },
      { userId: father, owner: false },
    ]);
    const found = await call('GET', `${path}?userId=${child}`);
    expect(found.json).toEqual({ families: [json.family] });
    expect((await add(child, 'Teen')).json.family.members[1]).toMatchObject({ userId: child, role: 'Teen' });
  });

  test('claims a child, who waits for a parent no longer', async () => {
    const waiting = (await call('GET', `${path}/pending?parentEmail=mother@acme.com`)).json.users;
    expect(waiting).toMatchObject([{ id: child, parentEmail: 'mother@acme.com' }]);
    await add(child, 'Child');
    expect((await call('GET', `${path}/pending?parentEmail=mother@acme.com`)).json.users).toEqual([]);
    expect((await call('GET', `/api/user/${child}`)).json.user).not.toHaveProperty('parentEmail');
  });

  test('loses members, and is gone with the last one', async () => {
    await add(father, 'Adult');
    expect(await call('DELETE', `${path}/${familyId}/${father}`)).toMatchObject({ status: 200, text: '' });
    expect((await call('DELETE', `${path}/${familyId}/${father}`)).status).toBe(404);
    await call('DELETE', `/api/user/${mother}?hardDelete=true`);
    expect((await call('GET', `${path}/${familyId}`)).status).toBe(404);
  });

  test('does not share its adults with another one', async () => {
    const answer = await call('POST', path, { familyMember: { userId: mother, role: 'Adult' } });
    expect(codes(answer)).toEqual(['[duplicate]familyMember.userId']);
    expect(codes(await call('POST', `${path}/${familyId}`, {}))).toEqual(['[duplicate]familyId']);
  });

  test('is not seen from another tenant', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const other = { tenantId: json.tenant.id };
    expect((await call('GET', `${path}/${familyId}`, undefined, other)).status).toBe(404);
    expect((await call('GET', `${path}?userId=${mother}`, undefined, other)).status).toBe(404);
  });
});

test.each([
  [{}, ['[missing]familyMember']],
  [{ familyMember: {} }, ['[missing]familyMember.userId', '[missing]familyMember.role']],
  [{ familyMember: { userId: familyId, role: 'Adult' } }, ['[invalid]familyMember.userId']],
  [{ familyMember: { userId: child, role: 'Child' } }, ['[invalid]familyMember.role']],
  [{ familyMember: { userId: child, role: 'Uncle' } }, ['[invalidJSON]']],
])('a family is not begun with %j: %j', async (body, expected) => {
  expect(codes(await call('POST', path, body))).toEqual(expected);
});

test.each([
  [{ parentEmail: 'mother@acme.com' }, 200],
  [{}, 400],
])('a message to a parent is asked for with %j, answered %d', async (body, status) => {
  expect((await call('POST', `${path}/request`, body)).status).toBe(status);
});
