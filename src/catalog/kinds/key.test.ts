import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { findBuiltIn } from '../../testing/find-built-in.js';
import { canonicalBody } from '../canonical-body.js';
import { key } from './key.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const ID = '33333333-3333-4333-8333-333333333333';

describe('key', () => {
  it('is generated, or imported when its material is written', async () => {
    const { client, calls } = fakeClient({ generateKey: { key: { id: ID } }, importKey: { key: { id: ID } } });
    await key.writes.create({ client, id: ID }, { name: 'Signing', algorithm: 'RS256', length: 2048 });
    await key.writes.create({ client, id: ID }, { name: 'Partner', publicKey: 'PEM' });
    expect(calls.map((call) => call.method)).toEqual(['generateKey', 'importKey']);
  });

  it('PUT takes its name and the value of a Secret, and nothing else', async () => {
    const { client, calls } = fakeClient({ updateKey: { key: { id: ID } } });
    const sent = async (body: JsonObject) => {
      await key.writes.update({ client, id: ID }, body);
      return calls.at(-1)?.args[1];
    };
    expect(await sent({ name: 'New', algorithm: 'RS256', publicKey: 'PEM' })).toEqual({ key: { name: 'New' } });
    expect(await sent({ name: 'New', type: 'HMAC', secret: 's' })).toEqual({ key: { name: 'New' } });
    expect(await sent({ name: 'New', type: 'Secret' })).toEqual({ key: { name: 'New' } });
    expect(await sent({ name: 'New', type: 'Secret', secret: 's' })).toEqual({ key: { name: 'New', secret: 's' } });
  });

  it('of the installation is the one as old as the Default tenant, if it is the only one', () => {
    const application = [{ id: '3c219e58-ed0e-4b18-ad48-f4f92793ae32', tenantId: TENANT }];
    const tenant = [{ id: TENANT, insertInstant: 10 }];
    const shadow = { id: '092dbedc-30af-4149-9c61-b578f2c72f59', insertInstant: 9 };
    const first = { id: 'first', insertInstant: 10 };
    const later = { id: 'later', insertInstant: 11 };
    const find = (bodies: Readonly<Record<string, readonly JsonObject[]>>) =>
      findBuiltIn(key, 'default-signing-key', { application, tenant, ...bodies });
    expect(find({ key: [shadow, first, later] })).toBe('first');
    expect(find({ key: [first, { id: 'as-old', insertInstant: 9 }] })).toBeUndefined();
    expect(find({ key: [later] })).toBeUndefined();
    expect(find({ key: [first], tenant: [{ id: TENANT }] })).toBeUndefined();
  });

  it('has unix line ends in its PEM, whatever was written', () => {
    expect(canonicalBody(key, { publicKey: 'a\r\nb' })).toEqual({ publicKey: 'a\nb' });
  });
});
