import { describe, expect, it } from 'vitest';
import type { Edit, Json } from '../model/index.js';
import { catalog, meaningsOf } from './index.js';

const application = catalog.kind('application');
const redirects = '/oauthConfiguration/authorizedRedirectURLs';

function edit(pointer: string, from?: Json, to?: Json): Edit {
  const sides = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { pointer, origin: 'unrecorded', secret: false, ...sides };
}
const texts = (edits: readonly Edit[], names: Readonly<Record<string, string>> = {}, kind = application) =>
  meaningsOf(kind, edits, (id) => (Object.hasOwn(names, id) ? names[id] : undefined)).map((meaning) => meaning.text);

describe('what edits mean', () => {
  it('says nothing of a kind without rules, of no edits, and of fields without a rule', () => {
    expect(texts([edit('/subject', 'a', 'b')], {}, catalog.kind('emailTemplate'))).toEqual([]);
    expect(texts([])).toEqual([]);
    expect(texts([edit('/data/team', 'a', 'b')])).toEqual([]);
  });

  it('tells the gravest first, and the rest in the order of the rules', () => {
    const edits = [
      edit('/baseURL', 'https://a.example', 'https://b.example'),
      edit('/oauthConfiguration/generateRefreshTokens', true, false),
      edit('/registrationDeletePolicy/unverified/enabled', false, true),
    ];
    expect(meaningsOf(application, edits).map((meaning) => meaning.risk)).toEqual([
      'irreversible',
      'disruptive',
      'disruptive',
    ]);
    expect(texts(edits)[2]).toContain('links in its messages');
  });

  it('takes the default for a field without a value', () => {
    expect(texts([edit('/jwtConfiguration/timeToLiveInSeconds', undefined, 60)])).toEqual([
      'access and ID tokens live 60 s, no longer 3600 s',
    ]);
    expect(texts([edit('/oauthConfiguration/requireRegistration', true, null)])).toEqual([
      'users who are not registered for the application may log in',
    ]);
    expect(texts([edit('/loginConfiguration/requireAuthentication', undefined, true)])).toEqual([]);
  });

  it('finds a field in an edit of what it lies in, and leaves that edit as it was', () => {
    const whole = edit('/oauthConfiguration', { enabledGrants: ['password'] }, { enabledGrants: [] });
    const within = edit('/oauthConfiguration/generateRefreshTokens', true, false);
    expect(texts([whole, within])).toHaveLength(2);
    expect(whole).toEqual(edit('/oauthConfiguration', { enabledGrants: ['password'] }, { enabledGrants: [] }));
    expect(texts([edit('', { a: 1 }, { a: 2 })])).toEqual([]);
  });

  it('calls ids by their names, absent values nothing, and leaves out what was not', () => {
    const names = { k1: 'access-2025', k2: 'access-2026' };
    const pointer = '/jwtConfiguration/accessTokenKeyId';
    expect(texts([edit(pointer, 'k1', 'k2')], names)).toEqual([
      'access tokens are signed with access-2026, no longer with access-2025: whoever checks them must know the new key',
    ]);
    expect(texts([edit(pointer, undefined, 'k2')], names)).toEqual([
      'access tokens are signed with access-2026: whoever checks them must know the new key',
    ]);
    expect(texts([edit('/lambdaConfiguration/userinfoPopulateId', 'k1', null)], names)).toEqual([
      'user info is filled by nothing, no longer by access-2025',
    ]);
  });

  it('keeps a sentence short: five items and how many more, eighty characters of a value', () => {
    const many = Array.from({ length: 7 }, (_, index) => `https://${index}.example`);
    expect(texts([edit(redirects, many, [])])[0]).toContain('https://4.example and 2 more after a login');
    expect(texts([edit(redirects, [`https://${'a'.repeat(100)}`], [])])[0]).toContain(
      `https://${'a'.repeat(72)}… after`,
    );
  });

  it('takes a list that becomes none, and one that is written for the first time', () => {
    expect(texts([edit(redirects, ['https://a.example'], null)])).toHaveLength(1);
    expect(texts([edit(redirects, 'odd', ['https://a.example'])])).toEqual([
      'codes and tokens may be sent to https://a.example',
    ]);
  });

  it('is not misled by words that it does not know, nor by a key __proto__', () => {
    expect(texts([edit('/multiFactorConfiguration/loginPolicy', 'SomethingNew', 'Disabled')])).toEqual([]);
    expect(texts([edit('/eventsEnabled/__proto__', true, false)], {}, catalog.kind('webhook'))).toEqual([
      'the event __proto__ is no longer sent to it',
    ]);
  });

  it('tells items of a list apart by what the rule says, and takes one without it whole', () => {
    const policies = '/connectorPolicies';
    const tenant = catalog.kind('tenant');
    expect(texts([edit(policies, [{ domains: ['a'] }], [{ connectorId: 'c1' }])], {}, tenant)).toEqual([
      'users that are only in {"domains":["a"]} can no longer log in',
    ]);
  });

  it('says the same sentence once', () => {
    const secret = (name: string): Edit => ({
      pointer: `/headers/${name}`,
      origin: 'unrecorded',
      secret: true,
      source: 'env:TOKEN',
    });
    expect(texts([secret('a'), secret('b')], {}, catalog.kind('webhook'))).toHaveLength(1);
  });
});
