import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd1b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c41';
const path = `/api/consent/${id}`;
const required = { name: 'Newsletter', defaultMinimumAgeForSelfConsent: 13 };
const defaults = {
  countryMinimumAgeForSelfConsent: {},
  data: {},
  emailPlus: { enabled: false, maximumTimeToSendEmailInHours: 48, minimumTimeToSendEmailInHours: 24 },
  multipleValuesAllowed: false,
  values: [],
};
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

async function newTemplate(name: string): Promise<string> {
  const emailTemplate = { name, defaultSubject: 's', defaultHtmlTemplate: 'h', defaultTextTemplate: 't' };
  return (await call('POST', '/api/email/template', { emailTemplate })).json.emailTemplate.id;
}

test('a consent of little has the documented defaults, and a PUT goes back to them', async () => {
  const { json } = await call('POST', path, { consent: required });
  const { insertInstant } = json.consent;
  expect(json.consent).toEqual({ id, ...required, ...defaults, insertInstant, lastUpdateInstant: insertInstant });
  await call('PATCH', path, { consent: { values: ['Daily'], multipleValuesAllowed: true, data: { a: 1 } } });
  const put = await call('PUT', path, { consent: required });
  expect(put.json.consent).toMatchObject({ ...required, ...defaults });
  expect((await call('GET', path)).json).toEqual(put.json);
});

test('the documented example comes back as it was sent', async () => {
  const consent = {
    consentEmailTemplateId: await newTemplate('Consent'),
    countryMinimumAgeForSelfConsent: { de: 16 },
    defaultMinimumAgeForSelfConsent: 18,
    emailPlus: {
      enabled: true,
      emailTemplateId: await newTemplate('Reminder'),
      maximumTimeToSendEmailInHours: 72,
      minimumTimeToSendEmailInHours: 12,
    },
    multipleValuesAllowed: false,
    name: 'Study of sleep',
    values: ['On paper', 'Spoken'],
  };
  expect((await call('POST', path, { consent })).json.consent).toMatchObject(consent);
});

describe('a PATCH', () => {
  beforeEach(() => call('POST', path, { consent: { ...required, values: ['Daily'], data: { a: 1 } } }));

  test('trap: appends to the values', async () => {
    const { json } = await call('PATCH', path, { consent: { values: ['Weekly'], data: { b: 2 } } });
    expect(json.consent).toMatchObject({ ...required, values: ['Daily', 'Weekly'], data: { a: 1, b: 2 } });
  });

  test('replaces them as a merge-patch, and changes one as a json-patch', async () => {
    const merged = await call('PATCH', path, { consent: { values: ['Weekly'], data: { a: null } } }, merge);
    expect(merged.json.consent).toMatchObject({ values: ['Weekly'], data: {} });
    const replace = [{ op: 'replace', path: '/consent/values/0', value: 'Monthly' }];
    expect((await call('PATCH', path, replace, operations)).json.consent.values).toEqual(['Monthly']);
  });
});

test('trap: nulls among the values are gone', async () => {
  const { json } = await call('POST', path, { consent: { ...required, values: ['Daily', null] } });
  expect(json.consent.values).toEqual(['Daily']);
});

describe('a consent is refused', () => {
  test.each([
    [{ name: ' ' }, '[blank]consent.name'],
    [{ defaultMinimumAgeForSelfConsent: null }, '[missing]consent.defaultMinimumAgeForSelfConsent'],
    [{ emailPlus: { enabled: true } }, '[missing]consent.emailPlus.emailTemplateId'],
    [{ consentEmailTemplateId: id }, '[invalid]consent.consentEmailTemplateId'],
    [{ emailPlus: { emailTemplateId: id } }, '[invalid]consent.emailPlus.emailTemplateId'],
    [{ countryMinimumAgeForSelfConsent: { de: 'old' } }, '[invalidJSON]'],
    [{ name: 'a'.repeat(192) }, '[tooLong]consent.name'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', path, { consent: { ...required, ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test('with a name that another one has', async () => {
    await call('POST', path, { consent: required });
    const { json } = await call('POST', '/api/consent', { consent: required });
    expect(json.fieldErrors['consent.name'][0].code).toBe('[duplicate]consent.name');
  });
});

test('is found by its name', async () => {
  for (const name of ['Newsletter', 'Marketing', 'Newsletter of friends']) {
    await call('POST', '/api/consent', { consent: { ...required, name } });
  }
  const { json } = await call('GET', '/api/consent/search?name=news*&orderBy=name%20DESC&numberOfResults=1');
  expect(json).toMatchObject({ total: 2, consents: [{ name: 'Newsletter of friends' }] });
  const posted = await call('POST', '/api/consent/search', { search: { name: 'market' } });
  expect(posted.json).toMatchObject({ total: 1, consents: [{ name: 'Marketing' }] });
});

test('is seen by keys of a tenant, which cannot search', async () => {
  await call('POST', path, { consent: required });
  const { json: tenants } = await call('GET', '/api/tenant');
  const { json } = await call('POST', '/api/api-key', { apiKey: { tenantId: tenants.tenants[0].id } });
  const { key } = json.apiKey;
  expect((await call('GET', '/api/consent', undefined, { key })).json.consents).toMatchObject([{ id }]);
  expect((await call('GET', '/api/consent/search?name=a', undefined, { key })).status).toBe(401);
});

test('is deleted, unless a form field asks for it', async () => {
  await call('POST', path, { consent: required });
  const field = { name: 'Agree', type: 'consent', consentId: id };
  const { json } = await call('POST', '/api/form/field', { field });
  const refused = await call('DELETE', path);
  expect([refused.status, refused.json.fieldErrors.consentId[0].code]).toEqual([400, '[inUse]consentId']);
  await call('DELETE', `/api/form/field/${json.field.id}`);
  expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', path)).status).toBe(404);
});

test('an email template in use by a consent stays', async () => {
  const templateId = await newTemplate('Consent');
  await call('POST', path, { consent: { ...required, consentEmailTemplateId: templateId } });
  expect((await call('DELETE', `/api/email/template/${templateId}`)).status).toBe(400);
  await call('DELETE', path);
  expect((await call('DELETE', `/api/email/template/${templateId}`)).status).toBe(200);
});
