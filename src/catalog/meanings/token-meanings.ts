import type { Meaning } from '../meaning.js';

/** What a change of a `jwtConfiguration` means; the first are all that an entity type has. Paths begin within it. */
const tokens: readonly Meaning[] = [
  {
    path: 'timeToLiveInSeconds',
    when: 'lowered',
    risk: 'disruptive',
    says: 'access and ID tokens live {to} s, no longer {from} s',
  },
  {
    path: 'timeToLiveInSeconds',
    when: 'raised',
    risk: 'disruptive',
    says: 'access and ID tokens live {to} s, no longer {from} s: a stolen one is good for longer',
  },
  {
    path: 'accessTokenKeyId',
    when: 'changed',
    risk: 'disruptive',
    says: 'access tokens are signed with {to}[, no longer with {from}]: whoever checks them must know the new key',
  },
  {
    path: 'accessTokenVerificationKeyIds',
    when: 'loses',
    risk: 'disruptive',
    says: 'access tokens signed with {items} are no longer accepted',
  },
];

const logins: readonly Meaning[] = [
  {
    path: 'idTokenKeyId',
    when: 'changed',
    risk: 'disruptive',
    says: 'ID tokens are signed with {to}[, no longer with {from}]: clients that check them must know the new key',
  },
  {
    path: 'idTokenVerificationKeyIds',
    when: 'loses',
    risk: 'disruptive',
    says: 'ID tokens signed with {items} are no longer accepted',
  },
  {
    path: 'refreshTokenTimeToLiveInMinutes',
    when: 'lowered',
    risk: 'disruptive',
    says: 'refresh tokens live {to} min, no longer {from} min: users must log in again sooner',
  },
  {
    path: 'refreshTokenTimeToLiveInMinutes',
    when: 'raised',
    risk: 'disruptive',
    says: 'refresh tokens live {to} min, no longer {from} min: a stolen one is good for longer',
  },
  {
    path: 'refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes',
    when: 'lowered',
    risk: 'disruptive',
    says: 'a refresh token that is kept in use ends after {to} min, no longer {from} min',
  },
  {
    path: 'refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes',
    when: 'raised',
    risk: 'disruptive',
    says: 'a refresh token that is kept in use ends after {to} min, no longer {from} min',
  },
  {
    path: 'refreshTokenExpirationPolicy',
    when: 'changed',
    risk: 'disruptive',
    says: 'refresh tokens end by the rule {to}[, no longer {from}]',
  },
  {
    path: 'refreshTokenUsagePolicy',
    when: 'becomes',
    value: 'OneTimeUse',
    risk: 'disruptive',
    says: 'a refresh token works once: clients that use one twice are refused',
  },
  {
    path: 'refreshTokenUsagePolicy',
    when: 'becomes',
    value: 'Reusable',
    risk: 'disruptive',
    says: 'a refresh token works again and again: a stolen one is no longer noticed',
  },
  {
    path: 'refreshTokenOneTimeUseConfiguration.gracePeriodInSeconds',
    when: 'lowered',
    risk: 'disruptive',
    says: 'a one-time refresh token that is used twice within {from} s is no longer forgiven, only within {to} s',
  },
];

const within = (rules: readonly Meaning[]): readonly Meaning[] =>
  rules.map((rule) => ({ ...rule, path: `jwtConfiguration.${rule.path}` }));

/** For tokens that entities get: no user, no refresh token. */
export const entityTokenMeanings: readonly Meaning[] = within(tokens);

/** For tokens that users get. */
export const userTokenMeanings: readonly Meaning[] = within([...tokens, ...logins]);

/** Whether an object has token settings of its own, or those of its tenant. */
export const ownTokenMeanings: readonly Meaning[] = [
  {
    path: 'jwtConfiguration.enabled',
    when: 'turned-on',
    risk: 'disruptive',
    says: 'its own token settings hold, no longer those of the tenant',
  },
  {
    path: 'jwtConfiguration.enabled',
    when: 'turned-off',
    risk: 'disruptive',
    says: 'the token settings of the tenant hold, no longer its own',
  },
];
