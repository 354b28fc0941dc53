import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd2b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c42';
const consentId = 'd3b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c43';
const path = `/api/form/field/${id}`;
const required = { name: 'Ship', key: 'user.data.ship' };
const defaults = {
  confirm: false,
  control: 'text',
  data: {},
  options: [],
  required: false,
  type: 'string',
  validator: { enabled: false },
};
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

async function create(fields: object): Promise<any> {
  const { json } = await call('POST', path, { field: { ...required, ...fields } });
  expect(json.fieldErrors).toBeUndefined();
  return json.field;
}

test('a field of little has the documented defaults, and a PUT goes back to them', async () => {
  const { insertInstant, ...field } = await create({});
  expect(field).toEqual({ id, ...required, ...defaults, lastUpdateInstant: insertInstant });
  await call('PATCH', path, { field: { required: true, description: 'Which one', options: ['Enterprise'] } });
  const { json } = await call('PUT', path, { field: { name: 'Ship' } });
  expect(json.field).toEqual({ ...field, insertInstant, lastUpdateInstant: json.field.lastUpdateInstant });
});

test('the documented examples come back as they were sent', async () => {
  const field = {
    confirm: true,
    data: { leftAddOn: 'rocket' },
    description: 'What to call you',
    key: 'user.firstName',
    name: 'First name, confirmed',
    required: true,
  };
  expect((await call('POST', path, { field })).json.field).toMatchObject({ ...field, control: 'text', type: 'string' });
  const changed = {
    data: { leftAddOn: 'star' },
    description: 'Only your first name',
    name: 'Your first name',
    required: false,
  };
  expect((await call('PUT', path, { field: changed })).json.field).toMatchObject({
    ...changed,
    key: 'user.firstName',
    confirm: false,
  });
});

describe('a PATCH', () => {
  beforeEach(() => create({ control: 'radio', options: ['A'], data: { leftAddon: 'info' } }));

  test('trap: appends to the options', async () => {
    const { json } = await call('PATCH', path, { field: { options: ['B'] } });
    expect(json.field).toMatchObject({ options: ['A', 'B'], control: 'radio', data: { leftAddon: 'info' } });
  });

  test('replaces them as a merge-patch, and adds one as a json-patch', async () => {
    const merged = await call('PATCH', path, { field: { options: ['B'], data: { leftAddon: null } } }, merge);
    expect(merged.json.field).toMatchObject({ options: ['B'], data: {} });
    const add = [{ op: 'add', path: '/field/options/0', value: 'A' }];
    expect((await call('PATCH', path, add, operations)).json.field.options).toEqual(['A', 'B']);
  });
});

describe('what the server makes of a field', () => {
  test.each([
    ['registration.preferredLanguages', 'select', 'string'],
    ['registration.roles', 'checkbox', 'string'],
    ['registration.timezone', 'select', 'string'],
    ['user.birthDate', 'text', 'date'],
    ['user.email', 'text', 'email'],
    ['user.mobilePhone', 'text', 'string'],
    ['user.parentEmail', 'text', 'email'],
    ['user.phoneNumber', 'text', 'phoneNumber'],
    ['user.preferredLanguages', 'select', 'string'],
  ])('trap: the key %s decides control and type', async (key, control, type) => {
    expect(await create({ key, type: 'bool' })).toMatchObject({ key, control, type });
  });

  test('trap: a password is always required, and always a password', async () => {
    const field = await create({ key: 'user.password', control: 'text', required: false });
    expect(field).toMatchObject({ control: 'password', type: 'string', required: true, confirm: false });
  });

  test('trap: options of a yes or no are in lower case, yes first', async () => {
    const field = await create({ control: 'checkbox', type: 'bool', options: ['False', 'TRUE'] });
    expect(field.options).toEqual(['true', 'false']);
  });

  test('trap: only what is written is validated', async () => {
    const validator = { enabled: true, expression: '[A-Z]+' };
    expect((await create({ control: 'textarea', validator })).validator).toEqual(validator);
    await call('DELETE', path);
    expect((await create({ control: 'radio', validator })).validator).toEqual({ enabled: false });
  });

  test('trap: an e-mail address is written into a text', async () => {
    expect(await create({ control: 'textarea', type: 'email' })).toMatchObject({ control: 'text', type: 'email' });
  });

  test('trap: a consent has a key of its own and no control', async () => {
    await call('POST', `/api/consent/${consentId}`, {
      consent: { name: 'Newsletter', defaultMinimumAgeForSelfConsent: 13 },
    });
    const field = { name: 'Newsletter', type: 'consent', consentId, confirm: true, control: 'radio' };
    const { json } = await call('POST', path, { field });
    const key = `consents['${consentId}']`;
    expect(json.field).toMatchObject({
      key,
      consentId,
      type: 'consent',
      confirm: false,
      validator: { enabled: false },
    });
    expect(json.field).not.toHaveProperty('control');
    const put = await call('PUT', path, { field: { name: 'Newsletter', consentId } });
    expect(put.json.field).toMatchObject({ key, type: 'consent' });
    expect(put.json.field).not.toHaveProperty('control');
  });

  test('key, control and type never change', async () => {
    await create({ control: 'radio' });
    const other = { name: 'Vessel', key: 'user.data.vessel', control: 'text', type: 'number' };
    const fixed = { key: 'user.data.ship', control: 'radio', type: 'string', name: 'Vessel' };
    expect((await call('PUT', path, { field: other })).json.field).toMatchObject(fixed);
    expect((await call('PATCH', path, { field: other }, merge)).json.field).toMatchObject(fixed);
  });
});

