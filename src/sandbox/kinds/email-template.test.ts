import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'ddb2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c4d';
const path = `/api/email/template/${id}`;
const required = { name: 'Welcome', defaultSubject: 'Hi', defaultHtmlTemplate: '<p>', defaultTextTemplate: 'Hi' };
const none = { localizedFromNames: {}, localizedHtmlTemplates: {}, localizedSubjects: {}, localizedTextTemplates: {} };
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

beforeEach(() => call('POST', path, { emailTemplate: required }));

test('a template of little has empty localizations, and a PUT goes back to them', async () => {
  const { insertInstant, ...template } = (await call('GET', path)).json.emailTemplate;
  expect(template).toEqual({ id, ...required, ...none, lastUpdateInstant: insertInstant });
  await call('PATCH', path, { emailTemplate: { fromEmail: 'crew@acme.test', localizedSubjects: { de: 'Hallo' } } });
  const { json } = await call('PUT', path, { emailTemplate: required });
  expect(json.emailTemplate).toMatchObject({ ...required, ...none });
  expect(json.emailTemplate).not.toHaveProperty('fromEmail');
});

test('the documented example comes back as it was sent', async () => {
  const emailTemplate = {
    defaultFromName: 'The crew',
    defaultHtmlTemplate: '<p>Hello ${user.firstName}</p>',
    defaultSubject: 'Welcome aboard',
    defaultTextTemplate: 'Hello ${user.firstName}',
    fromEmail: 'crew@acme.test',
    localizedFromNames: { de: 'Die Mannschaft' },
    localizedHtmlTemplates: { de: '<p>Hallo ${user.firstName}</p>' },
    localizedSubjects: { de: 'Willkommen an Bord' },
    localizedTextTemplates: { de: 'Hallo ${user.firstName}' },
    name: 'Aboard',
  };
  expect((await call('PUT', path, { emailTemplate })).json.emailTemplate).toMatchObject(emailTemplate);
});

test('localized texts are merged by a PATCH, taken away by a merge-patch and set by a json-patch', async () => {
  const texts = async (body: unknown, type?: object): Promise<unknown> =>
    (await call('PATCH', path, body, type)).json.emailTemplate.localizedSubjects;
  await texts({ emailTemplate: { localizedSubjects: { de: 'Hallo' } } });
  expect(await texts({ emailTemplate: { localizedSubjects: { fr: 'Salut' } } })).toEqual({ de: 'Hallo', fr: 'Salut' });
  expect(await texts({ emailTemplate: { localizedSubjects: { de: null } } }, merge)).toEqual({ fr: 'Salut' });
  const add = [{ op: 'add', path: '/emailTemplate/localizedSubjects/es', value: 'Hola' }];
  expect(await texts(add, operations)).toEqual({ es: 'Hola', fr: 'Salut' });
});

describe('a template is refused', () => {
  test.each([
    [{ name: '' }, '[blank]emailTemplate.name'],
    [{ defaultSubject: ' ' }, '[blank]emailTemplate.defaultSubject'],
    [{ defaultHtmlTemplate: null }, '[blank]emailTemplate.defaultHtmlTemplate'],
    [{ defaultTextTemplate: '' }, '[blank]emailTemplate.defaultTextTemplate'],
    [{ name: 'Welcome' }, '[duplicate]emailTemplate.name'],
    [{ defaultSubject: 'a'.repeat(256) }, '[tooLong]emailTemplate.defaultSubject'],
  ])('with %j', async (fields, code) => {
    const emailTemplate = { ...required, name: 'Other', ...fields };
    const { status, json } = await call('POST', '/api/email/template', { emailTemplate });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });
});

test.each([
  ['tenant', { emailConfiguration: { forgotPasswordEmailTemplateId: id } }],
  ['tenant', { familyConfiguration: { confirmChildEmailTemplateId: id } }],
  ['application', { verificationEmailTemplateId: id }],
  ['application', { multiFactorConfiguration: { email: { templateId: id } } }],
])('stays while a %s has it as %j', async (kind, fields) => {
  const { json } = await call('POST', `/api/${kind}`, { [kind]: { name: 'Acme', ...fields } });
  expect((await call('DELETE', path)).json.fieldErrors.emailTemplateId[0].code).toBe('[inUse]emailTemplateId');
  await call('PUT', `/api/${kind}/${json[kind].id}`, { [kind]: { name: 'Acme' } });
  expect((await call('DELETE', path)).status).toBe(200);
});
