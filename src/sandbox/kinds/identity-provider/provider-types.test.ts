import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';
import {
  exampleSettings,
  makeProviderWorld,
  typeCases,
  type ProviderWorld,
  type TypeCase,
} from '../../testing/provider-bodies.js';

const { call } = useSandbox();
let world: ProviderWorld;
beforeEach(async () => {
  world = await makeProviderWorld(call);
});

/** What a create or PUT with only the required fields makes. */
function whole({ type, legacy, required, defaults }: TypeCase): Readonly<Record<string, unknown>> {
  return {
    applicationConfiguration: {},
    attributeMappings: {},
    debug: false,
    enabled: false,
    lambdaConfiguration: {},
    linkingStrategy: 'LinkByEmail',
    source: 'System',
    tenantConfiguration: {},
    type,
    ...(legacy === undefined ? {} : { id: legacy[0], name: legacy[1] }),
    ...required(world),
    ...defaults(world),
  };
}

async function create(one: TypeCase, fields: object): Promise<any> {
  return (await call('POST', '/api/identity-provider', { identityProvider: { type: one.type, ...fields } })).json;
}

/** The object without what differs with each run. */
function settled({ insertInstant: _inserted, lastUpdateInstant: _updated, ...provider }: any): any {
  return provider;
}

describe.each(typeCases)('an identity provider of type $type', (one) => {
  test('created with only the required fields has the documented defaults', async () => {
    const { identityProvider } = await create(one, one.required(world));
    const { id } = identityProvider;
    expect(settled(identityProvider)).toEqual({ ...whole(one), id: one.legacy?.[0] ?? id });
    expect((await call('GET', `/api/identity-provider/${id}`)).json).toEqual({ identityProvider });
  });

  test('is taken as documented and comes back so', async () => {
    const example = { ...exampleSettings(world), ...one.example(world), type: one.type };
    const { identityProvider } = await create(one, example);
    const { applicationConfiguration, ...changed } = one.changed?.(world) ?? {};
    expect(identityProvider).toMatchObject({ ...example, applicationConfiguration: {}, ...changed });
    expect(identityProvider.applicationConfiguration[world.applicationId]).toEqual({
      ...one.applicationDefaults,
      createRegistration: false,
      enabled: true,
      ...(applicationConfiguration as any)?.[world.applicationId],
    });
  });

  test('goes back to the defaults with a PUT of only the required fields', async () => {
    const name = one.legacy?.[1] ?? one.required(world)['name'];
    const made = await create(one, { ...exampleSettings(world), ...one.example(world), enabled: false, name });
    const { id, lastUpdateInstant } = made.identityProvider;
    const { json } = await call('PUT', `/api/identity-provider/${id}`, {
      identityProvider: { type: one.type, name, ...one.required(world) },
    });
    expect(settled(json.identityProvider)).toEqual({ ...whole(one), id, name });
    expect(json.identityProvider.lastUpdateInstant).toBeGreaterThan(lastUpdateInstant);
  });

  test('is patched in three ways, and none needs its type', async () => {
    const made = await create(one, { ...exampleSettings(world), ...one.required(world) });
    const path = `/api/identity-provider/${made.identityProvider.id}`;
    const { applicationId, tenantId } = world;
    const legacy = await call('PATCH', path, {
      identityProvider: { applicationConfiguration: { [applicationId]: { enabled: false } }, enabled: false },
    });
    expect(legacy.json.identityProvider).toEqual({
      ...made.identityProvider,
      applicationConfiguration: {
        [applicationId]: { ...made.identityProvider.applicationConfiguration[applicationId], enabled: false },
      },
      enabled: false,
      lastUpdateInstant: expect.any(Number),
    });
    const merged = await call(
      'PATCH',
      path,
      { identityProvider: { tenantConfiguration: { [tenantId]: null } } },
      { type: 'application/merge-patch+json' },
    );
    expect(merged.json.identityProvider).toMatchObject({ tenantConfiguration: {}, enabled: false });
    const operation = { op: 'replace', path: '/identityProvider/debug', value: false };
    const patched = await call('PATCH', path, [operation], { type: 'application/json-patch+json' });
    expect(settled(patched.json.identityProvider)).toEqual({ ...settled(merged.json.identityProvider), debug: false });
  });

  test('names every required field that is not there', async () => {
    const { fieldErrors } = await create(one, { name: 'Acme', issuer: null });
    const missing = Object.keys(one.required(world)).filter(
      (field) => !['name', 'oauth2', 'useNameIdForEmail'].includes(field),
    );
    expect(Object.keys(fieldErrors)).toEqual(
      expect.arrayContaining(missing.map((field) => `identityProvider.${field}`)),
    );
  });
});
