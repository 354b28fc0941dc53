import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const fresh = {
  cleanspeak: { applicationIds: [], enabled: false, usernameModeration: { enabled: false } },
  kafka: {
    enabled: false,
    producer: { 'bootstrap.servers': 'localhost:9092', 'max.block.ms': '5000', 'request.timeout.ms': '2000' },
  },
};
const moderated = '5b0c1d5e-4a52-4c1c-9d3f-2f3b5b0d6a11';
const full = {
  cleanspeak: {
    apiKey: 'clean as can be',
    applicationIds: [moderated],
    enabled: true,
    url: 'https://cleanspeak.acme.com',
    usernameModeration: { applicationId: moderated, enabled: true },
  },
  kafka: { defaultTopic: 'identity', enabled: true, producer: { 'bootstrap.servers': 'kafka.acme.com:9092' } },
};

async function put(integrations: object): Promise<any> {
  return call('PUT', '/api/integration', { integrations });
}

test('a fresh install has both switched off, and the answer has no id and no instants', async () => {
  expect(await call('GET', '/api/integration')).toMatchObject({ status: 200, json: { integrations: fresh } });
  expect((await call('GET', '/api/integration')).json).toEqual({ integrations: fresh });
});

test('what is put comes back, secrets too, and an empty PUT resets it', async () => {
  expect((await put(full)).json).toEqual({ integrations: full });
  expect((await call('GET', '/api/integration')).json).toEqual({ integrations: full });
  expect((await put({})).json).toEqual({ integrations: fresh });
});

test('what is switched on needs to know where to go', async () => {
  const { status, json } = await put({ cleanspeak: { enabled: true }, kafka: { enabled: true } });
  expect(status).toBe(400);
  expect(Object.values<any>(json.fieldErrors).map(([{ code }]) => code)).toEqual([
    '[blank]integrations.cleanspeak.url',
    '[blank]integrations.kafka.defaultTopic',
  ]);
});

test('the settings of the producer are sorted, and filled in where no servers are named', async () => {
  const { json } = await put({ kafka: { producer: { acks: 'all' } } });
  expect(Object.keys(json.integrations.kafka.producer)).toEqual([
    'acks',
    'bootstrap.servers',
    'max.block.ms',
    'request.timeout.ms',
  ]);
});

const other = 'c7a3b1f0-9c8e-4d5c-8a1b-6f0e9d3c2b22';
const servers = { 'bootstrap.servers': 'kafka.acme.com:9092' };

test.each([
  [
    'application/json',
    { integrations: { cleanspeak: { applicationIds: [other] }, kafka: { producer: { acks: 'all' } } } },
    { acks: 'all', ...servers },
  ],
  [
    'application/merge-patch+json',
    { integrations: { cleanspeak: { applicationIds: [other] }, kafka: { producer: { acks: '1', linger: null } } } },
    { acks: '1', ...servers },
  ],
  [
    'application/json-patch+json',
    [
      { op: 'replace', path: '/integrations/cleanspeak/applicationIds/0', value: other },
      { op: 'add', path: '/integrations/kafka/producer/acks', value: '0' },
    ],
    { acks: '0', ...servers },
  ],
])('a PATCH as %s keeps the rest, and replaces lists where marked ones are', async (type, patch, producer) => {
  await call('POST', '/__sandbox/switches', { legacyPatchOfLists: 'markedReplaced' });
  await put(full);
  const { json } = await call('PATCH', '/api/integration', patch, { type });
  expect(json.integrations).toEqual({
    cleanspeak: { ...full.cleanspeak, applicationIds: [other] },
    kafka: { ...full.kafka, producer },
  });
});

test('there is one, which cannot be made or deleted, and keys of tenants do not see it', async () => {
  expect((await call('POST', '/api/integration', { integrations: {} })).status).toBe(405);
  expect((await call('DELETE', '/api/integration')).status).toBe(405);
  const { json } = await call('GET', '/api/tenant');
  await call('POST', '/api/api-key', { apiKey: { key: 'crew-of-acme', tenantId: json.tenants[0].id } });
  expect((await call('GET', '/api/integration', undefined, { key: 'crew-of-acme' })).status).toBe(401);
});

test('a reset brings back what was there', async () => {
  await put(full);
  await call('POST', '/__sandbox/reset');
  expect((await call('GET', '/api/integration')).json).toEqual({ integrations: fresh });
});
