import { describe, expect, it } from 'vitest';
import { findingLines, loadAcme, resourcesOf } from '../testing/acme-repository.js';
import type { LoadResult } from './index.js';

const app = (fields: string): string => `version: 1\napplications: { web: ${fields} }\n`;
const load = (base: string, ...uppers: readonly string[]): Promise<LoadResult> => {
  const [middle, top] = uppers.length === 2 ? uppers : [undefined, uppers[0]];
  return loadAcme({
    'environments/base/web.yaml': app(`{ name: Web, tenantId: main, ${base} }`),
    ...(top !== undefined && { 'environments/production/web.yaml': app(top) }),
    ...(middle !== undefined && {
      'environments/base/environment.yaml': 'version: 1\nextends: low\n',
      'environments/low/web.yaml': app(`{ name: Web, tenantId: main, ${base} }`),
      'environments/base/web.yaml': app(middle),
    }),
  });
};
const web = async (base: string, ...uppers: readonly string[]): Promise<unknown> =>
  resourcesOf(await load(base, ...uppers))['application/web']?.fields;
const urls = (list: string): string => `oauthConfiguration: { authorizedRedirectURLs: ${list} }`;
const withUrls = (...list: readonly string[]): unknown => ({
  name: 'Web',
  tenantId: 'main',
  oauthConfiguration: { authorizedRedirectURLs: list },
});

