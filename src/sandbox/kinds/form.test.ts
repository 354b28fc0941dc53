import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd4b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c44';
const path = `/api/form/${id}`;
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

type Call = typeof call;

/** The ids of fields of a fresh install, by name. */
async function shipped(request: Call = call): Promise<(...names: string[]) => readonly string[]> {
  const { fields } = (await request('GET', '/api/form/field')).json;
  return (...names) => names.map((name) => fields.find((field: { name: string }) => field.name === name)?.id as string);
}

let field: Awaited<ReturnType<typeof shipped>>;
beforeEach(async () => {
  field = await shipped();
});

async function create(fields: object): Promise<any> {
  const { json } = await call('POST', path, { form: { name: 'Crew', ...fields } });
  expect(json.fieldErrors).toBeUndefined();
  return json.form;
}

test('a form of little is for registration, and a PUT goes back to the defaults', async () => {
  const steps = [{ fields: field('email', 'password') }];
  const { insertInstant, lastUpdateInstant, ...form } = await create({ steps });
  expect(form).toEqual({
    id,
    name: 'Crew',
    data: {},
    steps: [{ fields: field('email', 'password'), type: 'collectData' }],
    type: 'registration',
  });
  expect(lastUpdateInstant).toBe(insertInstant);
  await call('PATCH', path, { form: { data: { ship: 'Enterprise' } } });
  expect((await call('PUT', path, { form: { name: 'Crew', steps } })).json.form).toMatchObject(form);
});

test('the documented example comes back as it was sent, steps and fields in order', async () => {
  const steps = [
    { fields: field('username', 'email'), type: 'collectData' },
    { fields: [], type: 'verifyEmail' },
    { fields: field('password', 'first name'), type: 'collectData' },
  ];
  const form = { data: { description: 'For the crew' }, name: 'Crew registration', steps };
  expect((await call('POST', path, { form })).json.form).toMatchObject({ ...form, type: 'registration' });
  expect((await call('GET', '/api/form')).json.forms).toHaveLength(4);
});

describe('a PATCH', () => {
  beforeEach(() => create({ type: 'adminUser', steps: [{ fields: field('email') }] }));
  const fieldsOf = ({ json }: { json: any }): unknown => json.form.steps.map((step: any) => step.fields);

  test('trap: appends to the steps', async () => {
    const patched = await call('PATCH', path, { form: { steps: [{ fields: field('username') }] } });
    expect(fieldsOf(patched)).toEqual([field('email'), field('username')]);
  });

  test('replaces them as a merge-patch, and reaches into one as a json-patch', async () => {
    const merged = await call('PATCH', path, { form: { steps: [{ fields: field('username') }] } }, merge);
    expect(fieldsOf(merged)).toEqual([field('username')]);
    const add = [{ op: 'add', path: '/form/steps/0/fields/0', value: field('email')[0] }];
    expect(fieldsOf(await call('PATCH', path, add, operations))).toEqual([field('email', 'username')]);
  });
});

describe('what the server makes of a form', () => {
  test('trap: steps that ask for nothing, and nulls, are gone', async () => {
    const steps = [{ fields: [] }, null, { fields: [...field('email', 'password'), null] }];
    const form = await create({ steps, data: { kept: 1, nothing: null } });
    expect(form.steps).toEqual([{ fields: field('email', 'password'), type: 'collectData' }]);
    expect(form.data).toEqual({ kept: 1 });
  });

  test('its type never changes', async () => {
    await create({ type: 'adminUser', steps: [{ fields: field('email') }] });
    const form = { name: 'Crew', type: 'registration', steps: [{ fields: field('first name') }] };
    expect((await call('PUT', path, { form })).json.form.type).toBe('adminUser');
  });
});

describe('a form is refused', () => {
  async function codes(fields: object): Promise<unknown> {
    const { status, json } = await call('POST', path, { form: { name: 'Crew', ...fields } });
    expect(status).toBe(400);
    return Object.values<{ code: string }[]>(json.fieldErrors).flatMap((errors) => errors.map(({ code }) => code));
  }
  const collect = (...names: string[]): object => ({ fields: field(...names) });
  const verify = (type: string): object => ({ fields: [], type });

  test('without a name, or steps that ask for something', async () => {
    expect(await codes({ name: '', steps: [collect('email')] })).toEqual(['[blank]form.name']);
    expect(await codes({ steps: [{ fields: [] }] })).toEqual(['[missing]form.steps']);
  });

  test('with a field that there is not, or with one twice', async () => {
    expect(await codes({ type: 'adminUser', steps: [{ fields: [id] }] })).toEqual(['[invalid]form.steps[0].fields[0]']);
    const steps = [collect('email'), collect('username', 'email')];
    expect(await codes({ type: 'adminUser', steps })).toEqual(['[duplicate]form.steps[1].fields[1]']);
  });

  test('for registration when it asks for nothing to log in with', async () => {
    expect(await codes({ steps: [collect('first name')] })).toEqual(['[invalid]form.steps']);
  });

  test('with a step that verifies what was not asked for before', async () => {
    const before = [verify('verifyEmail'), collect('email')];
    expect(await codes({ steps: before })).toEqual(['[invalid]form.steps[0].type']);
    expect(await codes({ steps: [collect('email'), verify('verifyPhoneNumber')] })).toEqual([
      '[invalid]form.steps[1].type',
    ]);
  });

  test('with a password before the last step that verifies', async () => {
    const steps = [collect('email', 'password'), verify('verifyEmail')];
    expect(await codes({ steps })).toEqual(['[invalid]form.steps[0].fields']);
  });

  test('with a step that verifies in a form that is not for registration', async () => {
    const steps = [collect('email'), verify('verifyEmail')];
    expect(await codes({ type: 'adminUser', steps })).toEqual(['[invalid]form.steps[1].type']);
  });

  test('without a licence', async () => {
    await call('POST', '/__sandbox/switches', { licensed: 'off' });
    const { status, json } = await call('POST', path, { form: { name: 'Crew', steps: [collect('email')] } });
    expect([status, json.generalErrors[0].code]).toEqual([400, '[notLicensed]']);
  });
});

