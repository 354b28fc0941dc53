import type { ReactorStatus } from '@fusionauth/typescript-client';

import { invalid, type Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import { isLicensed, licenceOf, licencePlace } from '../licence.js';
import { checkedRequest } from '../request-envelope.js';
import type { Fields } from '../store.js';
import { isBlank, isRecord } from './normal-text.js';

type Feature = Exclude<keyof ReactorStatus, 'expiration' | 'licenseAttributes' | 'licensed'>;

/**
 * Every feature there is, by what it needs. Sources: FusionAuth client `ReactorStatus`; for the network, FusionAuth docs
 * get-started/download-and-install/air-gapping, "limits".
 */
const features: Readonly<Record<Feature, 'licence' | 'network'>> = {
  advancedIdentityProviders: 'licence',
  advancedLambdas: 'licence',
  advancedMultiFactorAuthentication: 'licence',
  advancedOAuthScopes: 'licence',
  advancedOAuthScopesCustomScopes: 'licence',
  advancedOAuthScopesThirdPartyApplications: 'licence',
  advancedRegistration: 'licence',
  applicationMultiFactorAuthentication: 'licence',
  applicationThemes: 'licence',
  breachedPasswordDetection: 'network',
  clientRiskConfiguration: 'licence',
  connectors: 'licence',
  dPoP: 'licence',
  entityManagement: 'licence',
  imfaWebhooks: 'licence',
  intelligentMFA: 'licence',
  ipGeoLocation: 'licence',
  ipReputation: 'licence',
  legacyAdapter: 'licence',
  multiFactorLambdas: 'licence',
  scimServer: 'licence',
  tenantManagerApplication: 'licence',
  threatDetection: 'network',
  universalApplication: 'licence',
  userAgentReputation: 'licence',
  webAuthn: 'licence',
  webAuthnPlatformAuthenticators: 'licence',
  webAuthnRoamingAuthenticators: 'licence',
};

/** As in the example of FusionAuth docs apis/reactor, which says that they may change. */
const attributes: Fields = { LicenseType: 'Production', LicensedPlan: 'Enterprise' };

const route = (method: Route['method'], handle: Route['handle'], part = ''): Route => ({
  method,
  path: `/api/reactor${part}`,
  endpoint: `/api/reactor${part}`,
  scope: 'global',
  handle,
});

/**
 * The licence. Any id is taken, and any Base64 for the text of an air-gapped one: what is in it FusionAuth does not tell,
 * so here it may be JSON with an `expiration`, and else the licence is good for a year. It has routes only.
 * Source: FusionAuth docs apis/reactor.
 */
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
    // New keys for the licence; nobody sees them.
    route('PUT', () => ({ status: 200 })),
    route('DELETE', deactivate),
    route('GET', metrics, '/metrics'),
  ],
};

function status({ instance }: Call): Answer {
  const licensed = isLicensed(instance);
  const expiration = licenceOf(instance)?.['expiration'];
  const stateOf = (needed: 'licence' | 'network'): string => {
    if (!licensed) return 'DISABLED';
    return needed === 'network' && expiration !== undefined ? 'DISCONNECTED' : 'ACTIVE';
  };
  const states = Object.entries(features).map(([feature, needed]) => [feature, stateOf(needed)] as const);
  const licenseAttributes = licensed ? attributes : {};
  return { status: 200, body: { status: { ...Object.fromEntries(states), expiration, licensed, licenseAttributes } } };
}

function activate({ body, instance }: Call): Answer {
  const { licenseId, license } = checkedRequest('ReactorRequest', body, instance.switches);
  const wrong: Problem[] = [];
  if (isBlank(licenseId)) {
    wrong.push({ field: 'licenseId', kind: 'blank', message: 'The licenseId is required.', at: 'request' });
  }
  const expiration = isBlank(license) ? undefined : expirationOf(String(license).trim(), instance.now());
  if (expiration === null) {
    const message = 'The license is not the Base64 text of a license.';
    wrong.push({ field: 'license', kind: 'invalid', message, at: 'request' });
  }
  if (wrong.length > 0) throw invalid(wrong, '');
  remember({ licensed: 'on', licenseId, ...(isBlank(license) ? {} : { license, expiration }) }, instance);
  return { status: 200 };
}

/** The day an air-gapped licence ends (`2027-01-31`); null for a text that is none. */
function expirationOf(license: string, now: number): string | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(license)) return null;
  const inAYear = new Date(now);
  inAYear.setUTCFullYear(inAYear.getUTCFullYear() + 1);
  const said = expirationIn(Buffer.from(license, 'base64').toString('utf8'));
  if (said === undefined) return inAYear.toISOString().slice(0, 10);
  return typeof said === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(said) && !Number.isNaN(Date.parse(said)) ? said : null;
}

function expirationIn(text: string): unknown {
  try {
    // `as`: any JSON; looked at next.
    const json = JSON.parse(text) as unknown;
    return isRecord(json) ? json['expiration'] : undefined;
  } catch {
    return undefined;
  }
}

function deactivate({ instance }: Call): Answer {
  remember({ licensed: 'off' }, instance);
  return { status: 200 };
}

/** The licence is kept among the objects, so that it is there again where they are. */
function remember(licence: Fields, instance: Instance): void {
  instance.store.put(licencePlace.kind, { id: licencePlace.id, ...licence });
  applyLicence(instance);
}

/** Sets the switch to the licence that was given or taken over HTTP, if one was. */
export function applyLicence(instance: Instance): void {
  const licensed = licenceOf(instance)?.['licensed'];
  if (licensed === 'on' || licensed === 'off') instance.switches.licensed = licensed;
}

/** Nothing looks for passwords in breaches or counts challenges here, so a tenant that wants it has a row of zeros. */
function metrics({ instance }: Call): Answer {
  const watched = [...instance.store.all('tenant')].filter(
    (tenant) => valueAt(tenant, 'passwordValidationRules.breachDetection.enabled') === true,
  );
  const breachedPasswordMetrics = Object.fromEntries(watched.map(({ id }) => [id, noBreaches]));
  return { status: 200, body: { metrics: { breachedPasswordMetrics, mfaMetrics: {} } } };
}

const noBreaches: Fields = {
  actionRequired: 0,
  matchedCommonPasswordCount: 0,
  matchedExactCount: 0,
  matchedPasswordCount: 0,
  matchedSubAddressCount: 0,
  passwordsCheckedCount: 0,
};
