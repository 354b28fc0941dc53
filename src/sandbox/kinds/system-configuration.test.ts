import { afterEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const yearOld = { delete: { enabled: false, numberOfDaysToRetain: 365 } };
const own = { insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };
const defaults = {
  auditLogConfiguration: yearOld,
  corsConfiguration: {
    allowCredentials: false,
    allowedHeaders: [],
    allowedMethods: [],
    allowedOrigins: [],
    debug: false,
    enabled: false,
    exposedHeaders: [],
    preflightMaxAgeInSeconds: 0,
  },
  data: {},
  eventLogConfiguration: { numberToRetain: 10_000 },
  loginRecordConfiguration: yearOld,
  trustedProxyConfiguration: { trustPolicy: 'All', trusted: [] },
  uiConfiguration: {},
  usageDataConfiguration: { enabled: true, numberOfDaysToRetain: 366 },
  webhookEventLogConfiguration: { enabled: true, delete: { enabled: true, numberOfDaysToRetain: 30 } },
};
const path = '/api/system-configuration';

async function put(systemConfiguration: object): Promise<any> {
  return call('PUT', path, { systemConfiguration });
}

async function codes(systemConfiguration: object): Promise<readonly string[]> {
  const { status, json } = await put({ reportTimezone: 'Europe/Berlin', ...systemConfiguration });
  if (status === 200) return [];
  return Object.values<any>(json.fieldErrors).map(([{ code }]) => code);
}

test('a fresh install has the CORS filter as it is shipped: off, but ready', async () => {
  const { json } = await call('GET', path);
  expect(json.systemConfiguration).toEqual({
    ...defaults,
    ...own,
    reportTimezone: 'America/Denver',
    corsConfiguration: {
      ...defaults.corsConfiguration,
      allowedHeaders: expect.arrayContaining(['Authorization', 'X-FusionAuth-TenantId']),
      allowedMethods: ['GET', 'OPTIONS'],
      exposedHeaders: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
      preflightMaxAgeInSeconds: 1800,
    },
  });
});

test('a PUT with only the time zone resets all to the documented defaults', async () => {
  const { json } = await put({ reportTimezone: 'US/Mountain' });
  expect(json.systemConfiguration).toEqual({ ...defaults, ...own, reportTimezone: 'US/Mountain' });
  const { insertInstant, lastUpdateInstant } = json.systemConfiguration;
  expect(lastUpdateInstant).toBeGreaterThan(insertInstant);
});

test('what is put comes back, but for the order of the methods', async () => {
  const full = {
    auditLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 90 } },
    corsConfiguration: {
      allowCredentials: true,
      allowedHeaders: ['Accept', 'Authorization', 'X-FusionAuth-TenantId'],
      allowedMethods: ['POST', 'GET', 'OPTIONS', 'POST'],
      allowedOrigins: ['https://app.acme.com'],
      debug: true,
      enabled: true,
      exposedHeaders: ['Access-Control-Allow-Origin'],
      preflightMaxAgeInSeconds: 600,
    },
    data: { owner: 'crew' },
    eventLogConfiguration: { numberToRetain: 500 },
    loginRecordConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 30 } },
    reportTimezone: 'Europe/Berlin',
    trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['10.0.0.0/8', '', 'fd00::1', '192.0.2.7'] },
    uiConfiguration: { headerColor: '102030', logoURL: 'https://acme.com/logo.svg', menuFontColor: 'F0F0F0' },
    usageDataConfiguration: { enabled: false, numberOfDaysToRetain: 100 },
    webhookEventLogConfiguration: { enabled: false, delete: { enabled: false, numberOfDaysToRetain: 7 } },
  };
  const expected = {
    ...full,
    ...own,
    corsConfiguration: { ...full.corsConfiguration, allowedMethods: ['GET', 'OPTIONS', 'POST'] },
    trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['10.0.0.0/8', 'fd00::1', '192.0.2.7'] },
  };
  expect((await put(full)).json.systemConfiguration).toEqual(expected);
  expect((await call('GET', path)).json.systemConfiguration).toEqual(expected);
  await call('POST', '/__sandbox/switches', { corsMethodOrder: 'kept' });
  expect((await put(full)).json.systemConfiguration.corsConfiguration.allowedMethods).toEqual([
    'POST',
    'GET',
    'OPTIONS',
  ]);
});

