import type { Problem } from '../errors.js';
import { placesAt, valueAt, withValueAt } from '../fields.js';
import type { Write } from '../kind.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, toLineFeeds, trim } from './normal-text.js';
import { needs, numberProblems, type NumberRule } from './rules.js';

/**
 * A tenant as the server keeps it. Source: `normalize()` of fusionauth-java-client's `Tenant`, `EmailConfiguration`,
 * `ConnectorPolicy` and `FamilyConfiguration`.
 */
export function normalTenant(tenant: Fields, { previous, instance }: Write): Fields {
  let normal: Fields = {
    ...tenant,
    name: trim(tenant['name']),
    data: withoutEmptyValues(tenant['data']),
    connectorPolicies: normalPolicies(tenant['connectorPolicies']),
    configured: true,
    state: previous?.['state'] ?? 'Active',
  };
  const set = (path: string, value: unknown): void => {
    normal = withValueAt(normal, path, value);
  };
  set('emailConfiguration.host', trim(valueAt(normal, 'emailConfiguration.host')));
  set('emailConfiguration.properties', toLineFeeds(valueAt(normal, 'emailConfiguration.properties')));
  if (valueAt(normal, 'emailConfiguration.verifyEmail') !== true) {
    set('emailConfiguration.verifyEmailWhenChanged', false);
    set('emailConfiguration.verificationEmailTemplateId', undefined);
  }
  if (valueAt(normal, 'familyConfiguration.allowChildRegistrations') !== true) {
    set('familyConfiguration.parentEmailRequired', false);
  }
  // `enabled` of a tenant's tokens is ignored: `@JsonIgnoreProperties("enabled")` in the same class.
  set('jwtConfiguration.enabled', undefined);
  set('registrationConfiguration.blockedDomains', asSet(valueAt(normal, 'registrationConfiguration.blockedDomains')));
  for (const { path, value } of placesAt(normal, 'eventConfiguration.events.*')) {
    const type = path.slice('eventConfiguration.events.'.length);
    const events = valueAt(normal, 'eventConfiguration.events');
    const filled = { enabled: false, transactionType: 'None', ...(isRecord(value) ? value : {}) };
    set('eventConfiguration.events', { ...(isRecord(events) ? events : {}), [type]: filled });
  }
  const unverified = 'userDeletePolicy.unverified';
  if (valueAt(normal, `${unverified}.enabled`) !== true) set(`${unverified}.enabledInstant`, undefined);
  else if (valueAt(normal, `${unverified}.enabledInstant`) === undefined) {
    set(`${unverified}.enabledInstant`, instance.now());
  }
  return normal;
}

/** Domains are lower-cased; FusionAuth's own policy is always for all domains; without any policy there is that one. */
function normalPolicies(policies: unknown): unknown {
  const own = { connectorId: fusionAuthConnectorId, domains: ['*'], migrate: false };
  if (!Array.isArray(policies) || policies.length === 0) return [own];
  return policies.map((policy: unknown) => {
    if (!isRecord(policy)) return policy;
    if (policy['connectorId'] === fusionAuthConnectorId) return { ...withoutEmptyData(policy), ...own };
    const domains = Array.isArray(policy['domains']) ? policy['domains'] : [];
    const lower = [...new Set(domains.map((domain) => String(domain).toLowerCase()))];
    return { migrate: false, ...withoutEmptyData(policy), domains: lower };
  });
}

function withoutEmptyData(policy: Fields): Fields {
  const { data, ...others } = policy;
  return isRecord(data) && Object.keys(data).length > 0 ? policy : others;
}

