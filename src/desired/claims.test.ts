import { describe, expect, it } from 'vitest';
import { loadAcme, loadMain } from '../testing/acme-repository.js';
import { refusesMains } from '../testing/bad-input.js';

describe('what existing, absent and moved claim', () => {
  refusesMains({
    'an existing object is found by its id or natural key only': [
      'existing: { themes: { brand: { nam: Corporate }, two: {}, three: { id: x }, four: { name: 3 }, five: [], six: { name: !var none }, seven: { zzzzzzz: x } } }\n',
      "2:32 desired/unknown-field the existing theme 'brand' cannot be found by 'nam' (did you mean 'name'?)",
      "2:50 desired/missing-field the existing theme 'two' says nothing",
      '2:72 desired/bad-type id is a UUID here',
      '2:91 desired/bad-type name is text here',
      "2:96 desired/bad-type the theme 'five' is not a map",
      "2:124 desired/missing-variable there is no variable 'none'",
      "2:141 desired/unknown-field the existing theme 'seven' cannot be found by 'zzzzzzz' (use id, name)",
    ],
    'the tenant of an existing object must be known': [
      'existing: { applications: { portal: { name: Portal, tenantId: mian } } }\n',
      "2:29 desired/unknown-reference tenantId of the existing application 'portal' names the tenant 'mian'",
    ],
    'what exists already is not declared': [
      'existing: { lambdas: { claims: { id: 00000000-0000-4000-8000-000000000001 } } }\nlambdas: { claims: { body: x } }\n',
      "2:24 desired/duplicate-key 'claims' is existing here, and declared at environments/production/main.yaml:3:12",
    ],
    'what is declared is not absent, by key or by id': [
      'tenants: { acme: { name: A, id: 00000000-0000-4000-8000-00000000000a } }\nabsent: { tenants: [main, 00000000-0000-4000-8000-00000000000A] }\n',
      "3:21 desired/declared-and-absent the tenant 'main' must be absent here, and is declared at environments/base/tenants.yaml:3:3",
      '3:27 desired/declared-and-absent the tenant',
    ],
    'a role that must be absent is named with its application': [
      'absent: { roles: [admin] }\n',
      "2:19 desired/bad-key absent.roles takes the parent too, not 'admin' alone (such as web/admin)",
    ],
    'a move leads from what is gone to what is there': [
      'moved: [{ kind: tenant, from: main, to: mainn }]\n',
      "2:9 desired/declared-and-absent the tenant 'main' has moved to 'mainn', and is still declared",
      "2:9 desired/unknown-reference the tenant 'main' has moved to 'mainn', and there is no such tenant (did you mean 'main'?)",
    ],
  });

  it('keys of children are written short or in full', async () => {
    const result = await loadMain(`applications: { web: { name: Web, roles: [{ name: lead }] } }
absent: { roles: [web/crew, web/roles/guest], webhooks: [00000000-0000-4000-8000-00000000000A] }
moved: [{ kind: role, from: web/boss, to: web/lead }]
`);
    expect(result.ok && result.desired.tombstones).toMatchObject([
      { ref: { kind: 'role', key: 'web/roles/crew' } },
      { ref: { kind: 'role', key: 'web/roles/guest' } },
      {
        ref: { kind: 'webhook', key: '00000000-0000-4000-8000-00000000000a' },
        id: '00000000-0000-4000-8000-00000000000a',
      },
    ]);
    expect(result.ok && result.desired.moved).toMatchObject([
      { kind: 'role', from: 'web/roles/boss', to: 'web/roles/lead' },
    ]);
  });

  it('tombstones and moves add up over layers, and a higher layer takes a tombstone back', async () => {
    const result = await loadAcme({
      'environments/base/absent.yaml':
        'version: 1\nabsent: { webhooks: [old-sink, older-sink] }\nmoved: [{ kind: tenant, from: b, to: main }, { kind: tenant, from: a, to: main }]\n',
      'environments/production/main.yaml':
        'version: 1\nabsent: { webhooks: !remove [older-sink, never-there], lambdas: [claims] }\nmoved: [{ kind: tenant, from: a, to: main }]\nwebhooks: { older-sink: { url: "https://x" } }\n',
    });
    expect(result.ok && result.desired.tombstones.map(({ ref }) => ref.key)).toEqual(['claims', 'old-sink']);
    expect(result.ok && result.desired.moved.map(({ from }) => from)).toEqual(['a', 'b']);
    expect(result.ok && result.warnings).toMatchObject([{ code: 'desired/bad-tag', severity: 'warning' }]);
  });

  it('existing objects are sorted, with ids in lower case', async () => {
    const result = await loadMain(
      'existing: { themes: { b: { name: Corporate }, a: { id: 00000000-0000-4000-8000-00000000000A } } }\n',
    );
    expect(result.ok && result.desired.existing).toMatchObject([
      { ref: { kind: 'theme', key: 'a' }, match: { id: '00000000-0000-4000-8000-00000000000a' } },
      { ref: { kind: 'theme', key: 'b' }, match: { name: 'Corporate' } },
    ]);
  });
});
