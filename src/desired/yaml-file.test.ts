import { describe, expect, it } from 'vitest';
import { findingLines, loadAcme, loadMain, resourcesOf } from '../testing/acme-repository.js';
import { refusesFiles, refusesMains } from '../testing/bad-input.js';

const bomb = [
  'tenants:\n  a:\n    name: A\n    data:\n      l0: &l0 [x,x,x,x,x,x,x,x,x,x]\n',
  ...Array.from({ length: 9 }, (_, level) => {
    const list = Array.from({ length: 10 }, () => `*l${level}`).join(',');
    return `      l${level + 1}: &l${level + 1} [${list}]\n`;
  }),
].join('');

describe('parseYamlFile', () => {
  refusesMains({
    'a tab as indentation is shown where it stands': ['tenants:\n\tacme: {}\n', '3:1 desired/yaml-syntax tabs'],
    'a quote that does not end is a finding': [
      'tenants:\n  acme: { name: "Acme\n',
      '4:1 desired/yaml-syntax flow map',
      '4:1 desired/yaml-syntax missing closing',
    ],
    'a second document is refused': ['tenants: {}\n---\nversion: 1\n', '3:1 desired/many-documents'],
    'a key that is a list is refused': ['? [a]\n: b\n', '2:3 desired/bad-key a key must be text'],
    'an alias bomb is refused': [bomb, '11:20 desired/alias-bomb'],
    'lists nested too deeply are refused': [
      `tenants:\n  a: { name: A, data: ${'['.repeat(200)}${']'.repeat(200)} }\n`,
      '3:122 desired/too-deep',
    ],
    'nesting that would exhaust the stack is refused before it is followed': [
      `tenants:\n  a: { name: A, data: ${'['.repeat(200_000)}`,
      '3:122 desired/too-deep',
    ],
    'an alias to nothing is refused': [
      'tenants:\n  a: { name: A, data: { x: *nowhere } }\n',
      '3:28 desired/yaml-syntax the alias *nowhere',
    ],
    'an alias to itself is refused': [
      'tenants:\n  a: { name: A, data: &loop { x: *loop } }\n',
      '3:34 desired/yaml-syntax the alias *loop',
    ],
    'keys that reach a prototype are refused at any depth': [
      'tenants:\n  a: { name: A, data: { __proto__: { x: 1 }, constructor: 1, y: [{ prototype: 2 }] } }\n',
      "3:25 desired/bad-key '__proto__'",
      "3:46 desired/bad-key 'constructor'",
      "3:68 desired/bad-key 'prototype'",
    ],
    'a key twice in one map names both lines': [
      'tenants:\n  a: { name: A }\n  a: { name: B }\n',
      "4:3 desired/duplicate-key 'a' is written twice in one map, first in line 3",
    ],
    'a number that would be rounded is refused': [
      'tenants:\n  a: { name: A, data: { n: 12345678901234567890, m: .inf } }\n',
      '3:28 desired/bad-type this number',
      '3:53 desired/bad-type this number',
    ],
    '<< takes maps only': ['tenants:\n  a: { name: A, <<: 3 }\n', '3:21 desired/bad-type << takes'],
    'an unknown tag is told the known ones': [
      'tenants:\n  a: { name: !foo x }\n',
      '3:19 desired/bad-tag there is no tag !foo (the tags are !var',
    ],
    'a tag of YAML that makes no JSON is refused': [
      'tenants:\n  a: { name: !!binary aGk= }\n',
      '3:23 desired/bad-tag there is no tag !!binary',
    ],
    'a tag for text on a list is refused': [
      'tenants:\n  a: { name: !var [x] }\n',
      '3:19 desired/bad-tag !var takes text, not a list',
      '3:19 desired/bad-type name of tenant',
    ],
    'a tag for lists on text is refused': [
      'tenants:\n  a: { name: !append x }\n',
      '3:22 desired/bad-tag !append takes a list, not text',
    ],
    '!unset with a value is refused': [
      'tenants:\n  a: { name: A, issuer: !unset acme }\n',
      '3:32 desired/bad-tag !unset takes no value',
      '3:32 desired/bad-tag no lower layer wrote this',
    ],
    '!unset on a map is refused': [
      'tenants:\n  a: { name: A, data: !unset { x: 1 } }\n',
      '3:30 desired/bad-tag !unset takes nothing, not a map',
    ],
    'a tag without a value is refused': [
      'tenants:\n  a: { name: A, issuer: !env "" }\n',
      '3:30 desired/bad-tag !env needs text',
      '3:30 desired/missing-variable',
    ],
  });
  refusesFiles({
    'UTF-16 and NUL bytes are refused': [
      {
        'environments/production/a.yaml': new Uint8Array([0xff, 0xfe, 65, 0]),
        'environments/production/b.yaml': new Uint8Array([118, 0, 101, 0]),
      },
      'production/a.yaml:1:1 desired/bad-encoding',
      'production/b.yaml:1:1 desired/bad-encoding',
    ],
    'a file over the limit is refused unread': [
      { 'environments/production/a.yaml': new Uint8Array(50 * 1024 * 1024) },
      'production/a.yaml:1:1 desired/file-too-large environments/production/a.yaml has 52428800 bytes',
    ],
    'another YAML version is refused': [
      { 'environments/production/a.yaml': '%YAML 1.1\n---\nversion: 1\n' },
      'production/a.yaml:1:1 desired/yaml-syntax kedge reads YAML 1.2',
    ],
  });

  it('aliases of aliases nested too deeply are refused', async () => {
    const levels = Array.from({ length: 120 }, (_, level) => `      l${level + 1}: &l${level + 1} [*l${level}]\n`);
    const result = await loadMain(`tenants:\n  a:\n    name: A\n    data:\n      l0: &l0 [x]\n${levels.join('')}`);
    expect(findingLines(result)).not.toHaveLength(0);
    expect(findingLines(result).filter((line) => !line.includes('desired/too-deep'))).toEqual([]);
  });

  it('a byte order mark and Windows line ends change nothing', async () => {
    const text = 'version: 1\ntenants:\n  acme:\n    name: Acme\n    data:\n      motd: |\n        one\n        two\n';
    const unix = await loadAcme({ 'environments/production/main.yaml': text });
    const windows = await loadAcme({ 'environments/production/main.yaml': `\uFEFF${text.replaceAll('\n', '\r\n')}` });
    expect(windows).toEqual(unix);
  });

  it('anchors, aliases and merge keys work, and what is written here wins over what is merged in', async () => {
    const result = await loadMain(
      'tenants:\n  acme: &acme { name: Acme, issuer: acme, data: { a: 1 } }\n  beta: { <<: [*acme], name: Beta }\n',
    );
    expect(resourcesOf(result)['tenant/beta']?.fields).toEqual({ name: 'Beta', issuer: 'acme', data: { a: 1 } });
  });

  it('no finding about broken YAML shows the text it met', async () => {
    const result = await loadMain(
      'tenants:\n  acme:\n    password: "a" "hunter2"\n    token: |\n      x\n     hunter2 "\n',
    );
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('explicit core tags and empty values are plain YAML', async () => {
    const result = await loadMain('tenants:\n  acme: { name: !!str 12, data: { a: , b: [~, null], ? c } }\nlambdas:\n');
    expect(resourcesOf(result)['tenant/acme']?.fields).toEqual({
      name: '12',
      data: { a: null, b: [null, null], c: null },
    });
  });
});
