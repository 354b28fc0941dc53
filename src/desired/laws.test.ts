import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { canonicalJson } from '../model/index.js';
import { acmeFiles, loadAcme, resourcesOf } from '../testing/acme-repository.js';
import { lawRuns } from '../testing/law-runs.js';
import { createFindingList } from './finding-list.js';
import { createMemorySource } from './memory-source.js';
import { mergeWritten, sameWritten } from './layer-merge.js';
import type { Written, WrittenEntry } from './written.js';

const badKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** NUL is refused in files, and a bare carriage return is no text that YAML keeps. */
const isPlain = (value: string): boolean => !value.includes('\r') && !value.includes('\0');
const key = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((text) => !badKeys.has(text) && isPlain(text));
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(isPlain);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((n) => (n === 0 ? 0 : n)),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
}));
const data = json.map;

const at = { file: 'a.yaml', line: 1, col: 1 };

/** JSON as it would stand in a file, without tags. */
function written(value: unknown): Written {
  if (Array.isArray(value)) return { shape: 'list', at, patches: false, items: value.map(written) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]): [string, WrittenEntry] => [
      name,
      { keyAt: at, value: written(item) },
    ]);
    return { shape: 'map', at, patches: false, entries: new Map(entries) };
  }
  // Everything else that the generator makes is a scalar.
  return { shape: 'scalar', at, patches: false, endLine: 1, value: value as null | boolean | number | string };
}

const merge = (lower: Written, upper: Written): Written => {
  const merged = mergeWritten(lower, upper, { findings: createFindingList(), named: new Map() });
  if (!merged) throw new Error('nothing is unset here');
  return merged;
};

describe('laws of loading', () => {
  it('what is printed as YAML is read as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        data,
        fc.constantFrom<'PLAIN' | 'QUOTE_DOUBLE'>('PLAIN', 'QUOTE_DOUBLE'),
        async (fields, style) => {
          const file = stringify(
            { version: 1, tenants: { acme: { name: 'Acme', data: fields } } },
            { defaultStringType: style },
          );
          const result = await loadAcme({ 'environments/production/main.yaml': file });
          expect(resourcesOf(result)['tenant/acme']?.fields['data']).toEqual(fields);
        },
      ),
      { numRuns: lawRuns.printedIsReadAsItWas },
    );
  });

  it('every leaf and container of a resource has a place', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (fields) => {
        const file = stringify({ version: 1, tenants: { acme: { name: 'Acme', data: fields } } });
        const tenant = resourcesOf(await loadAcme({ 'environments/production/main.yaml': file }))['tenant/acme'];
        const count = (value: unknown): number =>
          typeof value === 'object' && value !== null
            ? Object.values(value).reduce<number>((sum, item) => sum + count(item), 1)
            : 1;
        expect(tenant?.locations.size).toBe(count(tenant?.fields));
      }),
      { numRuns: lawRuns.everyLeafHasAPlace },
    );
  });

  it('where lists replace, merging layers is associative, and a layer over itself is itself', () => {
    fc.assert(
      fc.property(json.map.map(written), json.map.map(written), json.map.map(written), (low, middle, high) => {
        expect(sameWritten(merge(merge(low, middle), high), merge(low, merge(middle, high)))).toBe(true);
        expect(sameWritten(merge(low, low), low)).toBe(true);
      }),
      { numRuns: lawRuns.mergingIsAssociative },
    );
  });

  it('neither the order of keys nor the split into files matters', async () => {
    const tenants = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), data: json.map }), {
      minLength: 1,
      maxLength: 5,
      selector: ({ name }) => name,
    });
    const load = async (
      files: readonly (readonly { readonly name: string; readonly data: unknown }[])[],
    ): Promise<unknown> => {
      const content = files.map((list, index) => {
        const entries = list.map(({ name, data: value }) => [name, { data: value, name }]);
        return [
          `environments/production/f${index}.yaml`,
          stringify({ tenants: Object.fromEntries(entries), version: 1 }),
        ];
      });
      const source = createMemorySource(acmeFiles(Object.fromEntries(content)));
      return Object.values(resourcesOf(await loadAcme({}, { source }))).map(({ ref, fields }) =>
        canonicalJson({ ref, fields }),
      );
    };
    await fc.assert(
      fc.asyncProperty(tenants, async (list) => {
        const together = await load([list]);
        expect(await load([[...list].reverse()])).toEqual(together);
        expect(await load(list.map((tenant) => [tenant]))).toEqual(together);
      }),
      { numRuns: lawRuns.orderOfKeysDoesNotMatter },
    );
  });

  it('no value of a secret is in what is loaded, or in what is wrong', async () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/]{12,40}$/);
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.constantFrom('', '\n    isuer: x', '\n    "'),
        fc.boolean(),
        async (value, mistake, literal) => {
          const password = literal ? value : '!secret env:SMTP';
          const file = `version: 1\ntenants:\n  acme:\n    name: Acme\n    issuer: !sub "\${key}"\n    emailConfiguration:\n      password: ${password}${mistake}\n`;
          const result = await loadAcme(
            {
              'environments/base/environment.yaml': 'version: 1\nvariables: { key: !secret env:SMTP }\n',
              'environments/production/main.yaml': file,
            },
            { env: { ACME_KEY: value, SMTP: value } },
          );
          expect(result.ok).toBe(mistake === '');
          expect(JSON.stringify(result)).not.toContain(value);
        },
      ),
      { numRuns: lawRuns.loadedShowsNoSecret },
    );
  });
});
