import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';

const day = 24 * 60 * 60 * 1000;
let now = Date.UTC(2026, 0, 15, 8, 30);
const clock = (): number => (now += 1);
const { call } = useSandbox({ switches: { licensed: 'off' }, clock });
const themed = { application: { name: 'Web', themeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987' } };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function status(): Promise<any> {
  return (await call('GET', '/api/reactor')).json.status;
}

test('a licence opens what needs one, until it is taken away', async () => {
  expect(await status()).toMatchObject({ licensed: false, applicationThemes: 'DISABLED', licenseAttributes: {} });
  expect((await call('POST', '/api/application', themed)).status).toBe(400);
  expect(await call('POST', '/api/reactor', { licenseId: 'acme' })).toMatchObject({ status: 200, text: '' });
  expect(await status()).toMatchObject({
    licensed: true,
    applicationThemes: 'ACTIVE',
    breachedPasswordDetection: 'ACTIVE',
    licenseAttributes: { LicensedPlan: 'Enterprise' },
  });
  expect((await call('POST', '/api/application', themed)).status).toBe(200);
  expect(await call('DELETE', '/api/reactor')).toMatchObject({ status: 200, text: '' });
  expect((await status()).licensed).toBe(false);
});

test('the status names every feature, in one word', async () => {
  const { licensed: _licensed, licenseAttributes: _attributes, ...features } = await status();
  expect(Object.keys(features)).toHaveLength(28);
  expect(new Set(Object.values(features))).toEqual(new Set(['DISABLED']));
});

test('new keys for it are 200 with nothing', async () => {
  expect(await call('PUT', '/api/reactor')).toMatchObject({ status: 200, text: '' });
});

test.each([
  [{}, '[blank]licenseId'],
  [{ licenseId: ' ' }, '[blank]licenseId'],
  [undefined, '[blank]licenseId'],
  [{ licenseId: ['acme'] }, '[invalidJSON]'],
  [{ licenseId: 'acme', license: 'not a license!' }, '[invalid]license'],
  [{ licenseId: 'acme', license: base64('{"expiration":"soon"}') }, '[invalid]license'],
])('an activation with %j is %s', async (body, code) => {
  const { status: answered, json } = await call('POST', '/api/reactor', body);
  expect(answered).toBe(400);
  expect(Object.values<any>(json.fieldErrors)[0][0].code).toBe(code);
  expect((await status()).licensed).toBe(false);
});

describe('an air-gapped licence', () => {
  beforeEach(() => (now = Date.UTC(2026, 0, 15, 8, 30)));

  test('says when it ends, and does without the network', async () => {
    await call('POST', '/api/reactor', { licenseId: 'acme', license: base64('signed and sealed') });
    expect(await status()).toMatchObject({
      licensed: true,
      expiration: '2027-01-15',
      connectors: 'ACTIVE',
      breachedPasswordDetection: 'DISCONNECTED',
      threatDetection: 'DISCONNECTED',
    });
  });

  test('ends after its last day, without grace', async () => {
    await call('POST', '/api/reactor', { licenseId: 'acme', license: base64('{"expiration":"2026-01-16"}') });
    now += day;
    expect((await status()).licensed).toBe(true);
    expect((await call('POST', '/api/application', themed)).status).toBe(200);
    now += day;
    expect(await status()).toMatchObject({ licensed: false, expiration: '2026-01-16', connectors: 'DISABLED' });
    const { status: answered, json } = await call('POST', '/api/application', {
      application: { ...themed.application, name: 'Shop' },
    });
    expect([answered, json.fieldErrors['application.themeId'][0].code]).toEqual([
      400,
      '[notLicensed]application.themeId',
    ]);
  });

  test('may be followed by one that has no end', async () => {
    await call('POST', '/api/reactor', { licenseId: 'acme', license: base64('signed and sealed') });
    await call('POST', '/api/reactor', { licenseId: 'acme' });
    expect(await status()).not.toHaveProperty('expiration');
  });
});

test('the metrics have a row for each tenant that looks for breached passwords', async () => {
  await call('POST', '/api/reactor', { licenseId: 'acme' });
  expect((await call('GET', '/api/reactor/metrics')).json).toEqual({
    metrics: { breachedPasswordMetrics: {}, mfaMetrics: {} },
  });
  const breachDetection = { enabled: true, matchMode: 'High', onLogin: 'Off' };
  const { json } = await call('POST', '/api/tenant', {
    tenant: { name: 'Acme', passwordValidationRules: { breachDetection } },
  });
  expect((await call('GET', '/api/reactor/metrics')).json.metrics.breachedPasswordMetrics).toEqual({
    [json.tenant.id]: expect.objectContaining({ actionRequired: 0, passwordsCheckedCount: 0 }),
  });
});

describe('it is remembered', () => {
  let folder: string;
  const sandboxes: Sandbox[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-licence-'));
  });
  afterEach(async () => {
    for (const sandbox of sandboxes.splice(0)) await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(options: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
    const sandbox = await startSandbox({ switches: { licensed: 'off' }, ...options });
    sandboxes.push(sandbox);
    return sandbox;
  }

  async function isLicensed(sandbox: Sandbox): Promise<boolean> {
    return (await callSandbox(sandbox, 'GET', '/api/reactor')).json.status.licensed;
  }

  test('a reset takes it away again', async () => {
    const sandbox = await start({});
    await callSandbox(sandbox, 'POST', '/api/reactor', { licenseId: 'acme' });
    await sandbox.reset();
    expect(await isLicensed(sandbox)).toBe(false);
  });

  test('a reset brings back the one of the kickstart', async () => {
    const kickstart = join(folder, 'kickstart.json');
    writeFileSync(kickstart, JSON.stringify({ licenseId: 'acme', apiKeys: [{ key: 'crew' }], requests: [] }));
    const sandbox = await start({ kickstart });
    await callSandbox(sandbox, 'DELETE', '/api/reactor');
    expect(await isLicensed(sandbox)).toBe(false);
    await sandbox.reset();
    expect(await isLicensed(sandbox)).toBe(true);
  });

  test('it is there after a restart with the same data', async () => {
    const first = await start({ dataDir: folder });
    await callSandbox(first, 'POST', '/api/reactor', { licenseId: 'acme', license: base64('signed and sealed') });
    await first.close();
    const again = await start({ dataDir: folder });
    expect(await isLicensed(again)).toBe(true);
  });

  test('the switch goes before it', async () => {
    const sandbox = await start({});
    await callSandbox(sandbox, 'POST', '/api/reactor', { licenseId: 'acme' });
    await callSandbox(sandbox, 'POST', '/__sandbox/switches', { licensed: 'off' });
    expect(await isLicensed(sandbox)).toBe(false);
  });
});
