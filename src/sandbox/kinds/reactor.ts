import { parameterError } from '../errors.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { isBlank, isRecord } from './normal-text.js';

/** Source: FusionAuth client `ReactorStatus`. */
const features = [
  'advancedIdentityProviders',
  'advancedLambdas',
  'advancedMultiFactorAuthentication',
  'advancedOAuthScopes',
  'advancedOAuthScopesCustomScopes',
  'advancedOAuthScopesThirdPartyApplications',
  'advancedRegistration',
  'applicationMultiFactorAuthentication',
  'applicationThemes',
  'breachedPasswordDetection',
  'connectors',
  'entityManagement',
  'scimServer',
  'tenantManagerApplication',
  'threatDetection',
  'universalApplication',
  'webAuthn',
  'webAuthnPlatformAuthenticators',
  'webAuthnRoamingAuthenticators',
] as const;

const route = (method: Route['method'], handle: Route['handle']): Route => ({
  method,
  path: '/api/reactor',
  endpoint: '/api/reactor',
  scope: 'global',
  handle,
});

/** The licence: any licence id is taken. It has routes only. Source: FusionAuth docs apis/reactor. */
export const reactor: Kind = {
  name: 'reactor',
  label: 'Reactor',
  path: '/api/reactor',
  one: 'reactor',
  many: 'reactors',
  idParameter: 'reactorId',
  operations: [],
  scope: 'global',
  routes: [
    route('GET', status),
    route('POST', activate),
    route('PUT', () => ({ status: 200 })),
    route('DELETE', deactivate),
  ],
};

function status({ instance }: Call): Answer {
  const licensed = instance.switches.licensed === 'on';
  const state = Object.fromEntries(features.map((feature) => [feature, licensed ? 'ACTIVE' : 'DISABLED']));
  return { status: 200, body: { status: { ...state, licensed, licenseAttributes: {} } } };
}

function activate({ body, instance }: Call): Answer {
  if (!isRecord(body) || isBlank(body['licenseId'])) {
    throw parameterError('blank', 'licenseId', 'The licenseId is required.');
  }
  instance.switches.licensed = 'on';
  return { status: 200 };
}

function deactivate({ instance }: Call): Answer {
  instance.switches.licensed = 'off';
  return { status: 200 };
}
