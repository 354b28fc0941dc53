import type { Meaning } from '../meaning.js';

/** How much a second factor is asked for, least first (FusionAuth docs: apis/tenants, multiFactorConfiguration.loginPolicy). */
const secondFactorPolicies: readonly string[] = [
  'Disabled',
  'ChallengeOnHighRisk',
  'ChallengeOnMediumRisk',
  'Enabled',
  'Required',
];

/** Whether the login API asks who calls it. */
export const apiLoginMeanings: readonly Meaning[] = [
  {
    path: 'loginConfiguration.requireAuthentication',
    when: 'turned-off',
    risk: 'disruptive',
    says: 'the login API answers without an API key',
  },
  {
    path: 'loginConfiguration.requireAuthentication',
    when: 'turned-on',
    risk: 'disruptive',
    says: 'the login API answers only with an API key',
  },
];

/** When a login wants a second factor. */
export const secondFactorMeanings: readonly Meaning[] = [
  {
    path: 'multiFactorConfiguration.loginPolicy',
    when: 'raised',
    ranks: secondFactorPolicies,
    risk: 'disruptive',
    says: 'a second factor is asked for more: {to}, no longer {from}',
  },
  {
    path: 'multiFactorConfiguration.loginPolicy',
    when: 'lowered',
    ranks: secondFactorPolicies,
    risk: 'disruptive',
    says: 'a second factor is asked for less: {to}, no longer {from}',
  },
];

/** Which lambda decides about a second factor. */
export const secondFactorLambdaMeanings: readonly Meaning[] = [
  {
    path: 'lambdaConfiguration.multiFactorRequirementId',
    when: 'changed',
    risk: 'disruptive',
    says: 'whether a second factor is asked for is decided by {to}[, no longer by {from}]',
  },
];

/** Who may reach the pages of a login. */
export const pageAccessMeanings: readonly Meaning[] = [
  {
    path: 'accessControlConfiguration.uiIPAccessControlListId',
    when: 'changed',
    risk: 'disruptive',
    says: 'who may reach its pages is decided by {to}[, no longer by {from}]',
  },
];

/** Whether a passkey begins a login, or repeats one. */
export const passkeyMeanings: readonly Meaning[] = [
  {
    path: 'webAuthnConfiguration.bootstrapWorkflow.enabled',
    when: 'turned-off',
    risk: 'disruptive',
    says: 'nobody can begin a login with a passkey',
  },
  {
    path: 'webAuthnConfiguration.reauthenticationWorkflow.enabled',
    when: 'turned-off',
    risk: 'disruptive',
    says: 'nobody can log in again with a passkey',
  },
];
