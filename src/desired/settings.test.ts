import { describe, expect, it } from 'vitest';
import { acmeProject, acmeSettings, findingLines, loadAcme } from '../testing/acme-repository.js';
import { refusesFiles } from '../testing/bad-input.js';

const path = 'environments/production/environment.yaml';
const at = 'production/environment.yaml:';
const key = 'apiKey: !secret env:ACME_KEY';

describe('parseSettings', () => {
  refusesFiles({
    'an environment has an instance': [
      { [path]: 'version: 1\nextends: base\n' },
      `${at}1:1 desired/missing-field the environment 'production' has no instance`,
    ],
    'wrong settings are shown where they stand': [
      {
        [path]:
          'version: 1\nextends: base\ninstnce: 1\ninstance: { apiKey: !secret env:NONE, timeoutMs: fast, concurrency: 100 }\n',
      },
      `${at}3:1 desired/unknown-field environment.yaml has no field 'instnce' (did you mean 'instance'?)`,
      `${at}4:11 desired/missing-field instance of environment.yaml needs a url`,
      `${at}4:29 desired/missing-secret`,
      `${at}4:50 desired/bad-type instance.timeoutMs of environment.yaml is text`,
      `${at}4:69 desired/bad-value instance.concurrency of environment.yaml must be <= 64`,
    ],
    'meanings are checked too': [
      {
        [path]: `version: 1\nextends: base\ninstance: { url: "ftp://x", ${key}, tenantId: x }\nidentity: { namespace: y }\npolicy: { kinds: { webhoks: { prune: true } }, protect: [tenats/main, main, zzz/x] }\n`,
      },
      `${at}3:18 desired/bad-value instance.url is not the address of a server`,
      `${at}3:69 desired/bad-value instance.tenantId is not a UUID`,
      `${at}4:24 desired/bad-value identity.namespace is not a UUID`,
      `${at}5:29 desired/unknown-field policy.kinds has no collection 'webhoks' (did you mean 'webhooks'?)`,
      `${at}5:58 desired/unknown-reference policy.protect takes <collection>/<logical key>, not 'tenats/main' (did you mean 'tenants'?)`,
      `${at}5:71 desired/unknown-reference`,
      `${at}5:77 desired/unknown-reference policy.protect takes <collection>/<logical key>, not 'zzz/x' (such as tenants/main)`,
    ],
    'a setting whose value is not known is not checked as well': [
      { [path]: `version: 1\nextends: base\ninstance: { url: https://a.test, ${key}, timeoutMs: !env NOWHERE }\n` },
      `${at}3:80 desired/missing-variable the environment variable NOWHERE is not set`,
    ],
    'an address that is none is refused': [
      { [path]: `version: 1\nextends: base\ninstance: { url: here, ${key} }\n` },
      `${at}3:18 desired/bad-value instance.url is not the address of a server`,
    ],
    'an address with a password in it is refused': [
      { [path]: `version: 1\nextends: base\ninstance: { url: "https://u:hunter2@x", ${key} }\n` },
      `${at}3:18 desired/bad-value instance.url has more in it than an address`,
    ],
    'a proxy is an address, with user and password beside it': [
      {
        [path]: `version: 1\nextends: base\ninstance: { url: https://a.test, ${key}, proxy: "http://u:hunter2@x:1" }\n`,
      },
      `${at}3:71 desired/bad-value the address of instance.proxy has more in it than an address`,
    ],
    'the parts of a proxy are checked where they stand': [
      {
        [path]: `version: 1\nextends: base\ninstance:\n  url: https://a.test\n  ${key}\n  proxy:\n    url: http://x:1/a\n    user: "a:b"\n`,
      },
      `${at}7:10 desired/bad-value the address of instance.proxy has a path`,
      `${at}8:11 desired/bad-value instance.proxy.user has a : in it`,
    ],
    'a password belongs to a user, and a word is no address': [
      {
        [path]: `version: 1\nextends: base\ninstance:\n  url: https://a.test\n  ${key}\n  proxy:\n    url: none\n    password: !secret env:ACME_KEY\n`,
      },
      `${at}7:10 desired/bad-value the address of instance.proxy is not the address of a server`,
      `${at}8:23 desired/bad-value instance.proxy has a password and no user`,
    ],
    'a socket is an absolute path, and no proxy stands before it': [
      {
        [path]: `version: 1\nextends: base\ninstance:\n  url: https://a.test\n  ${key}\n  socket: run.sock\n  proxy: environment\n`,
      },
      `${at}6:11 desired/bad-value instance.socket is not an absolute path`,
      `${at}7:10 desired/bad-value instance has a proxy and a socket`,
    ],
    'time limits and rates are numbers that leave something': [
      {
        [path]: `version: 1\nextends: base\ninstance:\n  url: https://a.test\n  ${key}\n  timeouts: { connectMs: 0, headerMs: 1 }\n  requestsPerSecond: 0\n`,
      },
      `${at}6:26 desired/bad-value instance.timeouts.connectMs of environment.yaml must be >= 1`,
      `${at}6:29 desired/unknown-field environment.yaml has no field 'instance.timeouts.headerMs' (did you mean 'headersMs'?)`,
      `${at}7:22 desired/bad-value instance.requestsPerSecond of environment.yaml must be >= 0.01`,
    ],
    'an empty key is no key': [
      { [path]: 'version: 1\nextends: base\ninstance: { url: https://auth.acme.test, apiKey: "" }\n' },
      `${at}3:50 desired/missing-secret instance.apiKey is empty`,
    ],
    'variables are a map': [
      { [path]: acmeSettings.replace(/variables: .*/, 'variables: [a]') },
      `${at}4:12 desired/bad-type variables is a map`,
    ],
    'a repository has a project': [
      { 'kedge.yaml': 'version: 1\n' },
      'kedge.yaml:1:1 desired/missing-field kedge.yaml has no project',
    ],
    'a project is a UUID and nothing else': [
      { 'kedge.yaml': 'version: 1\nproject: x\nname: acme\n' },
      'kedge.yaml:2:10 desired/bad-value project is a UUID',
      "kedge.yaml:3:1 desired/unknown-field kedge.yaml has no field 'name'",
    ],
    'an empty kedge.yaml is refused': [{ 'kedge.yaml': '' }, 'kedge.yaml:1:1 desired/empty'],
    'a broken kedge.yaml is refused': [{ 'kedge.yaml': 'a: "\n' }, 'kedge.yaml:2:1 desired/yaml-syntax'],
  });

  it('gives every setting, with layers and variables worked in', async () => {
    const result = await loadAcme(
      {
        'environments/base/environment.yaml':
          'version: 1\npolicy: { kinds: { webhooks: { prune: true }, roles: { prune: true }, themes: {} } }\ninstance: { timeoutMs: 5000 }\n',
        'environments/production/ca.pem': 'PEM',
        [path]: `version: 1
extends: base
instance:
  url: !sub "https://auth.\${domain}:9011/"
  ${key}
  writeKey: !secret env:WRITE
  tenantId: 00000000-0000-4000-8000-00000000000A
  ca: !file ca.pem
  clientCertificate: { cert: !file ca.pem, key: !file ca.pem }
  concurrency: 2
fusionauth: ">=1.60"
identity: { namespace: 00000000-0000-4000-8000-00000000000B }
record: { key: !secret env:WRITE, instance: false }
policy: { kinds: { roles: { prune: false } }, protect: [tenants/main, roles/web/admin] }
variables: { domain: acme.test }
`,
      },
      { env: { ACME_KEY: 'k', WRITE: 'hunter2' }, writeKey: true },
    );
    if (!result.ok) throw new Error(findingLines(result).join('\n'));
    const { environment } = result;
    expect(environment).toMatchObject({
      name: 'production',
      instance: {
        url: 'https://auth.acme.test:9011',
        tenantId: '00000000-0000-4000-8000-00000000000a',
        ca: 'PEM',
        clientCertificate: { cert: 'PEM' },
        timeoutMs: 5000,
        concurrency: 2,
      },
      fusionauth: '>=1.60',
      namespace: '00000000-0000-4000-8000-00000000000b',
      recordInInstance: false,
      policy: {
        protect: [{ ref: { kind: 'tenant', key: 'main' } }, { ref: { kind: 'role', key: 'web/roles/admin' } }],
      },
    });
    expect([...environment.policy.prune]).toEqual(['webhook']);
    expect(environment.instance.writeKey?.reveal()).toBe('hunter2');
    expect(environment.recordKey?.source).toBe('env:WRITE');
    expect(environment.instance.clientCertificate?.key.source).toBe('file:ca.pem');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it.each([
    ['proxy: environment', { proxy: 'environment' }],
    ['proxy: "http://proxy.acme.test:3128/"', { proxy: { url: 'http://proxy.acme.test:3128' } }],
    ['proxy: { url: "http://p:1", user: kedge, password: !secret env:ACME_KEY }', { proxy: { user: 'kedge' } }],
    ['socket: /run/fusionauth.sock', { socket: '/run/fusionauth.sock' }],
    ['timeouts: { connectMs: 1, bodyMs: 2 }', { timeouts: { connectMs: 1, bodyMs: 2 } }],
    ['requestsPerSecond: 0.5', { requestsPerSecond: 0.5 }],
  ])('reads %s', async (line, expected) => {
    const settings = `version: 1\nextends: base\ninstance:\n  url: https://auth.acme.test\n  ${key}\n  ${line}\n`;
    const result = await loadAcme(
      {
        [path]: settings,
        'environments/base/environment.yaml': 'version: 1\nvariables: { domain: acme.test, issuer: acme }\n',
      },
      { env: { ACME_KEY: 'hunter2' } },
    );
    if (!result.ok) throw new Error(findingLines(result).join('\n'));
    expect(result.environment.instance).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it.each([
    ['an address', 'instance: { url: "https://u:hunter2@x", KEY }'],
    ['an address with a space in it', 'instance: { url: "https://u:x hunter2@x", KEY }'],
    ['what is no address of a server', 'instance: { url: "ftp://u:hunter2@x", KEY }'],
    ['what is no address at all', 'instance: { url: "https://u:hunter2@:x", KEY }'],
    ['an address beside another mistake', 'instance: { url: "https://u:hunter2@x", KEY, timeout: 1 }'],
    ['the address of a proxy', 'instance: { url: https://a.test, KEY, proxy: "http://u:hunter2@x:1" }'],
  ])('a password in %s is not shown with the finding', async (_, line) => {
    const result = await loadAcme({ [path]: `version: 1\nextends: base\n${line.replace('KEY', key)}\n` });
    expect(findingLines(result)).not.toEqual([]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('a reading command never asks for the key that can write', async () => {
    const [asked, env] = [new Set<string>(), { ACME_KEY: 'k' }];
    const watched = new Proxy<Record<string, string | undefined>>(env, {
      getOwnPropertyDescriptor: (target, name) => {
        asked.add(String(name));
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
    });
    const withWriteKey = acmeSettings.replace('apiKey:', 'writeKey: !secret env:WRITE, apiKey:');
    const result = await loadAcme({ [path]: withWriteKey }, { env: watched });
    expect(result.ok && result.environment.instance.writeKey).toBeUndefined();
    expect([...asked]).toEqual(['ACME_KEY']);
    expect(findingLines(await loadAcme({ [path]: withWriteKey }, { writeKey: true }))).toEqual([
      expect.stringContaining('the environment variable WRITE is not set'),
    ]);
  });

  it('a key in clear is sealed and warned of; without settings of its own the project is the namespace', async () => {
    const result = await loadAcme({ [path]: acmeSettings.replace('!secret env:ACME_KEY', 'hunter2') });
    expect(findingLines(result)).toEqual([
      expect.stringContaining('desired/literal-secret instance.apiKey of environment.yaml'),
    ]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result.ok && result.desired.namespace).toBe(acmeProject);
  });
});
