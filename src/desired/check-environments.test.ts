import { describe, expect, it } from 'vitest';
import { acmeFiles, acmeSettings } from '../testing/acme-repository.js';
import { type CheckedEnvironments, checkEnvironments, createMemorySource } from './index.js';

const check = (files: { readonly [path: string]: string }, env = {}): Promise<CheckedEnvironments> =>
  checkEnvironments({ source: createMemorySource(acmeFiles(files)), env });

describe('checkEnvironments', () => {
  it('two environments that share an instance and a namespace are refused', async () => {
    const settings = acmeSettings.replace('https://auth.acme.test', 'HTTPS://Auth.acme.test:443/');
    const { environments, findings } = await check({ 'environments/staging/environment.yaml': settings });
    expect(environments).toEqual(['production', 'staging']);
    expect(findings).toMatchObject([
      {
        code: 'desired/same-namespace',
        message:
          "the environments 'production' and 'staging' share the instance https://auth.acme.test and a namespace",
        at: { file: 'environments/staging/environment.yaml', line: 3, col: 18 },
        excerpt: 'instance: { url: HTTPS://Auth.acme.test:443/, apiKey: !secret env:ACME_KEY }',
      },
    ]);
  });

  it('another namespace, another instance, a broken environment and an unknown address are no conflict', async () => {
    const { environments, findings } = await check({
      'environments/a/environment.yaml': `${acmeSettings}identity: { namespace: 00000000-0000-4000-8000-00000000000b }\n`,
      'environments/b/environment.yaml': acmeSettings.replace('auth.', 'other.'),
      'environments/c/environment.yaml': 'extends: nowhere\n',
      'environments/d/environment.yaml': acmeSettings.replace('https://auth.acme.test', '!env NOWHERE'),
      'environments/e/environment.yaml': acmeSettings.replace('https://auth.acme.test', 'nowhere'),
      'environments/f/environment.yaml': `${acmeSettings}identity: { namespace: x }\n`,
      'environments/g/environment.yaml': acmeSettings.replace('https://auth.acme.test', '3'),
    });
    expect(environments).toEqual(['a', 'b', 'd', 'e', 'f', 'g', 'production']);
    expect(findings).toEqual([]);
  });

  it('without a project nothing is compared', async () => {
    expect(await check({ 'kedge.yaml': '' })).toEqual({ environments: ['production'], findings: [] });
  });
});