describe('a field is refused', () => {
  test.each([
    [{ name: null }, '[blank]field.name'],
    [{ key: null }, '[blank]field.key'],
    [{ key: 'user.ship' }, '[invalid]field.key'],
    [{ key: 'user.data.my ship' }, '[invalid]field.key'],
    [{ type: 'consent' }, '[missing]field.consentId'],
    [{ consentId: id }, '[invalid]field.consentId'],
    [{ type: 'number', options: ['1', 'two'] }, '[invalid]field.options[1]'],
    [{ type: 'bool', options: ['maybe'] }, '[invalid]field.options[0]'],
    [{ validator: { enabled: true } }, '[blank]field.validator.expression'],
    [{ validator: { enabled: true, expression: '[' } }, '[invalid]field.validator.expression'],
    [{ control: 'slider' }, '[invalidJSON]'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', path, { field: { ...required, ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test.each(['user.data.ships[0]', "registration.data.ship['name']", 'registration.data.crew.captain'])(
    'but not with the key %s',
    async (key) => {
      expect((await create({ key })).key).toBe(key);
    },
  );

  test('with a name that another one has', async () => {
    await create({});
    const { json } = await call('POST', '/api/form/field', { field: required });
    expect(json.fieldErrors['field.name'][0].code).toBe('[duplicate]field.name');
  });

  test('without a licence, though it can be read and deleted', async () => {
    await create({});
    await call('POST', '/__sandbox/switches', { licensed: 'off' });
    const { json } = await call('PUT', path, { field: { name: 'Vessel' } });
    expect(json.generalErrors[0].code).toBe('[notLicensed]');
    expect((await call('GET', path)).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(200);
  });
});

test('is deleted, unless a form has it', async () => {
  await create({});
  const form = { name: 'Crew', type: 'adminUser', steps: [{ fields: [id] }] };
  const { json } = await call('POST', '/api/form', { form });
  const refused = await call('DELETE', path);
  expect([refused.status, refused.json.fieldErrors.fieldId[0].code]).toEqual([400, '[inUse]fieldId']);
  await call('DELETE', `/api/form/${json.form.id}`);
  expect((await call('DELETE', path)).status).toBe(200);
});

test('a fresh install has fields for its own forms and for those of others', async () => {
  const { fields } = (await call('GET', '/api/form/field')).json;
  const named = (name: string): unknown => fields.find((field: { name: string }) => field.name === name);
  expect(fields).toHaveLength(31);
  expect(named('[Admin User] password')).toMatchObject({
    key: 'user.password',
    control: 'password',
    confirm: true,
    required: true,
    data: { leftAddon: 'lock' },
  });
  expect(named('[Admin Registration] roles')).toMatchObject({ key: 'registration.roles', control: 'checkbox' });
  expect(named('[Registration] parent email')).toMatchObject({ key: 'user.parentEmail', type: 'email' });
  expect(named('email')).toMatchObject({ key: 'user.email', required: true, data: { leftAddon: 'user' } });
});
