import { describe, expect, it } from 'vitest';
import { findingLines, loadAcme, loadMain } from '../testing/acme-repository.js';
import { refusesFiles, refusesMains } from '../testing/bad-input.js';

describe('readDocument', () => {
  refusesMains({
    'an unknown collection is told the nearest one': [
      'tenats: {}\n',
      "2:1 desired/unknown-field there is no collection 'tenats' (did you mean 'tenants'?)",
    ],
    'a collection that is like no other is told all of them': [
      'zzz: {}\n',
      "2:1 desired/unknown-field there is no collection 'zzz' (the collections are",
    ],
    'a child collection at the top is sent into its parent': [
      'roles: {}\n',
      "2:1 desired/unknown-field there is no collection 'roles' (write roles inside the application they belong to)",
    ],
    'a collection that is a list is refused': ['tenants: [a]\n', '2:10 desired/bad-type tenants is a map, not a list'],
    'a collection with a tag is refused': [
      'tenants: !only {}\n',
      '2:16 desired/bad-type tenants is a map without a tag',
    ],
    'keys with /, @, :, spaces around or the form of an id are refused': [
      'tenants:\n  a/b: {}\n  "a@b": {}\n  "a:b": {}\n  00000000-0000-4000-8000-000000000001: {}\n  " a": {}\n',
      "3:3 desired/bad-key 'a/b'",
      "4:3 desired/bad-key 'a@b'",
      "5:3 desired/bad-key 'a:b'",
      "6:3 desired/bad-key '00000000-0000-4000-8000-000000000001'",
      "7:3 desired/bad-key ' a'",
    ],
    'what every instance has one of is a map of fields, and stands in no other section': [
      'systemConfiguration: [a]\nabsent: { integrations: [x] }\nexisting: { systemConfiguration: {} }\n',
      "2:1 desired/bad-type the system configuration 'instance' is not a map of fields",
      '3:11 desired/bad-key every instance has one integrations: it cannot stand in absent (write its fields under integrations:)',
      '4:13 desired/bad-key every instance has one system configuration: it cannot stand in existing',
    ],
    'an entry without fields is refused': [
      'tenants:\n  acme:\n',
      "3:3 desired/bad-type the tenant 'acme' is not a map of fields",
    ],
    'absent takes lists of keys of known collections': [
      'absent: { tenants: acme, webhoks: [x], lambdas: [3, "builtin:x", ""], themes: !only [x] }\n',
      '2:20 desired/bad-type absent.tenants is a list',
      "2:26 desired/unknown-field there is no collection 'webhoks' (did you mean 'webhooks'?)",
      '2:50 desired/bad-type absent.lambdas takes logical keys or ids, not a number',
      '2:53 desired/bad-key builtin:x is an object every instance has',
      '2:66 desired/bad-type absent.lambdas takes logical keys or ids, not text',
      '2:85 desired/bad-type absent.themes is a list',
    ],
    'existing takes collections': [
      'existing: { tenats: {} }\n',
      "2:13 desired/unknown-field there is no collection 'tenats'",
    ],
    'moved takes kind, from and to': [
      'moved:\n  - { kind: tenat, from: a, to: b }\n  - { kind: tenant, from: a }\n  - { kind: tenant, from: a, to: a }\n  - { kind: tenant, from: a, to: main, why: x }\n  - x\n',
      "3:13 desired/bad-enum there is no kind 'tenat' (did you mean 'tenant'?)",
      '4:5 desired/bad-type moved takes { kind, from, to }',
      '5:5 desired/bad-type moved takes',
      "6:40 desired/unknown-field moved has no field 'why'",
      '7:5 desired/bad-type moved takes',
    ],
    'moved is a list': ['moved: { kind: tenant }\n', '2:8 desired/bad-type moved is a list'],
  });
  refusesFiles({
    'each file says version 1 and is a map': [
      {
        'environments/production/a.yaml': 'version: 2\n',
        'environments/production/b.yaml': 'tenants: {}\n',
        'environments/production/c.yaml': '[1]\n',
      },
      'production/a.yaml:1:10 desired/bad-version this kedge reads version 1',
      'production/b.yaml:1:1 desired/missing-field the file does not say which version it is',
      'production/c.yaml:1:1 desired/bad-type a file is a map that begins with version: 1, not a list',
    ],
    'what every instance has one of stands in one file of a layer': [
      {
        'environments/production/a.yaml': 'version: 1\nsystemConfiguration: { reportTimezone: Europe/Oslo }\n',
        'environments/production/b.yaml': 'version: 1\nsystemConfiguration: { reportTimezone: Europe/Rome }\n',
      },
      'production/b.yaml:2:1 desired/duplicate-key the system configuration is also at environments/production/a.yaml:2:1, in the same layer',
    ],
    'one key in two files of a layer names both places': [
      {
        'environments/production/a.yaml': 'version: 1\ntenants: { acme: { name: A } }\n',
        'environments/production/b.yaml': 'version: 1\ntenants: { acme: { name: A } }\n',
      },
      "production/b.yaml:2:12 desired/duplicate-key the tenant 'acme' is also at environments/production/a.yaml:2:12",
    ],
  });

  it('empty collections and sections mean nothing', async () => {
    expect(findingLines(await loadMain('tenants:\nsystemConfiguration:\nexisting:\nabsent:\nmoved:\n'))).toEqual([]);
  });

  it('two files of a layer add up', async () => {
    const result = await loadAcme({
      'environments/production/a.yaml': 'version: 1\nabsent: { webhooks: [one] }\n',
      'environments/production/b.yml': 'version: 1\nabsent: { webhooks: [two] }\n',
    });
    expect(result.ok && result.desired.tombstones.map((tombstone) => tombstone.ref.key)).toEqual(['one', 'two']);
  });
});