describe('mergeWritten', () => {
  it('maps merge, and null and scalars replace', async () => {
    expect(await web('data: { a: 1, b: { c: 2 } }', '{ data: { b: { d: 3 }, a: null } }')).toMatchObject({
      data: { a: null, b: { c: 2, d: 3 } },
    });
    expect(await web('data: { a: { b: 1 } }', '{ data: { a: 2 } }')).toMatchObject({ data: { a: 2 } });
  });

  it('lists replace, !append adds what is not there yet, !remove takes away', async () => {
    expect(await web(urls('[a, b]'), `{ ${urls('[c]')} }`)).toEqual(withUrls('c'));
    expect(await web(urls('[a, b]'), `{ ${urls('!append [b, c]')} }`)).toEqual(withUrls('a', 'b', 'c'));
    expect(await web(urls('[a, b]'), `{ ${urls('!remove [a]')} }`)).toEqual(withUrls('b'));
    expect(await web(urls('[a]'), `{ ${urls('!append [b]')} }`, `{ ${urls('!append [c]')} }`)).toEqual(
      withUrls('a', 'b', 'c'),
    );
  });

  it('items are the same when they are written alike', async () => {
    const data = (tag: string): string =>
      `data: { l: ${tag} [{ a: 1, b: [x, !var domain] }, !sub "x", [1], [1, 2], { c: 1 }, !var domain, 3] }`;
    expect(await web(data(''), `{ ${data('!append')} }`)).toEqual(await web(data('')));
    expect(await web(data(''), '{ data: { l: !append [{ a: 1, b: [x] }, { z: 1, b: 2 }, [2], 4] } }')).toMatchObject({
      data: { l: { length: 11 } },
    });
  });

  it('!unset drops what a lower layer wrote, at any depth and for whole entries', async () => {
    expect(
      await web(
        'data: { a: 1, b: 2 }, verifyRegistration: true',
        '{ data: { a: !unset }, verifyRegistration: !unset }',
      ),
    ).toEqual({
      name: 'Web',
      tenantId: 'main',
      data: { b: 2 },
    });
    expect(Object.keys(resourcesOf(await load('data: {}', '!unset')))).toEqual(['tenant/main']);
  });

  it('!unset in a map that is new drops nothing and is warned of', async () => {
    const result = await load('verifyRegistration: true', '{ data: { a: { b: !unset, c: 1 } } }');
    expect(resourcesOf(result)['application/web']?.fields).toMatchObject({ data: { a: { c: 1 } } });
    expect(findingLines(result)).toEqual([
      expect.stringContaining('no lower layer wrote this, so !unset does nothing'),
    ]);
  });

  it('!append and !remove without a list below are refused, !remove of nothing is warned of', async () => {
    expect(findingLines(await load('verifyRegistration: true', `{ ${urls('!append [x]')} }`))).toEqual([
      expect.stringContaining('!append changes the list of a lower layer, and there is none here'),
    ]);
    expect(findingLines(await load(urls('null'), `{ ${urls('!remove [x]')} }`))).toEqual([
      expect.stringContaining('and there is nothing here'),
    ]);
    expect(findingLines(await load(urls('[a]'), `{ ${urls('!remove [x]')} }`))).toEqual([
      expect.stringContaining('the list of the lower layer does not have this'),
    ]);
    expect(findingLines(await load(urls('[a]'), `{ ${urls('[b, !unset ]')} }`))).toEqual([
      expect.stringContaining('!unset cannot stand in a list'),
    ]);
  });

  it('roles merge by name; !remove takes them by name', async () => {
    const roles = async (base: string, ...uppers: readonly string[]): Promise<unknown> =>
      Object.values(resourcesOf(await load(base, ...uppers)))
        .filter(({ ref }) => ref.kind === 'role')
        .map(({ fields }) => fields);
    const base = 'roles: [{ name: admin, description: A }, { name: crew }]';
    expect(await roles(base, '{ roles: [{ name: admin, isSuperRole: true }, { name: lead }] }')).toEqual([
      { name: 'admin', description: 'A', isSuperRole: true },
      { name: 'crew' },
      { name: 'lead' },
    ]);
    expect(await roles(base, '{ roles: !remove [crew] }')).toEqual([{ name: 'admin', description: 'A' }]);
    expect(await roles(base, '{ roles: !remove [{ name: admin }] }')).toEqual([{ name: 'crew' }]);
    expect(await roles(base, '{ roles: !append [{ name: admin, isDefault: true }, { name: lead }] }')).toHaveLength(3);
    expect(await roles(base, '{ roles: [{ name: admin, description: !unset }] }')).toContainEqual({ name: 'admin' });
    expect(await roles(base, '{ roles: !unset }')).toEqual([]);
    expect(
      await roles('roles: [{ name: !var domain }]', '{ roles: [{ name: !var domain, isDefault: true }] }'),
    ).toEqual([{ name: 'acme.test', isDefault: true }]);
    expect(findingLines(await load(base, '{ roles: [{ isDefault: true }] }'))).toEqual([
      expect.stringContaining("a role of 'web' has no name"),
    ]);
    expect(findingLines(await load('verifyRegistration: true', '{ roles: [{ name: a }] }'))).toEqual([]);
  });

  it('!only and !atLeast say how a list owns, also of a lower layer', async () => {
    const modes = async (base: string, upper: string): Promise<unknown> => {
      const result = await load(base, upper);
      const lists = result.ok ? result.desired.childLists.map(({ mode }) => mode) : findingLines(result);
      return [Object.fromEntries(resourcesOf(result)['application/web']?.listModes ?? []), lists];
    };
    const pointer = '/oauthConfiguration/authorizedRedirectURLs';
    expect(await modes(urls('!atLeast [a]'), '{ roles: !atLeast [{ name: a }] }')).toEqual([
      { [pointer]: 'atLeast' },
      ['atLeast'],
    ]);
    expect(await modes(urls('!atLeast [a]'), `{ ${urls('!append [b]')}, roles: [] }`)).toEqual([
      { [pointer]: 'atLeast' },
      ['only'],
    ]);
    expect(await modes(urls('!atLeast [a]'), `{ ${urls('!only [b]')} }`)).toEqual([{ [pointer]: 'only' }, []]);
    expect(
      await modes('data: !only { a: 1 }, roles: !atLeast [{ name: a }]', '{ data: { b: 1 }, roles: [{ name: b }] }'),
    ).toEqual([{ '/data': 'only' }, ['atLeast']]);
    expect(
      await modes('data: { a: 1 }, roles: !atLeast [{ name: a }]', '{ roles: !remove [a], data: !atLeast { b: 1 } }'),
    ).toEqual([{ '/data': 'atLeast' }, ['atLeast']]);
  });
});
