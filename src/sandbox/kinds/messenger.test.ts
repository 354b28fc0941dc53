import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call, sandbox } = useSandbox();
const generic = {
  type: 'Generic',
  name: 'Acme gateway',
  url: 'https://sms.acme.com/send',
  connectTimeout: 1000,
  readTimeout: 2000,
};
const twilio = { type: 'Twilio', name: 'Acme Twilio', accountSID: 'AC0123', url: 'https://api.twilio.com' };
const kafka = { type: 'Kafka', name: 'Acme Kafka' };
const own = { id: expect.any(String), insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };
const shared = { data: {}, debug: false, messageTypes: ['SMS'], transport: 'sms' };

async function create(messenger: object): Promise<any> {
  const { json, status } = await call('POST', '/api/messenger', { messenger });
  expect({ status, json }).toMatchObject({ status: 200 });
  return json.messenger;
}

describe('with only the required fields', () => {
  test.each([
    ['a generic messenger', generic, { headers: {} }],
    ['a Twilio messenger', twilio, {}],
    [
      'a Kafka messenger',
      kafka,
      {
        producer: {
          'bootstrap.servers': 'localhost:9092',
          'max.block.ms': '5000',
          'request.timeout.ms': '2000',
        },
      },
    ],
  ])('%s has the documented defaults', async (_name, sent, more) => {
    expect(await create(sent)).toEqual({ ...sent, ...shared, ...more, ...own });
  });

  test.each([generic, twilio, kafka])('a PUT of a $type messenger goes back to them', async (sent) => {
    const fresh = await create(sent);
    const full = { ...sent, data: { owner: 'crew' }, debug: true, messageTypes: ['Voice'], headers: { a: 'b' } };
    const changed = await call('PUT', `/api/messenger/${fresh.id}`, { messenger: full });
    expect(changed.json.messenger).toMatchObject({ debug: true, messageTypes: ['Voice'] });
    const { json } = await call('PUT', `/api/messenger/${fresh.id}`, { messenger: sent });
    expect(json.messenger).toEqual({ ...fresh, lastUpdateInstant: json.messenger.lastUpdateInstant });
  });

  test.each([
    ['Generic', ['connectTimeout', 'name', 'readTimeout', 'url']],
    ['Twilio', ['accountSID', 'name', 'url']],
    ['Kafka', ['name']],
  ])('a %s messenger needs %s', async (type, fields) => {
    const { status, json } = await call('POST', '/api/messenger', { messenger: { type } });
    expect(status).toBe(400);
    expect(Object.keys(json.fieldErrors).toSorted()).toEqual(fields.map((field) => `messenger.${field}`));
  });
});

test('a generic messenger comes back as it was sent, with its secrets', async () => {
  const full = {
    ...generic,
    data: { owner: 'crew' },
    debug: true,
    headers: { 'Content-Type': 'application/json' },
    httpAuthenticationUsername: 'fusionauth',
    httpAuthenticationPassword: 'open sesame',
    messageTypes: ['SMS', 'Voice'],
    sslCertificate: 'b9d2f4d4-6a58-4a0c-9d34-6f3f9c1f8a11',
  };
  expect(await create(full)).toEqual({ ...full, transport: 'sms', ...own });
});

test('a Twilio messenger does too, and is what a request without a type is for', async () => {
  const { type, ...untyped } = {
    ...twilio,
    authToken: 'TK0123',
    fromPhoneNumber: '555-0100',
    messageTypes: ['SMS', 'Voice'],
  };
  expect(await create(untyped)).toEqual({ ...untyped, type, data: {}, debug: false, transport: 'sms', ...own });
});

test('a Kafka messenger sorts its producer’s settings and adds none where the servers are named', async () => {
  const producer = { 'max.block.ms': '1', 'bootstrap.servers': 'kafka.acme.com:9092', acks: 'all' };
  const created = await create({ ...kafka, defaultTopic: 'sms', producer });
  expect(Object.entries(created.producer)).toEqual([
    ['acks', 'all'],
    ['bootstrap.servers', 'kafka.acme.com:9092'],
    ['max.block.ms', '1'],
  ]);
});

test('the transport is read-only', async () => {
  expect((await create({ ...generic, transport: 'pigeon' })).transport).toBe('sms');
});

test('message types are a set, and there is at least one', async () => {
  expect((await create({ ...generic, messageTypes: ['Voice', 'SMS', 'Voice'] })).messageTypes).toEqual([
    'Voice',
    'SMS',
  ]);
  const { json } = await call('POST', '/api/messenger', { messenger: { ...twilio, messageTypes: [] } });
  expect(json.fieldErrors['messenger.messageTypes'][0].code).toBe('[missing]messenger.messageTypes');
});

