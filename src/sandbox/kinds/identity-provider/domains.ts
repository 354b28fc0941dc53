import type { Problem } from '../../errors.js';
import type { Instance } from '../../kind.js';
import type { Fields, StoredObject } from '../../store.js';

/** The index of the store that finds identity providers by a domain they manage. */
export const domainIndex = { field: 'domains.*' } as const;

/** Managed domains are a set of lower-case texts. Source: `DomainBasedIdentityProvider` of fusionauth-java-client. */
export function withNormalDomains(object: Fields): Fields {
  return { ...object, domains: [...new Set(domainsOf(object).map((domain) => domain.toLowerCase()))] };
}

function domainsOf({ domains }: Fields): readonly string[] {
  return Array.isArray(domains) ? domains.map(String) : [];
}

/** The identity providers that manage a domain, oldest first. */
export function managersOf(domain: string, { store }: Instance): readonly StoredObject[] {
  return store.findAll('identityProvider', domainIndex.field, domain);
}

/**
 * A domain is managed by one global identity provider, or by one in each of several tenants. Source: FusionAuth docs
 * lifecycle/authenticate-users/identity-providers, "Managed Domains"; fusionauth-issues #3255.
 */
export function domainProblems(object: StoredObject, instance: Instance): readonly Problem[] {
  const { tenantId } = object;
  const taken = domainsOf(object).filter((domain) =>
    managersOf(domain, instance).some((other) => {
      const apart = tenantId !== undefined && other['tenantId'] !== undefined && other['tenantId'] !== tenantId;
      return other.id !== object.id && !apart;
    }),
  );
  if (taken.length === 0) return [];
  const message = `The domains [${taken.join(', ')}] are already managed by another Identity Provider.`;
  return [{ field: 'domains', kind: 'duplicate', message }];
}
