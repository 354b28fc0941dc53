import { beforeEach, describe, expect, test } from 'vitest';

import type { Answer, Instance } from '../kind.js';
import { callRoute, emptyInstance } from '../testing/call.js';
import { key } from './key.js';

let instance: Instance;
beforeEach(() => {
  instance = emptyInstance([key]);
});

describe('generating a key', () => {
  test('answers its public half and stamps it', async () => {
    const { body } = await generate({ algorithm: 'ES256', name: ' Acme access ' });
    expect(body?.['key']).toMatchObject({
      name: 'Acme access',
      type: 'EC',
      length: 256,
      hasPrivateKey: true,
      issuer: 'acme.com',
    });
    const { insertInstant, lastUpdateInstant } = body!['key'] as Record<string, unknown>;
    expect(lastUpdateInstant).toBe(insertInstant);
  });

  test('never answers a private key or a secret', async () => {
    for (const algorithm of ['ES256', 'HS256']) {
      const { body } = await generate({ algorithm, name: algorithm });
      expect(body?.['key']).not.toHaveProperty('privateKey');
      expect(body?.['key']).not.toHaveProperty('secret');
    }
  });

  test('takes the issuer of the default tenant', async () => {
    instance.store.put('tenant', { id: instance.seeds.defaultTenant, issuer: 'ship.example' });
    expect((await generate({ algorithm: 'ES256', name: 'a' })).body).toMatchObject({ key: { issuer: 'ship.example' } });
  });

  test.each([
    [{ algorithm: 'RS256', name: 'a' }, '[missing]key.length'],
    [{ algorithm: 'RS256', name: 'a', length: 1024 }, '[invalid]key.length'],
    [{ algorithm: 'ES256' }, '[blank]key.name'],
    [{ name: 'a' }, '[missing]key.algorithm'],
    [{ name: 'a', algorithm: 'None' }, '[invalid]key.algorithm'],
  ])('of %o is refused with %s', async (request, code) => {
    await expect(generate(request)).rejects.toThrow(code);
  });

  test('with a name or an id that is taken is refused', async () => {
    const id = '10b1f8f4-4f4e-4d0b-9a53-0f5a4b7c9e11';
    await generate({ algorithm: 'HS256', name: 'Acme' }, id);
    await expect(generate({ algorithm: 'HS256', name: 'acme' })).rejects.toThrow('[duplicate]key.name');
    await expect(generate({ algorithm: 'HS256', name: 'other' }, id)).rejects.toThrow('[duplicate]keyId');
    await expect(generate({ algorithm: 'HS256', name: 'other' }, 'bridge')).rejects.toThrow('[couldNotConvert]keyId');
  });
});

describe('importing a key', () => {
  test('with a kid that is taken is refused', async () => {
    const request = { type: 'HMAC', secret: 's3cret', kid: 'bridge' };
    await importKey({ ...request, name: 'one' });
    await expect(importKey({ ...request, name: 'two' })).rejects.toThrow('[duplicate]key.kid');
  });

  test('without material is refused', async () => {
    await expect(importKey({ name: 'one' })).rejects.toThrow('[blank]key.publicKey');
  });
});

describe('public keys', () => {
  test('are listed by kid, found by kid, and not found by keyId', async () => {
    const { body } = await generate({ algorithm: 'ES256', name: 'a' });
    await generate({ algorithm: 'HS256', name: 'shared' });
    const { kid, publicKey } = body!['key'] as { kid: string; publicKey: string };
    expect((await publicKeys('')).body).toEqual({ publicKeys: { [kid]: publicKey } });
    expect((await publicKeys(`kid=${kid}`)).body).toEqual({ publicKey });
    expect((await publicKeys('keyId=whatever')).body).toEqual({ publicKeys: { [kid]: publicKey } });
    await expect(publicKeys('kid=nope')).rejects.toMatchObject({ status: 404 });
  });

  test("of an application are its own when its JWT configuration is enabled, else its tenant's", async () => {
    const { body } = await generate({ algorithm: 'ES256', name: 'a' });
    const { id, publicKey } = body!['key'] as { id: string; publicKey: string };
    instance.store.put('tenant', { id: 't-1', jwtConfiguration: { accessTokenKeyId: id } });
    instance.store.put('application', { id: 'a-1', tenantId: 't-1', jwtConfiguration: { enabled: false } });
    expect((await publicKeys('applicationId=a-1')).body).toEqual({ publicKey });
    instance.store.put('application', {
      id: 'a-1',
      tenantId: 't-1',
      jwtConfiguration: { enabled: true, accessTokenKeyId: 'hmac' },
    });
    await expect(publicKeys('applicationId=a-1')).rejects.toMatchObject({ status: 404 });
  });
});

function generate(request: Record<string, unknown>, keyId?: string): Promise<Answer> {
  const params = keyId === undefined ? {} : { keyId };
  return callRoute(key, instance, {
    method: 'POST',
    path: '/api/key/generate/:keyId?',
    params,
    body: { key: request },
  });
}

function importKey(request: Record<string, unknown>): Promise<Answer> {
  return callRoute(key, instance, { method: 'POST', path: '/api/key/import/:keyId?', body: { key: request } });
}

function publicKeys(query: string): Promise<Answer> {
  return callRoute(key, instance, { method: 'GET', path: '/api/jwt/public-key', query });
}
