import type { MeaningCase } from './meaning-table.js';

/** Of the tokens of entities. */
export const entityTokenCases: readonly MeaningCase[] = [
  {
    pointer: '/jwtConfiguration/timeToLiveInSeconds',
    from: 3600,
    to: 60,
    risk: 'disruptive',
    says: 'access and ID tokens live 60 s, no longer 3600 s',
  },
  {
    pointer: '/jwtConfiguration/timeToLiveInSeconds',
    from: 60,
    to: 3600,
    risk: 'disruptive',
    says: 'access and ID tokens live 3600 s, no longer 60 s: a stolen one is good for longer',
  },
  {
    pointer: '/jwtConfiguration/accessTokenKeyId',
    from: 'k1',
    to: 'k2',
    risk: 'disruptive',
    says: 'access tokens are signed with k2, no longer with k1: whoever checks them must know the new key',
  },
  {
    pointer: '/jwtConfiguration/accessTokenVerificationKeyIds',
    from: ['k1', 'k2'],
    to: ['k2'],
    risk: 'disruptive',
    says: 'access tokens signed with k1 are no longer accepted',
  },
];

/** Of the tokens of users. */
export const userTokenCases: readonly MeaningCase[] = [
  ...entityTokenCases,
  {
    pointer: '/jwtConfiguration/idTokenKeyId',
    from: 'k1',
    to: 'k2',
    risk: 'disruptive',
    says: 'ID tokens are signed with k2, no longer with k1: clients that check them must know the new key',
  },
  {
    pointer: '/jwtConfiguration/idTokenVerificationKeyIds',
    from: ['k1', 'k2'],
    to: ['k2'],
    risk: 'disruptive',
    says: 'ID tokens signed with k1 are no longer accepted',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenTimeToLiveInMinutes',
    from: 43200,
    to: 60,
    risk: 'disruptive',
    says: 'refresh tokens live 60 min, no longer 43200 min: users must log in again sooner',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenTimeToLiveInMinutes',
    from: 60,
    to: 43200,
    risk: 'disruptive',
    says: 'refresh tokens live 43200 min, no longer 60 min: a stolen one is good for longer',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenSlidingWindowConfiguration/maximumTimeToLiveInMinutes',
    from: 43200,
    to: 60,
    risk: 'disruptive',
    says: 'a refresh token that is kept in use ends after 60 min, no longer 43200 min',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenSlidingWindowConfiguration/maximumTimeToLiveInMinutes',
    from: 60,
    to: 43200,
    risk: 'disruptive',
    says: 'a refresh token that is kept in use ends after 43200 min, no longer 60 min',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenExpirationPolicy',
    from: 'Fixed',
    to: 'SlidingWindow',
    risk: 'disruptive',
    says: 'refresh tokens end by the rule SlidingWindow, no longer Fixed',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenUsagePolicy',
    from: 'Reusable',
    to: 'OneTimeUse',
    risk: 'disruptive',
    says: 'a refresh token works once: clients that use one twice are refused',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenUsagePolicy',
    from: 'OneTimeUse',
    to: 'Reusable',
    risk: 'disruptive',
    says: 'a refresh token works again and again: a stolen one is no longer noticed',
  },
  {
    pointer: '/jwtConfiguration/refreshTokenOneTimeUseConfiguration/gracePeriodInSeconds',
    from: 30,
    to: 0,
    risk: 'disruptive',
    says: 'a one-time refresh token that is used twice within 30 s is no longer forgiven, only within 0 s',
  },
];

/** Of token settings that may be an object's own. */
export const ownTokenCases: readonly MeaningCase[] = [
  {
    pointer: '/jwtConfiguration/enabled',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'its own token settings hold, no longer those of the tenant',
  },
  {
    pointer: '/jwtConfiguration/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'the token settings of the tenant hold, no longer its own',
  },
];

/** Of logins, for a tenant and for an application. */
export const loginCases: readonly MeaningCase[] = [
  {
    pointer: '/loginConfiguration/requireAuthentication',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'the login API answers without an API key',
  },
  {
    pointer: '/loginConfiguration/requireAuthentication',
    from: false,
    to: true,
    risk: 'disruptive',
    says: 'the login API answers only with an API key',
  },
  {
    pointer: '/lambdaConfiguration/multiFactorRequirementId',
    from: 'l1',
    to: 'l2',
    risk: 'disruptive',
    says: 'whether a second factor is asked for is decided by l2, no longer by l1',
  },
  {
    pointer: '/accessControlConfiguration/uiIPAccessControlListId',
    from: 'a1',
    to: 'a2',
    risk: 'disruptive',
    says: 'who may reach its pages is decided by a2, no longer by a1',
  },
  {
    pointer: '/webAuthnConfiguration/bootstrapWorkflow/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'nobody can begin a login with a passkey',
  },
  {
    pointer: '/webAuthnConfiguration/reauthenticationWorkflow/enabled',
    from: true,
    to: false,
    risk: 'disruptive',
    says: 'nobody can log in again with a passkey',
  },
  {
    pointer: '/externalIdentifierConfiguration/twoFactorTrustIdTimeToLiveInSeconds',
    from: 3600,
    to: 60,
    risk: 'disruptive',
    says: 'a trusted device is asked for the second factor again after 60 s, no longer 3600 s',
  },
  {
    pointer: '/externalIdentifierConfiguration/twoFactorTrustIdTimeToLiveInSeconds',
    from: 60,
    to: 3600,
    risk: 'disruptive',
    says: 'a trusted device is asked for the second factor again after 3600 s, no longer 60 s',
  },
];