test.each([
  ['application/json', { messenger: { messageTypes: ['Voice'], headers: { b: '2' } } }, { a: '1', b: '2' }],
  [
    'application/merge-patch+json',
    { messenger: { messageTypes: ['Voice'], headers: { a: null, b: '2' } } },
    { b: '2' },
  ],
  [
    'application/json-patch+json',
    [
      { op: 'replace', path: '/messenger/messageTypes/0', value: 'Voice' },
      { op: 'remove', path: '/messenger/headers/a' },
    ],
    {},
  ],
])('a messenger is patched as %s, and its message types are replaced where marked lists are', async (...given) => {
  const [type, patch, headers] = given;
  await call('POST', '/__sandbox/switches', { legacyPatchOfLists: 'markedReplaced' });
  const { id } = await create({ ...generic, headers: { a: '1' }, httpAuthenticationPassword: 'x' });
  const { json } = await call('PATCH', `/api/messenger/${id}`, patch, { type });
  expect(json.messenger).toMatchObject({ ...generic, messageTypes: ['Voice'], httpAuthenticationPassword: 'x' });
  expect(json.messenger.headers).toEqual(headers);
});

test('trap: a PATCH as application/json adds to the message types', async () => {
  const { id } = await create(generic);
  const { json } = await call('PATCH', `/api/messenger/${id}`, { messenger: { messageTypes: ['Voice', 'SMS'] } });
  expect(json.messenger.messageTypes).toEqual(['SMS', 'Voice']);
});

test('the type stays what it is', async () => {
  const { id } = await create(generic);
  const { json } = await call('PUT', `/api/messenger/${id}`, { messenger: twilio });
  expect(json.fieldErrors['messenger.type'][0].code).toBe('[invalid]messenger.type');
});

test('a name is unique, and a body of wrong types is not read', async () => {
  await create(generic);
  const { json } = await call('POST', '/api/messenger', { messenger: { ...twilio, name: 'acme gateway' } });
  expect(json.fieldErrors['messenger.name'][0].code).toBe('[duplicate]messenger.name');
  const wrong = await call('POST', '/api/messenger', { messenger: { ...twilio, messageTypes: ['Pigeon'] } });
  expect(wrong.json.fieldErrors['messenger.messageTypes[0]'][0].code).toBe('[invalidJSON]');
});

describe('secrets', () => {
  test('are hidden where that is switched on', async () => {
    const { id } = await create({ ...twilio, authToken: 'TK0123' });
    await call('POST', '/__sandbox/switches', { messengerSecretsOnRead: 'hidden' });
    expect((await call('GET', `/api/messenger/${id}`)).text).not.toContain('TK0123');
    expect((await call('GET', '/api/messenger')).text).not.toContain('TK0123');
  });

  test('are cleared by a PUT without them, and kept where that is switched on', async () => {
    const { id } = await create({ ...twilio, authToken: 'TK0123' });
    await call('POST', '/__sandbox/switches', { messengerSecretsOnOmit: 'kept' });
    const kept = await call('PUT', `/api/messenger/${id}`, { messenger: twilio });
    expect(kept.json.messenger.authToken).toBe('TK0123');
    await call('POST', '/__sandbox/switches', { messengerSecretsOnOmit: 'cleared' });
    const cleared = await call('PUT', `/api/messenger/${id}`, { messenger: twilio });
    expect(cleared.json.messenger).not.toHaveProperty('authToken');
  });
});

describe('a tenant that sends codes', () => {
  async function smsTemplate(): Promise<string> {
    return (await call('GET', '/api/message/template')).json.messageTemplates[0].id;
  }

  test('names a messenger that exists and can send them', async () => {
    const templateId = await smsTemplate();
    const put = async (messengerId: string) =>
      call('POST', '/api/tenant', {
        tenant: { name: 'Acme', multiFactorConfiguration: { sms: { enabled: true, messengerId, templateId } } },
      });
    const field = 'tenant.multiFactorConfiguration.sms.messengerId';
    const nobody = await put('4b5c0b6e-6a0f-4f6a-9a57-0b8b1f0d2c11');
    expect(nobody.json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
    const voice = await create({ ...twilio, messageTypes: ['Voice'] });
    expect((await put(voice.id)).json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
    const both = await create({ ...generic, messageTypes: ['SMS', 'Voice'] });
    expect((await put(both.id)).status).toBe(200);
  });

  test.each(['phoneConfiguration', 'sms'])('keeps the messenger of its %s from being deleted', async (place) => {
    const { id: messengerId } = await create(generic);
    const sms = { multiFactorConfiguration: { sms: { enabled: false, messengerId } } };
    const tenant = { name: 'Acme', ...(place === 'sms' ? sms : { phoneConfiguration: { messengerId } }) };
    expect((await call('POST', '/api/tenant', { tenant })).status).toBe(200);
    const { status, json } = await call('DELETE', `/api/messenger/${messengerId}`);
    expect([status, json.fieldErrors.messengerId[0].code]).toEqual([400, '[inUse]messengerId']);
    await call('POST', '/__sandbox/switches', { deleteInUse: 'allowed' });
    expect((await call('DELETE', `/api/messenger/${messengerId}`)).status).toBe(200);
  });
});

test('secrets are in no line of the log of requests', async () => {
  await create({ ...twilio, authToken: 'TK0123' });
  expect(JSON.stringify(sandbox().requests())).not.toContain('TK0123');
});
