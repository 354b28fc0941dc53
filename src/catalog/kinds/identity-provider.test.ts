import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { identityProvider } from './identity-provider.js';

const ID = '33333333-3333-4333-8333-333333333333';
const KEY = '44444444-4444-4444-8444-444444444444';

async function writtenBy(body: JsonObject, live?: JsonObject): Promise<readonly unknown[]> {
  const { client, calls } = fakeClient({ updateIdentityProvider: { identityProvider: { id: ID } } });
  await identityProvider.writes.update({ client, id: ID, ...(live && { live }) }, body);
  expect(calls.every(({ args }) => args[0] === ID)).toBe(true);
  return calls.map(({ args }) => (args[1] as { readonly identityProvider: unknown }).identityProvider);
}

describe('another linking strategy', () => {
  const was = { name: 'Google', linkingStrategy: 'LinkByEmail' };
  const becomes = { name: 'Google', linkingStrategy: 'LinkAnonymously' };

  it('is set while the provider is disabled, before and after which it is on', async () => {
    expect(await writtenBy({ ...becomes, enabled: true }, { ...was, enabled: true })).toEqual([
      { ...was, enabled: false },
      { ...becomes, enabled: false },
      { ...becomes, enabled: true },
    ]);
  });

  it('needs no disabling of a provider that is off, nor enabling of one that is to be', async () => {
    expect(await writtenBy({ ...becomes, enabled: true }, { ...was, enabled: false })).toEqual([
      { ...becomes, enabled: false },
      { ...becomes, enabled: true },
    ]);
    expect(await writtenBy({ ...becomes, enabled: false }, { ...was, enabled: true })).toEqual([
      { ...was, enabled: false },
      { ...becomes, enabled: false },
    ]);
  });

  it('is not what a write of other fields makes: that is one PUT', async () => {
    expect(await writtenBy({ ...was, enabled: true, debug: true }, { ...was, enabled: true })).toEqual([
      { ...was, enabled: true, debug: true },
    ]);
  });
});

describe('the deprecated name of the first verification key', () => {
  it.each([
    ['ExternalJWT', 'defaultKeyId'],
    ['SAMLv2', 'keyId'],
    ['SAMLv2IdPInitiated', 'keyId'],
  ])('is not sent beside the list: %s', async (type, copy) => {
    const rest = { type, verificationKeyIds: [KEY] };
    expect(await writtenBy({ ...rest, [copy]: KEY })).toEqual([rest]);
  });

  it('is a field of its own for Apple, and is all there is on an older server', async () => {
    const apple = { type: 'Apple', keyId: 'A1', verificationKeyIds: [KEY] };
    const older = { type: 'SAMLv2', keyId: KEY };
    expect([await writtenBy(apple), await writtenBy(older)]).toEqual([[apple], [older]]);
  });
});