describe('before 1.62', () => {
  let older: Sandbox;
  const ask: Call = (...request) => callSandbox(older, ...request);
  beforeEach(async () => {
    older = await startSandbox({ fusionauth: '1.58.0' });
  });
  afterEach(() => older.close());

  test('steps have no types, and a registration must ask for a password', async () => {
    const old = await shipped(ask);
    const steps = [{ fields: old('email', 'password'), type: 'collectData' }];
    const { json } = await ask('POST', path, { form: { name: 'Crew', steps } });
    expect(json.form.steps).toEqual([{ fields: old('email', 'password') }]);
    expect((await ask('PATCH', path, { form: { data: { a: 1 } } })).json.form.steps).toEqual(json.form.steps);
    const without = await ask('PUT', path, { form: { name: 'Crew', steps: [{ fields: old('email') }] } });
    expect(without.json.fieldErrors['form.steps'][0].code).toBe('[invalid]form.steps');
    await ask('POST', '/__sandbox/switches', { unknownProperties: 'reject' });
    const strict = await ask('PUT', path, { form: { name: 'Crew', steps } });
    expect(strict.json.fieldErrors['form.steps[0].type'][0].code).toBe('[invalidJSON]');
  });

  test('there is no field for phone numbers before 1.59', async () => {
    expect((await ask('GET', '/api/form/field')).json.fields).toHaveLength(30);
    const { json } = await ask('POST', '/api/form/field', { field: { name: 'Phone', key: 'user.phoneNumber' } });
    expect(json.fieldErrors['field.key'][0].code).toBe('[invalid]field.key');
  });
});

describe('a form in use', () => {
  test('by an application stays until that has another', async () => {
    await create({ steps: [{ fields: field('email', 'password') }] });
    const registrationConfiguration = { enabled: true, type: 'advanced', formId: id };
    const application = { name: 'Web', registrationConfiguration };
    const { json } = await call('POST', '/api/application', { application });
    const refused = await call('DELETE', path);
    expect([refused.status, refused.json.fieldErrors.formId[0].code]).toEqual([400, '[inUse]formId']);
    expect(refused.json.fieldErrors.formId[0].message).toContain('application [Web]');
    await call('PUT', `/api/application/${json.application.id}`, { application: { name: 'Web' } });
    expect((await call('DELETE', path)).status).toBe(200);
  });

  test('by the default tenant and application is each of the shipped ones but that of the account pages', async () => {
    const { forms } = (await call('GET', '/api/form')).json;
    const results = await Promise.all(
      forms.map(async ({ id: formId, type }: any) => [type, (await call('DELETE', `/api/form/${formId}`)).status]),
    );
    expect(Object.fromEntries(results)).toEqual({ adminRegistration: 400, adminUser: 400, selfServiceUser: 200 });
  });
});

describe('a form of another type is [invalid]', () => {
  test.each([
    ['tenant', 'formConfiguration.adminUserFormId', 'adminRegistration'],
    ['application', 'formConfiguration.adminRegistrationFormId', 'adminUser'],
    ['application', 'formConfiguration.selfServiceFormId', 'adminUser'],
    ['application', 'registrationConfiguration.formId', 'selfServiceUser'],
  ])('in a %s as %s', async (kind, place, type) => {
    const { forms } = (await call('GET', '/api/form')).json;
    const other = forms.find((one: { type: string }) => one.type === type).id;
    const [section = '', name = ''] = place.split('.');
    const body = { [kind]: { name: 'Acme', [section]: { [name]: other } } };
    const { json } = await call('POST', `/api/${kind}`, body);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code: `[invalid]${kind}.${place}` }]);
    await call('POST', '/__sandbox/switches', { referenceTypes: 'unchecked' });
    expect((await call('POST', `/api/${kind}`, body)).status).toBe(200);
  });
});

test('a fresh install has three forms with the fields they ask for', async () => {
  const { forms } = (await call('GET', '/api/form')).json;
  const { fields } = (await call('GET', '/api/form/field')).json;
  const nameOf = (fieldId: string): string => fields.find((one: any) => one.id === fieldId).name;
  const shown = forms.map(({ name, type, steps }: any) => [
    name,
    type,
    steps.map((step: any) => step.fields.map(nameOf)),
  ]);
  expect(shown).toMatchObject([
    ['Default Admin Registration provided by FusionAuth', 'adminRegistration', [{ length: 4 }]],
    ['Default Admin User provided by FusionAuth', 'adminUser', [{ length: 4 }, { length: 8 }]],
    ['Default User Self Service provided by FusionAuth', 'selfServiceUser', [{ 0: '[Self Service User] email' }]],
  ]);
});
