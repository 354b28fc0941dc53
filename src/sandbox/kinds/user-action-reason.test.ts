import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd8b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c48';
const path = `/api/user-action-reason/${id}`;
const required = { code: 'SPAM', text: 'Sends too much' };
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

async function create(fields: object = {}): Promise<any> {
  return (await call('POST', path, { userActionReason: { ...required, ...fields } })).json.userActionReason;
}

test('a reason of little is just that, and a PUT goes back to it', async () => {
  const { insertInstant, ...reason } = await create();
  expect(reason).toEqual({ id, ...required, lastUpdateInstant: insertInstant });
  await call('PATCH', path, { userActionReason: { localizedTexts: { de: 'Schickt zu viel' } } });
  const { json } = await call('PUT', path, { userActionReason: required });
  expect(json.userActionReason).not.toHaveProperty('localizedTexts');
  expect((await call('GET', '/api/user-action-reason')).json).toEqual({ userActionReasons: [json.userActionReason] });
});

test('the documented example comes back as it was sent', async () => {
  const userActionReason = {
    code: 'MUTINY',
    localizedTexts: { de: 'Meuterei', fr: 'Mutinerie' },
    text: 'Took over the ship',
  };
  expect(await create(userActionReason)).toMatchObject(userActionReason);
});

test('texts are merged by a PATCH, taken away by a merge-patch and set by a json-patch', async () => {
  await create({ localizedTexts: { de: 'Spam' } });
  const patched = await call('PATCH', path, { userActionReason: { localizedTexts: { fr: 'Pourriel' } } });
  expect(patched.json.userActionReason.localizedTexts).toEqual({ de: 'Spam', fr: 'Pourriel' });
  const merged = await call('PATCH', path, { userActionReason: { localizedTexts: { de: null } } }, merge);
  expect(merged.json.userActionReason.localizedTexts).toEqual({ fr: 'Pourriel' });
  const replace = [{ op: 'replace', path: '/userActionReason/code', value: 'JUNK' }];
  expect((await call('PATCH', path, replace, operations)).json.userActionReason.code).toBe('JUNK');
});

test('trap: code and texts are trimmed', async () => {
  const reason = await create({ code: ' SPAM ', text: ' Sends\t', localizedTexts: { de: ' a\r\nb ' } });
  expect(reason).toMatchObject({ code: 'SPAM', text: 'Sends', localizedTexts: { de: 'a\nb' } });
});

describe('a reason is refused', () => {
  test.each([
    [{ code: '' }, '[blank]userActionReason.code'],
    [{ text: null }, '[blank]userActionReason.text'],
    [{ code: 'a'.repeat(192) }, '[tooLong]userActionReason.code'],
    [{ localizedTexts: ['Spam'] }, '[invalidJSON]'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', path, { userActionReason: { ...required, ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test.each(['code', 'text'] as const)('with a %s that another one has', async (field) => {
    await create();
    const other = { code: 'JUNK', text: 'Unasked for', [field]: required[field] };
    const { json } = await call('POST', '/api/user-action-reason', { userActionReason: other });
    expect(Object.keys(json.fieldErrors)).toEqual([`userActionReason.${field}`]);
  });
});

test('is deleted for good', async () => {
  await create();
  expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', path)).status).toBe(404);
});
