import { describe, expect, test } from 'vitest';
import { KedgeError } from '../../../src/model/index.js';
import { changesOf, useRepository } from '../support/repository.js';

const repository = useRepository();
const put = 'PUT /api/identity-provider/{identityProviderId}';
const everyPut = { method: 'PUT', path: '^/api/identity-provider/' };
const partner = (more: string): string => `identityProviders:
  partner:
    name: Partner
    type: OpenIDConnect
    oauth2: { client_id: harbour, client_secret: !secret env:PROVIDER_SECRET, issuer: "https://partner.example" }
${more}`;

async function provider(): Promise<any> {
  const { identityProviders } = await repository.call('GET', '/api/identity-provider');
  return identityProviders.find(({ name }: { name: string }) => name === 'Partner');
}

describe('trap: the linking strategy changes only while the provider is disabled', () => {
  const before = partner('    enabled: true\n    linkingStrategy: LinkByEmail');
  const after = partner('    enabled: true\n    linkingStrategy: LinkAnonymously');

  test('kedge disables it, changes it and enables it again', async () => {
    await repository.files(before);
    await repository.settle();
    await repository.files(after);
    repository.writes();
    await repository.settle();
    expect(repository.writes()).toEqual([put, put, put]);
    expect(await provider()).toMatchObject({ enabled: true, linkingStrategy: 'LinkAnonymously' });
  });

  test('one that is enabled with another strategy at once gets the strategy first', async () => {
    await repository.files(partner('    enabled: false'));
    await repository.settle();
    await repository.files(after);
    repository.writes();
    await repository.settle();
    expect(repository.writes()).toEqual([put, put]);
  });

  test.each([2, 3])('a write that fails on the way is tried again until it is enabled (write %i)', async (at) => {
    await repository.files(before);
    await repository.settle();
    await repository.files(after);
    repository.sandbox().addFault({ ...everyPut, kind: 'status', status: 503, skip: at - 1, count: 1 });
    await repository.settle();
    expect(await provider()).toMatchObject({ enabled: true, linkingStrategy: 'LinkAnonymously' });
  });

  test('after a stop on the way the next plan shows that it is disabled, and the next apply enables it', async () => {
    await repository.files(before);
    await repository.settle();
    await repository.files(after);
    repository.sandbox().addFault({ ...everyPut, kind: 'status', status: 503, skip: 1, count: 0 });
    const { outcomes } = await repository.apply();
    expect(outcomes).toMatchObject([{ result: 'failed' }]);
    expect(await provider()).toMatchObject({ enabled: false });
    repository.sandbox().clearFaults();
    expect(changesOf(await repository.plan())).toEqual(['update identityProvider/partner: /enabled, /linkingStrategy']);
    await repository.settle();
    expect(await provider()).toMatchObject({ enabled: true, linkingStrategy: 'LinkAnonymously' });
  });

  test('a change that would disable it unseen after a stop is refused before any write', async () => {
    await repository.files(before);
    await repository.settle();
    await repository.files(partner('    linkingStrategy: LinkAnonymously'));
    repository.writes();
    const error = await repository.apply().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KedgeError);
    expect(error).toMatchObject({
      code: 'desired/missing-field',
      message: expect.stringContaining('the files do not own enabled'),
      hint: expect.stringContaining('write enabled: true beside it'),
    });
    expect(repository.writes()).toEqual([]);
  });

  test('on a disabled one nothing more than the strategy must be written', async () => {
    await repository.files(partner('    enabled: false'));
    await repository.settle();
    await repository.files(partner('    linkingStrategy: LinkAnonymously'));
    repository.writes();
    await repository.settle();
    expect(repository.writes()).toEqual([put]);
  });
});

test('trap: a PUT replaces the maps of applications and tenants, and kedge sends back what nobody wrote', async () => {
  await repository.files(`applications:
  web: { name: Web }
  shop: { name: Shop }
${partner('    applicationConfiguration: { web: { enabled: true } }')}`);
  await repository.settle();
  const { id, applicationConfiguration } = await provider();
  const { applications } = await repository.call('GET', '/api/application');
  const shop = applications.find(({ name }: { name: string }) => name === 'Shop').id;
  const identityProvider = {
    type: 'OpenIDConnect',
    applicationConfiguration: { ...applicationConfiguration, [shop]: { enabled: true, createRegistration: false } },
  };
  await repository.call('PATCH', `/api/identity-provider/${id}`, { identityProvider });
  await repository.files(`applications:
  web: { name: Web }
  shop: { name: Shop }
${partner('    debug: true\n    applicationConfiguration: { web: { createRegistration: false } }')}`);
  await repository.settle();
  const now = (await provider()).applicationConfiguration;
  expect(new Set(Object.keys(now))).toEqual(new Set([...Object.keys(applicationConfiguration), shop]));
  expect(now[shop]).toMatchObject({ enabled: true, createRegistration: false });
});

describe('trap: one that the UI made has a fixed id', () => {
  const fixed = '82339786-3dff-42a6-aac6-1f1ceecb6c46';
  const google = (name: string): string => `identityProviders:
  google: { name: ${name}, type: Google, client_id: harbour, client_secret: !secret env:PROVIDER_SECRET, enabled: true }`;

  test('it is found by its name and adopted, never made a second time', async () => {
    await repository.call('POST', '/api/identity-provider', {
      identityProvider: { type: 'Google', client_id: 'old', client_secret: 'provider secret', enabled: true },
    });
    await repository.files(google('Google'));
    const [planned] = (await repository.plan()).changes;
    expect(planned?.change).toMatchObject({ op: 'adopt', id: fixed });
    await repository.settle();
    const { identityProviders } = await repository.call('GET', '/api/identity-provider');
    expect(identityProviders).toHaveLength(1);
    expect(identityProviders[0]).toMatchObject({ id: fixed, client_id: 'harbour' });
  });

  test('a second one of the type has its own name and id', async () => {
    await repository.call('POST', '/api/identity-provider', {
      identityProvider: { type: 'Google', client_id: 'old', client_secret: 'provider secret' },
    });
    await repository.files(google('Google for partners'));
    await repository.settle();
    expect((await repository.call('GET', '/api/identity-provider')).identityProviders).toHaveLength(2);
  });
});