export function withoutEmptyValues(data: unknown): Fields {
  if (!isRecord(data)) return {};
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

function asSet(list: unknown): unknown {
  return Array.isArray(list) ? [...new Set<unknown>(list)] : [];
}

const numbers: Readonly<Record<string, NumberRule>> = {
  'externalIdentifierConfiguration.authorizationGrantIdTimeToLiveInSeconds': { min: 1, max: 600 },
  'failedAuthenticationConfiguration.actionDuration': { min: 1 },
  'failedAuthenticationConfiguration.resetCountInSeconds': { min: 1 },
  'failedAuthenticationConfiguration.tooManyAttempts': { min: 1 },
  httpSessionMaxInactiveInterval: { min: 1 },
  'jwtConfiguration.refreshTokenOneTimeUseConfiguration.gracePeriodInSeconds': { min: 0, max: 86_400 },
  'jwtConfiguration.refreshTokenTimeToLiveInMinutes': { min: 1 },
  'jwtConfiguration.timeToLiveInSeconds': { min: 1 },
  'maximumPasswordAge.days': { min: 1 },
  'minimumPasswordAge.seconds': { min: 1 },
  'passwordEncryptionConfiguration.encryptionSchemeFactor': { min: 1 },
  'passwordValidationRules.minLength': { min: 1 },
  'userDeletePolicy.unverified.numberOfDaysToRetain': { min: 1 },
};

/** Source: FusionAuth docs apis/tenants, "required when" and ranges of its fields; fusionauth-issues #1304. */
export function tenantProblems(tenant: StoredObject, { envelope, instance }: Write): readonly Problem[] {
  const at = (path: string): unknown => valueAt(tenant, path);
  return [
    ...numberProblems(tenant, numbers),
    ...timeToLiveProblems(tenant),
    ...needs(tenant, {
      when: at('emailConfiguration.verifyEmail') === true,
      fields: ['emailConfiguration.verificationEmailTemplateId'],
    }),
    ...needs(tenant, {
      when: at('captchaConfiguration.enabled') === true,
      fields: ['captchaConfiguration.secretKey', 'captchaConfiguration.siteKey'],
      kind: 'blank',
    }),
    ...needs(tenant, {
      when: at('multiFactorConfiguration.email.enabled') === true,
      fields: ['multiFactorConfiguration.email.templateId'],
    }),
    ...['sms', 'voice'].flatMap((method) =>
      needs(tenant, {
        when: at(`multiFactorConfiguration.${method}.enabled`) === true,
        fields: [`multiFactorConfiguration.${method}.messengerId`, `multiFactorConfiguration.${method}.templateId`],
      }),
    ),
    ...couplingProblems(tenant),
    ...webhookProblems(envelope['webhookIds'], (id) => instance.store.get('webhook', id) !== undefined),
  ];
}

/** Every `…TimeToLiveInSeconds` must be greater than 0; the wording is the one of fusionauth-issues #1304. */
function timeToLiveProblems(tenant: StoredObject): readonly Problem[] {
  return placesAt(tenant, 'externalIdentifierConfiguration.*')
    .filter(({ path, value }) => path.endsWith('TimeToLiveInSeconds') && typeof value === 'number' && value <= 0)
    .filter(({ path }) => !Object.hasOwn(numbers, path))
    .map(({ path }) => ({ field: path, kind: 'invalid', message: `The ${path} must be greater than 0.` }));
}

function couplingProblems(tenant: StoredObject): readonly Problem[] {
  const at = (path: string): unknown => valueAt(tenant, path);
  const problems: Problem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, kind: 'invalid', message });
  for (const section of ['emailConfiguration', 'phoneConfiguration']) {
    if (at(`${section}.verificationStrategy`) === 'FormField' && at(`${section}.unverified.behavior`) !== 'Gated') {
      wrong(`${section}.verificationStrategy`, 'The strategy FormField needs the unverified behavior Gated.');
    }
  }
  const policy = at('jwtConfiguration.refreshTokenExpirationPolicy');
  const maximum = 'jwtConfiguration.refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes';
  if (policy === 'SlidingWindowWithMaximumLifetime') {
    if (Number(at(maximum)) < Number(at('jwtConfiguration.refreshTokenTimeToLiveInMinutes'))) {
      wrong(maximum, 'The maximum must not be less than the refresh token’s time to live.');
    }
  }
  if (Number(at('passwordValidationRules.maxLength')) < Number(at('passwordValidationRules.minLength'))) {
    wrong('passwordValidationRules.maxLength', 'The maxLength must not be less than the minLength.');
  }
  const connectors = placesAt(tenant, 'connectorPolicies.*.connectorId').map(({ value }) => value);
  if (new Set(connectors).size < connectors.length) {
    wrong('connectorPolicies', 'Each connector may have one policy.');
  }
  if (isBlank(tenant['issuer'])) problems.push({ field: 'issuer', kind: 'blank', message: 'The issuer is required.' });
  return problems;
}

function webhookProblems(ids: unknown, exists: (id: string) => boolean): readonly Problem[] {
  if (!Array.isArray(ids)) return [];
  return ids
    .filter((id) => typeof id !== 'string' || !exists(id))
    .map((id) => ({
      field: 'webhookIds',
      kind: 'invalid',
      message: `There is no Webhook with Id [${String(id)}].`,
      at: 'request' as const,
    }));
}
