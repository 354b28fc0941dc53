import { describe, expect, it } from 'vitest';
import type { ListMode } from '../model/index.js';
import { catalog } from './catalog.js';
import { hasServerDefault, isEmptyValue, isSatisfied } from './owned-value.js';

const application = catalog.kind('application');
const tenant = catalog.kind('tenant');

const satisfied = (path: string, desired: unknown, live: unknown, mode?: ListMode): boolean => {
  const steps = path.split('.');
  return isSatisfied(application, { path: steps, pointer: `/${steps.join('/')}`, mode, desired, live });
};

describe('an owned value', () => {
  it('of null is satisfied by absence and by the default of the server, and by nothing else', () => {
    expect(satisfied('themeId', null, undefined)).toBe(true);
    expect(satisfied('jwtConfiguration.timeToLiveInSeconds', null, 3600)).toBe(true);
    expect(satisfied('jwtConfiguration.timeToLiveInSeconds', null, 60)).toBe(false);
    expect(satisfied('baseURL', null, 'https://a')).toBe(false);
  });

  it('of null is satisfied by a default in its canonical form', () => {
    const path = ['connectorPolicies'];
    const live = [{ connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['*'], migrate: false }];
    expect(isSatisfied(tenant, { path, pointer: '/connectorPolicies', mode: undefined, desired: null, live })).toBe(
      true,
    );
  });

  it('of null is satisfied by the default that objects of its type have', () => {
    const provider = catalog.kind('identityProvider');
    const [path, pointer] = [
      ['assertionDecryptionConfiguration', 'enabled'],
      '/assertionDecryptionConfiguration/enabled',
    ];
    const pair = { path, pointer, mode: undefined, desired: null, live: false };
    expect(isSatisfied(provider, { ...pair, body: { type: 'SAMLv2' } })).toBe(true);
    expect(isSatisfied(provider, { ...pair, body: { type: 'Google' } })).toBe(false);
    expect(isSatisfied(provider, { ...pair, live: true, body: { type: 'SAMLv2' } })).toBe(false);
  });

  it('of an empty map is satisfied by what the server fills an empty one with', () => {
    const producer = { 'bootstrap.servers': 'localhost:9092', 'max.block.ms': '5000', 'request.timeout.ms': '2000' };
    const pair = { path: ['kafka', 'producer'], pointer: '/kafka/producer', mode: undefined, desired: {} };
    expect(isSatisfied(catalog.kind('integrations'), { ...pair, live: producer })).toBe(true);
    expect(isSatisfied(catalog.kind('integrations'), { ...pair, live: { ...producer, acks: 'all' } })).toBe(false);
  });

  it('that is empty is satisfied by any emptiness', () => {
    for (const value of [undefined, null, '', [], {}]) {
      expect(isEmptyValue(value)).toBe(true);
      expect(satisfied('data', {}, value)).toBe(true);
    }
    for (const value of [0, false, ' ', [null], { a: null }]) expect(isEmptyValue(value)).toBe(false);
  });

  it('of an empty list is not satisfied by a value that is no list', () => {
    for (const live of [5, true, 'north', { berth: 4 }]) {
      expect(satisfied('data.tags', [], live)).toBe(false);
      expect(satisfied('data.tags', [], live, 'atLeast')).toBe(false);
    }
  });

  it('in a set is satisfied in any order, and the set is complete unless it is atLeast', () => {
    const path = 'oauthConfiguration.authorizedRedirectURLs';
    expect(satisfied(path, ['a', 'b'], ['b', 'a'])).toBe(true);
    expect(satisfied(path, ['a'], ['b', 'a'])).toBe(false);
    expect(satisfied(path, ['a'], ['b', 'a'], 'atLeast')).toBe(true);
    expect(satisfied(path, ['a', 'c'], ['b', 'a'], 'atLeast')).toBe(false);
    expect(satisfied(path, ['a', 'a'], ['a', 'b'])).toBe(false);
    expect(satisfied(path, ['a'], 'a')).toBe(false);
  });

  it('in a list is satisfied in its own order, unless it is atLeast', () => {
    const path = 'samlv2Configuration.authorizedRedirectURLs';
    expect(satisfied(path, ['a', 'b'], ['a', 'b'])).toBe(true);
    expect(satisfied(path, ['a', 'b'], ['b', 'a'])).toBe(false);
    expect(satisfied(path, ['b'], ['a', 'b'], 'atLeast')).toBe(true);
  });

  it('in a complete map may be one of more where it is atLeast', () => {
    expect(satisfied('data', { a: 1 }, { a: 1, b: 2 }, 'atLeast')).toBe(true);
    expect(satisfied('data', { a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(satisfied('name', 'Web', 'Web', 'atLeast')).toBe(true);
  });

  it('has a known default, or none', () => {
    expect(hasServerDefault(application, { path: ['verifyRegistration'] })).toBe(true);
    // It depends on the instance, or is known from another tool only: then the live value is read and shown.
    expect(hasServerDefault(application, { path: ['themeId'] })).toBe(false);
    expect(hasServerDefault(tenant, { path: ['issuer'] })).toBe(false);
  });
});
