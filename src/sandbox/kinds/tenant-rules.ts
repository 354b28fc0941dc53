import { factsOf } from '../events/event-types.js';
import { valueAt, withValueAt } from '../fields.js';
import type { Write } from '../kind.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields } from '../store.js';
import { isRecord, toLineFeeds, trim } from './normal-text.js';
import { withEnabledInstant } from './unverified-policy.js';

/**
 * A tenant as the server keeps it. Source: `normalize()` of fusionauth-java-client's `Tenant`, `EmailConfiguration`,
 * `EventConfiguration`, `ConnectorPolicy` and `FamilyConfiguration`.
 */
export function normalTenant(tenant: Fields, { previous, instance }: Write): Fields {
  let normal: Fields = {
    ...tenant,
    name: trim(tenant['name']),
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
  set('eventConfiguration.events', normalEvents(valueAt(normal, 'eventConfiguration.events')));
  return withEnabledInstant(normal, 'userDeletePolicy.unverified', instance);
}

/**
 * Events of the whole instance are no tenant's to switch, and what cannot be stopped is waited for by nobody. Source:
 * `normalize()` of fusionauth-java-client's `EventConfiguration`.
 */
function normalEvents(events: unknown): Fields {
  const listed = Object.entries(isRecord(events) ? events : {});
  const known = listed.filter(([type]) => factsOf(type)?.scope !== 'instance');
  return Object.fromEntries(
    known.map(([type, value]) => {
      const filled = { enabled: false, transactionType: 'None', ...(isRecord(value) ? value : {}) };
      return [type, factsOf(type)?.transactional === false ? { ...filled, transactionType: 'None' } : filled];
    }),
  );
}

/** Domains are lower-cased; FusionAuth's own policy is always for all domains; without any policy there is that one. */
function normalPolicies(policies: unknown): unknown {
  const own = { connectorId: fusionAuthConnectorId, domains: ['*'], migrate: false };
  if (!Array.isArray(policies) || policies.length === 0) return [own];
  return policies.map((policy: unknown) => {
    if (!isRecord(policy)) return policy;
    if (policy['connectorId'] === fusionAuthConnectorId) return { ...withoutEmptyData(policy), ...own };
    const domains = Array.isArray(policy['domains']) ? policy['domains'] : ['*'];
    const lower = [...new Set(domains.map((domain) => String(domain).toLowerCase()))];
    return { migrate: false, ...withoutEmptyData(policy), domains: lower };
  });
}

function withoutEmptyData(policy: Fields): Fields {
  const { data, ...others } = policy;
  return isRecord(data) && Object.keys(data).length > 0 ? policy : others;
}

function asSet(list: unknown): unknown {
  return Array.isArray(list) ? [...new Set<unknown>(list)] : [];
}
