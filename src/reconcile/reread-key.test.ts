import { describe, expect, test } from 'vitest';
import { createMemorySource } from '../desired/index.js';
import { Secret } from '../model/index.js';
import { createPorts } from './create-ports.js';
import { rereadKey } from './reread-key.js';

const settings = `version: 1
instance:
  url: https://auth.acme.test
  apiKey: !secret file:read.key
  writeKey: !secret file:write.key
`;
const target = { root: '/nowhere', environment: 'production', ports: createPorts({ env: {} }) };

function repository(files: Record<string, string>): ReturnType<typeof createMemorySource> {
  return createMemorySource({
    'kedge.yaml': 'version: 1\nproject: 00000000-0000-4000-8000-00000000000b\n',
    'environments/production/environment.yaml': settings,
    'environments/production/read.key': 'rotated-read-key\n',
    'environments/production/write.key': 'rotated-write-key\n',
    ...files,
  });
}

describe('a key in a file', () => {
  const value = new Secret('file:read.key', 'old-key');

  test.each([
    ['apiKey', 'rotated-read-key'],
    ['writeKey', 'rotated-write-key'],
  ] as const)('is read again as it is now (%s), and known to who prints', async (name, expected) => {
    const reread = rereadKey(target, { name, value, source: repository({}) });
    await expect(reread?.()).resolves.toBe(expected);
    expect(target.ports.redactor.redact(expected)).toBe('(secret)');
  });

  test('that cannot be read any more is no key, and no other failure', async () => {
    const source = repository({ 'environments/production/read.key': '' });
    await expect(rereadKey(target, { name: 'apiKey', value, source })?.()).resolves.toBeUndefined();
  });
});

test('a key in an environment variable is not read again', () => {
  expect(rereadKey(target, { name: 'apiKey', value: new Secret('env:KEY', 'k') })).toBeUndefined();
});
