import { describe, expect, it } from 'vitest';
import { KedgeError } from '../model/index.js';
import { acmeFiles, acmeSettings, findingLines, loadAcme, resourcesOf } from '../testing/acme-repository.js';
import { refusesFiles } from '../testing/bad-input.js';
import type { FileSource } from './file-source.js';
import { createMemorySource } from './memory-source.js';

const settings = 'environments/production/environment.yaml';

describe('findLayers', () => {
  refusesFiles({
    'a layer that is not there is told the nearest one': [
      { [settings]: acmeSettings.replace('base', 'bse') },
      "production/environment.yaml:2:10 desired/missing-environment there is no folder environments/bse (did you mean 'base'?)",
    ],
    'a layer is not a path': [
      { [settings]: acmeSettings.replace('base', '../base/../secret-place') },
      'production/environment.yaml:2:10 desired/missing-environment there is no folder environments/../base/../secret-place (there are base, production)',
    ],
    'layers that extend each other are refused': [
      { 'environments/base/environment.yaml': 'version: 1\nextends: [production]\n' },
      'base/environment.yaml:2:11 desired/extends-cycle layers extend each other in a circle: production → base → production',
    ],
    'extends takes plain names': [
      { [settings]: acmeSettings.replace('base', '[base, !var x, 3]') },
      'production/environment.yaml:2:22 desired/bad-type extends takes names of folders in environments/, not !var',
      'production/environment.yaml:2:25 desired/bad-type extends takes names of folders in environments/, not a number',
    ],
    'an environment has settings': [
      { [settings]: '# later\n' },
      'production/environment.yaml:1:1 desired/empty the environment has no settings',
    ],
    'settings are a map': [
      { [settings]: '[1]\n' },
      'production/environment.yaml:1:1 desired/bad-type settings are a map',
    ],
    'settings that cannot be read are told': [
      { [settings]: 'a: "\n' },
      'production/environment.yaml:2:1 desired/yaml-syntax',
    ],
    'an empty file is not "nothing is desired"': [
      { 'environments/production/a.yaml': '# nothing yet\n' },
      'production/a.yaml:1:1 desired/empty the file has nothing in it',
    ],
    'an environment that declares nothing is refused': [
      { 'environments/base/tenants.yaml': 'version: 1\n' },
      "production:1:1 desired/empty the environment 'production' and the layers it extends declare nothing",
    ],
    'what a broken file may have declared is not missed elsewhere': [
      {
        'environments/base/tenants.yaml': 'version: 1\ntenants: { main: "\n',
        'environments/production/main.yaml':
          'version: 1\napplications: { web: { name: W, tenantId: main } }\nmoved: [{ kind: tenant, from: a, to: main }]\n',
      },
      'base/tenants.yaml:3:1 desired/yaml-syntax',
      'base/tenants.yaml:3:1 desired/yaml-syntax',
    ],
  });

  it('an environment that is not there is told the nearest one, or how to begin', async () => {
    expect(findingLines(await loadAcme({}, { environment: 'prodution' }))).toEqual([
      "desired/missing-environment there is no folder environments/prodution (did you mean 'production'?)",
    ]);
    const source = createMemorySource({ 'kedge.yaml': 'version: 1\n' });
    expect(findingLines(await loadAcme({}, { environment: 'x', source }))).toEqual([
      'desired/missing-environment there is no folder environments/x (run kedge init to make one)',
      expect.stringContaining('kedge.yaml:1:1 desired/missing-field'),
    ]);
  });

  it('layers of layers are laid over each other once, lowest first', async () => {
    const result = await loadAcme({
      [settings]: acmeSettings.replace('extends: base', 'extends: [eu, strict]'),
      'environments/eu/environment.yaml': 'version: 1\nextends: base\nvariables: { domain: eu.test, region: eu }\n',
      'environments/eu/a.yaml':
        'version: 1\ntenants: { main: { issuer: !sub "${region}.${domain}", logoutURL: eu } }\n',
      'environments/strict/environment.yaml': 'version: 1\nextends: base\n',
      'environments/strict/a.yaml': 'version: 1\ntenants: { main: { logoutURL: strict } }\n',
    });
    expect(resourcesOf(result)['tenant/main']?.fields).toEqual({
      name: 'Main',
      issuer: 'eu.acme.test',
      logoutURL: 'strict',
    });
  });

  it('warns of YAML in a folder that is not read, and leaves hidden files alone', async () => {
    const result = await loadAcme({
      'environments/production/tenants/acme.yaml': 'version: 1\n',
      'environments/production/lambdas/claims.js': 'x',
      'environments/production/.a.yaml.swp.yaml': ']',
      'environments/.hidden/x.yaml': ']',
    });
    expect(result.ok && findingLines(result)).toEqual([
      expect.stringContaining('production/tenants/acme.yaml:1:1 desired/unread-file'),
    ]);
  });

  it('a folder that the system refuses is a finding', async () => {
    const memory = createMemorySource(acmeFiles());
    const failing = (folder: string, error: Error): FileSource => ({
      ...memory,
      list: (name) => (name === folder ? Promise.reject(error) : memory.list(name)),
    });
    const refusal = new KedgeError({ code: 'desired/unreadable-file', message: 'the folder cannot be read (EACCES)' });
    const result = await loadAcme({}, { source: failing('environments/base', refusal) });
    expect(findingLines(result)).toContainEqual(expect.stringContaining('base:1:1 desired/unreadable-file'));
    const bug = new TypeError('a bug');
    await expect(loadAcme({}, { source: failing('environments/base', bug) })).rejects.toBe(bug);
  });
});
