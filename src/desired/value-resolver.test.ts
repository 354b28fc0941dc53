import { describe, expect, it } from 'vitest';
import { Secret } from '../model/index.js';
import { acmeSettings, findingLines, loadAcme, loadMain, resourcesOf } from '../testing/acme-repository.js';
import { refusesFiles, refusesMains } from '../testing/bad-input.js';

const settings = 'environments/production/environment.yaml';

describe('createResolver', () => {
  refusesMains({
    'a variable that is not there is told the nearest one, or where to add it': [
      'tenants:\n  acme: { name: !var isuer, issuer: !sub "${domian}/${domain}/${zzzzzz}" }\n',
      "3:22 desired/missing-variable there is no variable 'isuer' (did you mean 'issuer'?)",
      "3:42 desired/missing-variable there is no variable 'domian' (did you mean 'domain'?)",
      "3:42 desired/missing-variable there is no variable 'zzzzzz' (add 'zzzzzz' to variables in environment.yaml)",
    ],
    'text for !sub names variables and nothing else': [
      'tenants:\n  a: { name: !sub "${oops" }\n  b: { name: !sub "${a + b}" }\n',
      "3:19 desired/bad-tag !sub: a '${' has no '}' after it",
      "4:19 desired/bad-tag !sub: '${a + b}' does not name a variable",
    ],
    '!var takes a name': [
      'tenants:\n  a: { name: !var "a b" }\n',
      '3:19 desired/bad-tag !var takes the name of a variable',
    ],
    'an environment variable that is not set is named': [
      'tenants:\n  a: { name: !env ACME_NAME }\n  b: { name: !env toString }\n',
      '3:19 desired/missing-variable the environment variable ACME_NAME is not set',
      '4:19 desired/missing-variable the environment variable toString is not set',
    ],
    'a secret without a value is named, not guessed': [
      'tenants:\n  a: { name: A, emailConfiguration: { password: !secret env:SMTP } }\n  b: { name: B, emailConfiguration: { password: !secret env:constructor } }\n',
      '3:57 desired/missing-secret the environment variable SMTP is not set',
      '4:57 desired/missing-secret the environment variable constructor is not set',
    ],
    'a secret whose file is not there is told once': [
      'tenants:\n  a: { name: A, emailConfiguration: { password: !secret file:none } }\n',
      '3:57 desired/missing-file there is no file environments/production/none',
    ],
    'a file that is not there is named by its full path': [
      'lambdas:\n  l: { body: !file lambdas/none.js }\n',
      '3:20 desired/missing-file there is no file environments/production/lambdas/none.js (the path is relative to the folder of environments/production/main.yaml)',
    ],
    'no file outside the repository is read': [
      'lambdas:\n  l: { body: !file ../../../etc/passwd }\n  m: { body: !file /etc/passwd }\n  n: { body: !file "C:\\\\x" }\n',
      '3:20 desired/outside-repository ../../../etc/passwd is outside',
      '4:20 desired/outside-repository /etc/passwd is outside',
      '5:20 desired/outside-repository C:\\x is outside',
    ],
  });
  refusesFiles({
    'variables that are made from each other are refused': [
      {
        [settings]:
          'version: 1\ninstance: { url: !var a, apiKey: !secret env:ACME_KEY }\nvariables: { a: !var b, b: !sub "x${a}" }\nextends: base\n',
      },
      "production/environment.yaml:3:14 desired/missing-variable the variable 'a' is made from itself",
    ],
    'a list is not text for !sub': [
      {
        [settings]: `${acmeSettings.trimEnd().replace(' }\n', ' }\n')}\n`.replace('issuer: acme', 'issuer: [acme]'),
        'environments/production/main.yaml': 'version: 1\ntenants: { acme: { name: !sub "${issuer}" } }\n',
      },
      "production/main.yaml:2:31 desired/bad-tag the variable 'issuer' is not text, so !sub cannot use it",
    ],
    'a secret file that is empty is no secret': [
      {
        'environments/production/secrets/smtp': '\n',
        'environments/production/main.yaml':
          'version: 1\ntenants: { acme: { name: A, emailConfiguration: { password: !secret file:secrets/smtp } } }\n',
      },
      'production/main.yaml:2:69 desired/missing-secret the file secrets/smtp is empty',
    ],
  });

  it('a secret written in the place of its source is not shown', async () => {
    const result = await loadMain('tenants:\n  a: { name: A, issuer: !secret hunter2 }\n');
    expect(findingLines(result)).toEqual([
      expect.stringContaining('desired/bad-tag !secret takes env:NAME or file:PATH'),
    ]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('untagged text is literal, and $${ in !sub is ${', async () => {
    const result = await loadMain('tenants:\n  a: { name: "${domain}", issuer: !sub "$${x} ${domain} ${ issuer }" }\n');
    expect(resourcesOf(result)['tenant/a']?.fields).toEqual({ name: '${domain}', issuer: '${x} acme.test acme' });
  });

  it('variables hold any value, and what is in them stands where they are used', async () => {
    const result = await loadAcme({
      [settings]: acmeSettings.replace(
        'issuer: acme',
        'issuer: acme, port: 25, flags: { on: true, list: [a, !env ACME_KEY] }, text: !sub "${port}-${on}", on: true',
      ),
      'environments/production/main.yaml':
        'version: 1\ntenants:\n  a: { name: !var text, data: !var flags, emailConfiguration: { port: !var port } }\n',
    });
    const tenant = resourcesOf(result)['tenant/a'];
    expect(tenant?.fields).toEqual({
      name: '25-true',
      data: { on: true, list: ['a', 'acme-api-key'] },
      emailConfiguration: { port: 25 },
    });
    const place = { file: 'environments/production/main.yaml', line: 3, col: 36 };
    expect(tenant?.locations.get('/data')).toEqual(place);
    expect(tenant?.locations.get('/data/list/1')).toEqual(place);
  });

  it('secrets are sealed wherever they come from, each with its source', async () => {
    const result = await loadAcme(
      {
        [settings]: acmeSettings.replace('issuer: acme', 'issuer: acme, smtp: !secret env:SMTP, both: !sub "${smtp}!"'),
        'environments/production/secrets/smtp': 'from-file\r\n',
        'environments/production/main.yaml': `version: 1
tenants:
  a: { name: A, emailConfiguration: { password: !secret env:SMTP } }
  b: { name: B, emailConfiguration: { password: !secret file:secrets/smtp } }
  c: { name: C, emailConfiguration: { password: !var both } }
  d: { name: D, emailConfiguration: { password: !env SMTP } }
  e: { name: E, emailConfiguration: { password: !sub "\${domain}" } }
  f: { name: F, emailConfiguration: { password: null } }
  g: { name: G, emailConfiguration: { password: "" } }
`,
      },
      { env: { ACME_KEY: 'k', SMTP: 'hunter2' } },
    );
    const resources = resourcesOf(result);
    const password = (key: string): unknown => {
      const emails = resources[`tenant/${key}`]?.fields['emailConfiguration'] as { password: unknown };
      return emails.password instanceof Secret ? [emails.password.source, emails.password.reveal()] : emails.password;
    };
    expect(password('a')).toEqual(['env:SMTP', 'hunter2']);
    expect(password('b')).toEqual(['file:secrets/smtp', 'from-file']);
    expect(password('c')).toEqual(['env:SMTP in "${smtp}!"', 'hunter2!']);
    expect(password('d')).toEqual(['env:SMTP', 'hunter2']);
    expect(password('e')).toEqual(['literal', 'acme.test']);
    expect(password('f')).toBeNull();
    expect(password('g')).toBe('');
    expect(JSON.stringify(result)).not.toMatch(/hunter2|from-file/);
  });

  it('secrets can be declared where they are not', async () => {
    const result = await loadAcme(
      {
        [settings]: acmeSettings.replace('issuer: acme', 'issuer: acme, smtp: !secret env:SMTP'),
        'environments/production/main.yaml':
          'version: 1\ntenants: { a: { name: A, issuer: !sub "x${smtp}", emailConfiguration: { password: !secret file:nowhere } } }\n',
      },
      { secrets: 'declare', env: {} },
    );
    const fields = resourcesOf(result)['tenant/a']?.fields as {
      emailConfiguration: { password: Secret };
      issuer: Secret;
    };
    expect(fields.emailConfiguration.password.reveal()).toBe('');
    expect([fields.issuer.source, fields.issuer.reveal()]).toEqual(['env:SMTP in "x${smtp}"', '']);
  });

  it('a secret written in clear is sealed, warned of, and its lines are never shown', async () => {
    const text =
      'tenants:\n  a:\n    name: A\n    isuer: x\n    emailConfiguration: { hots: 1, password: hunter2 }\n    data:\n      note: |\n        hello\n';
    const refused = await loadMain(text);
    expect(refused.ok || refused.findings.map(({ code, excerpt }) => [code, excerpt])).toEqual([
      ['desired/unknown-field', '    isuer: x'],
      ['desired/unknown-field', undefined],
      ['desired/literal-secret', undefined],
    ]);
    expect(JSON.stringify(refused)).not.toContain('hunter2');
    const block =
      'tenants:\n  a:\n    name: A\n    emailConfiguration:\n      password: |\n        hunter2\n        hunter3\n';
    const loaded = await loadMain(block);
    expect(findingLines(loaded)).toEqual([
      expect.stringContaining('desired/literal-secret emailConfiguration.password'),
    ]);
    expect(JSON.stringify(loaded)).not.toContain('hunter');
  });

  it('a secret that is empty is none, be it of the environment or of a file', async () => {
    const password = (from: string): string => `emailConfiguration: { password: !secret ${from} }`;
    const result = await loadAcme(
      {
        'environments/production/main.yaml': `version: 1\ntenants:\n  a: { name: A, ${password('env:EMPTY')} }\n  b: { name: B, ${password('file:./empty')} }\n`,
        'environments/production/empty': '\n',
      },
      { env: { ACME_KEY: 'k', EMPTY: '' } },
    );
    expect(findingLines(result)).toEqual([
      'production/main.yaml:3:57 desired/missing-secret the environment variable EMPTY is empty (export EMPTY=… or check without values: validate --no-secrets)',
      'production/main.yaml:4:57 desired/missing-secret the file ./empty is empty',
    ]);
  });
});
