import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();

describe('the preview of a message', () => {
  const preview = async (messageTemplate: object, locale?: string): Promise<any> =>
    call('POST', '/api/message/template/preview', { messageTemplate, locale });
  const sms = {
    type: 'SMS',
    defaultTemplate: 'Hi ${user.firstName!"friend"}, your code is ${code}',
    localizedTemplates: { de: 'Ihr Code: ${code}', fr_CA: 'Votre code : ${code}' },
  };

  test('has the code of the docs, in both forms, and needs no name', async () => {
    const textMessage = 'Hi Monica, your code is 123456';
    expect((await preview(sms)).json).toEqual({
      errors: {},
      message: { textMessage, type: 'SMS' },
      previewMessage: textMessage,
    });
  });

  test('of a call has the newer form only', async () => {
    expect((await preview({ ...sms, type: 'Voice' })).json).toEqual({
      errors: {},
      previewMessage: 'Hi Monica, your code is 123456',
    });
  });

  test.each([
    ['de', 'Ihr Code: 123456'],
    ['de_AT', 'Ihr Code: 123456'],
    ['fr_CA', 'Votre code : 123456'],
    ['fr', 'Hi Monica, your code is 123456'],
  ])('in the locale %s is %s', async (locale, text) => {
    expect((await preview(sms, locale)).json.previewMessage).toBe(text);
  });

  test('tells what has no value', async () => {
    const { status, json } = await preview({ type: 'SMS', defaultTemplate: '${user.shoeSize} ${user.shoeSize!}' });
    expect(status).toBe(200);
    const field = 'messageTemplate.defaultTemplate';
    expect(json).toEqual({
      errors: {
        fieldErrors: { [field]: [{ code: `[invalid]${field}`, message: expect.stringContaining('shoeSize') }] },
      },
    });
  });

  test.each(['[#if user??]Hi[/#if]', '<#if user??>Hi</#if>', '${code?upper_case}', '[#-- nothing --]'])(
    'of %s is more than the sandbox can render, and it says so',
    async (defaultTemplate) => {
      const { status, json } = await preview({ type: 'SMS', defaultTemplate });
      expect([status, json.generalErrors[0].code]).toEqual([501, '[NotImplemented]']);
    },
  );

  test('needs a type, and a template', async () => {
    expect((await preview({ defaultTemplate: 'Hi' })).json.fieldErrors['messageTemplate.type'][0].code).toBe(
      '[invalidJSON]',
    );
    const { status, json } = await call('POST', '/api/message/template/preview', {});
    expect([status, json.fieldErrors.messageTemplate[0].code]).toEqual([400, '[missing]messageTemplate']);
  });

  test('keeps nothing', async () => {
    await preview(sms);
    expect((await call('GET', '/api/message/template')).json.messageTemplates).toHaveLength(1);
  });
});

describe('the preview of an e-mail', () => {
  const preview = async (emailTemplate: object, locale?: string): Promise<any> =>
    call('POST', '/api/email/template/preview', { emailTemplate, locale });

  test('is rendered in the locale, part by part', async () => {
    const { status, json } = await preview(
      {
        defaultFromName: 'Crew',
        defaultHtmlTemplate: '<p>Hello ${user.username}</p>',
        defaultSubject: 'Welcome',
        defaultTextTemplate: 'Hello ${user.username}',
        fromEmail: 'crew@acme.com',
        localizedHtmlTemplates: { de: '<p>Hallo ${user.username}</p>' },
        localizedSubjects: { de: 'Willkommen' },
      },
      'de',
    );
    expect(status).toBe(200);
    expect(json).toEqual({
      email: {
        attachments: [],
        bcc: [],
        cc: [],
        from: { address: 'crew@acme.com', display: 'Crew' },
        html: '<p>Hallo monica</p>',
        subject: 'Willkommen',
        text: 'Hello monica',
        to: [],
      },
      errors: {},
    });
  });

  test('has only what was sent', async () => {
    const { json } = await preview({ defaultSubject: 'Welcome ${nobody}' });
    expect(json.email).toEqual({ attachments: [], bcc: [], cc: [], to: [] });
    expect(Object.keys(json.errors.fieldErrors)).toEqual(['emailTemplate.defaultSubject']);
  });
});

describe('an e-mail', () => {
  async function template(): Promise<string> {
    const emailTemplate = {
      name: 'Welcome',
      defaultSubject: 'Welcome',
      defaultHtmlTemplate: '<p>[#if user??]Hi[/#if]</p>',
      defaultTextTemplate: 'Hi',
    };
    return (await call('POST', '/api/email/template', { emailTemplate })).json.emailTemplate.id;
  }

  test('is taken for users and for addresses', async () => {
    const id = await template();
    const { json } = await call('POST', '/api/user', { user: { email: 'crew@acme.com', password: 'password' } });
    const request = {
      userIds: [json.user.id],
      toAddresses: [{ address: 'monica@acme.com', display: 'Monica' }],
      requestData: { product: 'hat' },
      preferredLanguages: ['de'],
    };
    expect(await call('POST', `/api/email/send/${id}`, request)).toMatchObject({ status: 202, json: {} });
  });

  test('is refused for nobody, and for those there are not', async () => {
    const id = await template();
    const nobody = 'd0f0a2f3-5c5e-4f0e-8a43-8f1f8a6d0b11';
    const sent = async (body: object): Promise<readonly string[]> => {
      const { status, json } = await call('POST', `/api/email/send/${id}`, body);
      expect(status).toBe(400);
      return Object.values<any>(json.fieldErrors).map(([{ code }]) => code);
    };
    expect(await sent({})).toEqual(['[missing]userIds']);
    expect(await sent({ toAddresses: [{ display: 'Monica' }] })).toEqual(['[blank]toAddresses[0].address']);
    expect(await sent({ userIds: [nobody], applicationId: nobody })).toEqual([
      '[invalid]userIds[0]',
      '[invalid]applicationId',
    ]);
    expect(await sent({ userIds: ['monica'] })).toEqual(['[couldNotConvert]userIds[0]']);
  });

  test('of no template is 404', async () => {
    const nothing = '/api/email/send/d0f0a2f3-5c5e-4f0e-8a43-8f1f8a6d0b11';
    expect(await call('POST', nothing, { userIds: [] })).toMatchObject({ status: 404, text: '' });
    expect((await call('POST', '/api/email/send/welcome', {})).status).toBe(400);
  });
});
