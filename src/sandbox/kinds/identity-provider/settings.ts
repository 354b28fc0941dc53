import type { Problem } from '../../errors.js';
import { fillDefaults } from '../../fields.js';
import type { Instance } from '../../kind.js';
import type { Fields, StoredObject } from '../../store.js';
import { isRecord } from '../normal-text.js';
import type { ProviderType } from './provider-type.js';

/** The two maps from an id to what holds for it alone. A PUT replaces each as a whole. */
type SettingsField = 'applicationConfiguration' | 'tenantConfiguration';

/** Source: `BaseIdentityProviderApplicationConfiguration` of fusionauth-java-client. */
const applicationDefaults: Fields = { createRegistration: true, enabled: false };

/** Source: `IdentityProviderTenantConfiguration` and `IdentityProviderLimitUserLinkingPolicy` of fusionauth-java-client. */
const tenantDefaults: Fields = { limitUserLinkCount: { enabled: false, maximumLinks: 42 } };

/** The same map with each of its settings changed; ids are lower case. */
export function mapSettings(settings: unknown, change: (one: Fields) => Fields): Fields {
  if (!isRecord(settings)) return {};
  return Object.fromEntries(
    Object.entries(settings).flatMap(([id, one]) => (isRecord(one) ? [[id.toLowerCase(), change(one)]] : [])),
  );
}

/** An identity provider whose settings are all whole. */
export function withWholeSettings(object: Fields, type: ProviderType): Fields {
  const ofApplication = { ...applicationDefaults, ...type.applicationDefaults };
  return withoutEmptyData({
    ...object,
    applicationConfiguration: mapSettings(object['applicationConfiguration'], (one) =>
      withoutEmptyData(fillDefaults(one, ofApplication)),
    ),
    tenantConfiguration: mapSettings(object['tenantConfiguration'], (one) =>
      withoutEmptyData(fillDefaults(one, tenantDefaults)),
    ),
  });
}

/** `data` is not there when nothing is in it (NON_EMPTY in fusionauth-java-client), unlike that of other kinds. */
function withoutEmptyData(object: Fields): Fields {
  const { data, ...others } = object;
  return isRecord(data) && Object.keys(data).length > 0 ? object : others;
}

/**
 * Settings for what is not there. An identity provider of a tenant is for the applications of that tenant and for
 * universal ones (fusionauth-issues #3255). The code is that of fusionauth-issues #245.
 */
export function settingProblems(object: StoredObject, { store }: Instance): readonly Problem[] {
  const { tenantId } = object;
  const problem = (field: SettingsField, id: string, what: string): Problem => ({
    field,
    kind: 'invalid',
    message: `The ${field} has settings for [${id}]. There is no ${what} with this Id.`,
  });
  const wrongApplications = idsIn(object, 'applicationConfiguration').filter((id) => {
    const application = store.get('application', id);
    return (
      application === undefined || (tenantId !== undefined && ![undefined, tenantId].includes(application['tenantId']))
    );
  });
  const wrongTenants = idsIn(object, 'tenantConfiguration').filter((id) => store.get('tenant', id) === undefined);
  return [
    ...wrongApplications.map((id) => problem('applicationConfiguration', id, 'Application')),
    ...wrongTenants.map((id) => problem('tenantConfiguration', id, 'Tenant')),
  ];
}

function idsIn(object: Fields, field: SettingsField): readonly string[] {
  const settings = object[field];
  return isRecord(settings) ? Object.keys(settings) : [];
}

/** The applications that an identity provider is enabled for. */
export function enabledApplications({ applicationConfiguration }: Fields): readonly string[] {
  const settings = Object.entries(isRecord(applicationConfiguration) ? applicationConfiguration : {});
  return settings.filter(([, one]) => isRecord(one) && one['enabled'] === true).map(([id]) => id);
}

/** Settings for an application or a tenant that is gone go with it. That they do is UNVERIFIED (switch settingsOfDeleted). */
export function forgetSettings(field: SettingsField, gone: string, { store, switches }: Instance): void {
  if (switches.settingsOfDeleted === 'kept') return;
  for (const provider of store.all('identityProvider')) {
    if (!idsIn(provider, field).includes(gone)) continue;
    const left = Object.entries(provider[field] ?? {}).filter(([id]) => id !== gone);
    store.put('identityProvider', { ...provider, [field]: Object.fromEntries(left) });
  }
}
