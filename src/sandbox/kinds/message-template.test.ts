import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const sms = { type: 'SMS', name: 'Acme code', defaultTemplate: 'Your code: ${code}' };
const own = { id: expect.any(String), insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };

async function create(messageTemplate: object): Promise<any> {
  const { json, status } = await call('POST', '/api/message/template', { messageTemplate });
  expect({ status, json }).toMatchObject({ status: 200 });
  return json.messageTemplate;
}

test.each(['SMS', 'Voice'])('a %s template with only the required fields has the documented defaults', async (type) => {
  expect(await create({ ...sms, type })).toEqual({ ...sms, type, data: {}, localizedTemplates: {}, ...own });
});

test('a template comes back as it was sent, and a PUT with only the required fields resets it', async () => {
  const full = {
    ...sms,
    data: { updatedBy: 'crew@acme.com' },
    localizedTemplates: { de: 'Ihr Code: ${code}', es: 'Su código: ${code}' },
  };
  const created = await create(full);
  expect(created).toEqual({ ...full, ...own });
  const { json } = await call('PUT', `/api/message/template/${created.id}`, { messageTemplate: sms });
  expect(json.messageTemplate).toEqual({ ...sms, data: {}, localizedTemplates: {}, ...own });
});

test('texts are trimmed, and localised ones have LF', async () => {
  const created = await create({
    ...sms,
    name: ' Acme ',
    defaultTemplate: '\n${code}\r\n',
    localizedTemplates: { fr_CA: ' a\r\nb ' },
  });
  expect(created).toMatchObject({ name: 'Acme', defaultTemplate: '${code}', localizedTemplates: { fr_CA: 'a\nb' } });
});

test.each([
  ['application/json', { messageTemplate: { localizedTemplates: { es: 'b' } } }, { de: 'a', es: 'b' }],
  ['application/merge-patch+json', { messageTemplate: { localizedTemplates: { de: null, es: 'b' } } }, { es: 'b' }],
  [
    'application/json-patch+json',
    [{ op: 'move', from: '/messageTemplate/localizedTemplates/de', path: '/messageTemplate/localizedTemplates/at' }],
    { at: 'a' },
  ],
])('a template is patched as %s', async (type, patch, localizedTemplates) => {
  const { id } = await create({ ...sms, localizedTemplates: { de: 'a' } });
  const { json } = await call('PATCH', `/api/message/template/${id}`, patch, { type });
  expect(json.messageTemplate).toEqual({ ...sms, data: {}, localizedTemplates, ...own });
});

test('what is required is named, and a request without a type cannot be read', async () => {
  const none = await call('POST', '/api/message/template', { messageTemplate: { type: 'SMS' } });
  expect(Object.keys(none.json.fieldErrors)).toEqual(['messageTemplate.defaultTemplate', 'messageTemplate.name']);
  const { type: _type, ...untyped } = sms;
  const { status, json } = await call('POST', '/api/message/template', { messageTemplate: untyped });
  expect([status, json.fieldErrors['messageTemplate.type'][0].code]).toEqual([400, '[invalidJSON]']);
});

test('the type stays what it is', async () => {
  const { id } = await create(sms);
  const { json } = await call('PUT', `/api/message/template/${id}`, { messageTemplate: { ...sms, type: 'Voice' } });
  expect(json.fieldErrors['messageTemplate.type'][0].code).toBe('[invalid]messageTemplate.type');
});

test('a fresh install has one, and there is no search', async () => {
  const { json } = await call('GET', '/api/message/template');
  expect(json.messageTemplates).toMatchObject([{ name: 'Default Two-Factor Request', type: 'SMS' }]);
  expect((await call('GET', '/api/message/template/search?name=*')).status).toBe(400);
});

describe('where templates are used', () => {
  test.each(['tenant', 'application'])('a %s names only those that exist and are of the right type', async (kind) => {
    const { id: templateId } = await create(sms);
    const { id: voiceId } = await create({ ...sms, name: 'Acme call', type: 'Voice' });
    const write = async (fields: object) => call('POST', `/api/${kind}`, { [kind]: { name: 'Acme', ...fields } });
    const wrong = await write({
      multiFactorConfiguration: { sms: { templateId: voiceId }, voice: { templateId } },
      phoneConfiguration: { verificationTemplateId: voiceId, forgotPasswordTemplateId: templateId.replace(/^./, 'z') },
    });
    expect(wrong.text).toContain('[couldNotConvert]');
    const refused = await write({
      multiFactorConfiguration: { sms: { templateId: voiceId }, voice: { templateId } },
      phoneConfiguration: {
        verificationTemplateId: voiceId,
        passwordlessTemplateId: '3c1b0f7a-6b0c-4d68-9a04-2f8f5a1f0b11',
      },
    });
    expect(Object.keys(refused.json.fieldErrors).toSorted()).toEqual([
      `${kind}.multiFactorConfiguration.sms.templateId`,
      `${kind}.multiFactorConfiguration.voice.templateId`,
      `${kind}.phoneConfiguration.passwordlessTemplateId`,
      `${kind}.phoneConfiguration.verificationTemplateId`,
    ]);
    const right = await write({
      multiFactorConfiguration: { sms: { templateId }, voice: { templateId: voiceId } },
      phoneConfiguration: { verificationTemplateId: templateId },
    });
    expect(right.status).toBe(200);
  });

  test.each([
    ['tenant', (id: string) => ({ phoneConfiguration: { setPasswordTemplateId: id } })],
    ['tenant', (id: string) => ({ multiFactorConfiguration: { sms: { templateId: id } } })],
    ['application', (id: string) => ({ phoneConfiguration: { passwordlessTemplateId: id } })],
    ['application', (id: string) => ({ multiFactorConfiguration: { sms: { templateId: id } } })],
  ])('a %s keeps its template from being deleted', async (kind, fields) => {
    const { id } = await create(sms);
    const { json } = await call('POST', `/api/${kind}`, { [kind]: { name: 'Acme', ...fields(id) } });
    const refused = await call('DELETE', `/api/message/template/${id}`);
    expect([refused.status, refused.json.fieldErrors.messageTemplateId[0].code]).toEqual([
      400,
      '[inUse]messageTemplateId',
    ]);
    await call('DELETE', `/api/${kind}/${json[kind].id}?hardDelete=true`);
    expect((await call('DELETE', `/api/message/template/${id}`)).status).toBe(200);
  });
});
