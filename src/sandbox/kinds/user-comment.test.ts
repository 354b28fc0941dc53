import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox, type HttpAnswer } from '../testing/http.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const { call } = useSandbox({ clock: () => (clock.now += 1) });
const path = '/api/user/comment';
const [admin, crew] = ['00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000003'];
const comment = 'Not sure if this user is violating any rules or not.';

const write = (text: unknown): Promise<HttpAnswer> =>
  call('POST', path, { userComment: { comment: text, commenterId: admin, userId: crew } });

beforeEach(async () => {
  await call('POST', `/api/user/${admin}`, { user: { email: 'admin@acme.com' } });
  await call('POST', `/api/user/${crew}`, { user: { email: 'crew@acme.com' } });
});

test('a comment comes back as documented, with all others of its user', async () => {
  const { status, json } = await write(` ${comment} `);
  expect(status).toBe(200);
  const expected = {
    comment,
    commenterId: admin,
    id: expect.any(String),
    insertInstant: expect.any(Number),
    userId: crew,
  };
  expect(json).toEqual({ userComment: expected });
  expect((await call('GET', `${path}/${crew}`)).json).toEqual({ userComments: [json.userComment] });
  expect((await call('GET', `${path}/${admin}`)).json).toEqual({ userComments: [] });
  expect((await call('GET', `${path}/${json.userComment.id}`)).status).toBe(404);
});

test.each([
  [{}, '[missing]userComment'],
  [{ userComment: { commenterId: admin, userId: crew } }, '[blank]userComment.comment'],
  [{ userComment: { comment, userId: crew } }, '[missing]userComment.commenterId'],
  [
    { userComment: { comment, commenterId: admin, userId: '1eadeb7a-f5e6-4ac5-b98d-a6bfa1d0e5a1' } },
    '[invalid]userComment.userId',
  ],
])('a comment like %j is refused with %s', async (body, code) => {
  expect((await call('POST', path, body)).text).toContain(code);
});

describe('comments are searched for', () => {
  beforeEach(async () => {
    await write('late for duty');
    await write('was friendly');
  });

  test.each([
    [{}, ['was friendly', 'late for duty']],
    [{ comment: 'LATE' }, ['late for duty']],
    [{ comment: '*friendly' }, ['was friendly']],
    [{ commenterId: crew }, []],
    [{ userId: crew, orderBy: 'comment ASC', numberOfResults: 1 }, ['late for duty']],
  ])('by %j', async (search, expected) => {
    const { json } = await call('POST', `${path}/search`, { search });
    expect(json.userComments.map((found: { comment: string }) => found.comment)).toEqual(expected);
    expect(json.userComments[0] ?? {}).not.toHaveProperty('tenantId');
  });

  test('and go with their user', async () => {
    await call('DELETE', `/api/user/${crew}?hardDelete=true`);
    expect((await call('GET', `${path}/search`)).json).toEqual({ userComments: [], total: 0 });
  });
});