test.each([
  [
    'application/json',
    { systemConfiguration: { corsConfiguration: { allowedOrigins: ['https://b.acme.com'] } } },
    ['a', 'b'],
  ],
  [
    'application/merge-patch+json',
    { systemConfiguration: { corsConfiguration: { allowedOrigins: ['https://b.acme.com'] } } },
    ['b'],
  ],
  [
    'application/json-patch+json',
    [{ op: 'add', path: '/systemConfiguration/corsConfiguration/allowedOrigins/0', value: 'https://b.acme.com' }],
    ['b', 'a'],
  ],
])('a PATCH as %s keeps the rest', async (type, patch, origins) => {
  await put({
    reportTimezone: 'Europe/Berlin',
    data: { owner: 'crew' },
    corsConfiguration: { enabled: true, allowedOrigins: ['https://a.acme.com'] },
  });
  const { json } = await call('PATCH', path, patch, { type });
  expect(json.systemConfiguration).toMatchObject({
    reportTimezone: 'Europe/Berlin',
    data: { owner: 'crew' },
    corsConfiguration: { enabled: true, allowedOrigins: origins.map((name) => `https://${name}.acme.com`) },
  });
});

describe('what is wrong is named', () => {
  test.each([
    [{ reportTimezone: undefined }, '[missing]systemConfiguration.reportTimezone'],
    [{ reportTimezone: 'Mars/Olympus' }, '[invalidJSON]'],
    [
      { corsConfiguration: { allowedOrigins: ['*', 'https://acme.com'] } },
      '[invalid]systemConfiguration.corsConfiguration.allowedOrigins',
    ],
    [{ corsConfiguration: { allowedMethods: ['STEAL'] } }, '[invalidJSON]'],
    [
      { auditLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 0 } } },
      '[invalid]systemConfiguration.auditLogConfiguration.delete.numberOfDaysToRetain',
    ],
    [
      { trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['10.0.0.0/8', 'proxy.acme.com'] } },
      '[invalid]systemConfiguration.trustedProxyConfiguration.trusted[1]',
    ],
    [
      { trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['10.0.0.0/33'] } },
      '[invalid]systemConfiguration.trustedProxyConfiguration.trusted[0]',
    ],
  ])('%j is %s', async (fields, code) => {
    expect(await codes(fields)).toEqual([code]);
  });

  test.each([
    { reportTimezone: 'UTC' },
    { reportTimezone: '+02:00' },
    { reportTimezone: 'GMT-5' },
    { corsConfiguration: { allowedOrigins: ['*'] } },
    { auditLogConfiguration: { delete: { enabled: false, numberOfDaysToRetain: 0 } } },
    { trustedProxyConfiguration: { trusted: ['proxy.acme.com'] } },
  ])('%j is fine', async (fields) => {
    expect(await codes(fields)).toEqual([]);
  });
});

test('there is one, which cannot be made or deleted, and what the API does not know is dropped', async () => {
  expect((await call('POST', path, { systemConfiguration: {} })).status).toBe(405);
  expect((await call('DELETE', path)).status).toBe(405);
  const { json } = await put({ reportTimezone: 'UTC', cookieEncryptionKey: 'secret', id: 'mine' });
  expect(json.systemConfiguration).toEqual({ ...defaults, ...own, reportTimezone: 'UTC' });
});

describe('of a fresh install', () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.close());

  test('what is not known for sure is a switch', async () => {
    sandbox = await startSandbox({
      switches: { freshCors: 'on', freshReportTimezone: 'UTC', usageDataDefault: 'off' },
    });
    const { json } = await callSandbox(sandbox, 'GET', path);
    expect(json.systemConfiguration).toMatchObject({
      reportTimezone: 'UTC',
      corsConfiguration: { enabled: true },
      usageDataConfiguration: { enabled: false },
    });
  });
});
