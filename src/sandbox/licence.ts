import { generalError, type Problem } from './errors.js';
import { licensedEvents } from './events/licensed-event-types.js';
import { placesAt, valueAt } from './fields.js';
import { isBlank, isRecord } from './kinds/normal-text.js';
import type { Instance, Kind } from './kind.js';
import { fusionAuthApplicationId } from './seeds/ids.js';
import type { Fields, StoredObject } from './store.js';
import { isAtLeast } from './version.js';

/**
 * `set`: any value needs a licence; `on`: only `true`; `filled`: a list or map with something in it; else those values,
 * or any but that one, which may differ from one install to the next.
 */
type Licensed =
  | 'filled'
  | 'on'
  | 'set'
  | { readonly value: string | readonly string[] }
  | { readonly not: string }
  | { readonly otherThan: (instance: Instance) => string };

/** "Advanced threat detection emails" of an application (FusionAuth docs apis/applications). */
const threatEmails = [
  'emailUpdate',
  'loginIdInUseOnCreate',
  'loginNewDevice',
  'loginSuspicious',
  'passwordResetSuccess',
  'passwordUpdate',
  'twoFactorMethodAdd',
  'twoFactorMethodRemove',
] as const;
/** "Advanced threat detection messages" (the same). */
const threatMessages = [
  'loginIdInUseOnCreate',
  'loginIdInUseOnUpdate',
  'loginNewDevice',
  'loginSuspicious',
  'passwordResetSuccess',
  'passwordUpdate',
  'twoFactorMethodAdd',
  'twoFactorMethodRemove',
] as const;

/**
 * What needs a licence. Sources: FusionAuth docs apis/tenants and apis/applications ("This feature requires a license"),
 * apis/connectors, apis/identity-providers ("requires a paid edition"); fusionauth-issues #1555.
 */
const licensed: Readonly<Record<string, Readonly<Record<string, Licensed>>>> = {
  tenant: {
    'accessControlConfiguration.uiIPAccessControlListId': 'set',
    'captchaConfiguration.enabled': 'on',
    'emailConfiguration.unverified.behavior': { value: 'Gated' },
    'formConfiguration.adminUserFormId': { otherThan: ({ seeds }) => seeds.forms.adminUser },
    'lambdaConfiguration.multiFactorRequirementId': 'set',
    'oauthConfiguration.clientCredentialsAccessTokenPopulateLambdaId': 'set',
    'passwordValidationRules.breachDetection.enabled': 'on',
    'phoneConfiguration.unverified.behavior': { value: 'Gated' },
    'rateLimitConfiguration.*.enabled': 'on',
    'registrationConfiguration.blockedDomains': 'filled',
    'scimServerConfiguration.enabled': 'on',
    'usernameConfiguration.unique.enabled': 'on',
    'webAuthnConfiguration.enabled': 'on',
  },
  application: {
    'accessControlConfiguration.uiIPAccessControlListId': 'set',
    ...Object.fromEntries(threatEmails.map((name) => [`emailConfiguration.${name}EmailTemplateId`, 'set'] as const)),
    'formConfiguration.adminRegistrationFormId': { otherThan: ({ seeds }) => seeds.forms.adminRegistration },
    'formConfiguration.selfServiceFormConfiguration.requireCurrentPasswordOnPasswordChange': 'on',
    'formConfiguration.selfServiceFormId': 'set',
    'lambdaConfiguration.multiFactorRequirementId': 'set',
    'lambdaConfiguration.selfServiceRegistrationValidationId': 'set',
    'multiFactorConfiguration.loginPolicy': 'set',
    'oauthConfiguration.relationship': { value: 'ThirdParty' },
    ...Object.fromEntries(threatMessages.map((name) => [`phoneConfiguration.${name}TemplateId`, 'set'] as const)),
    'registrationConfiguration.type': { value: 'advanced' },
    themeId: 'set',
    'webAuthnConfiguration.enabled': 'on',
  },
  connector: { type: { not: 'FusionAuth' } },
  apiKey: { ipAccessControlListId: 'set' },
  scope: { name: 'set' },
  identityProvider: {
    'idpInitiatedConfiguration.enabled': 'on',
    type: { value: ['EpicGames', 'Nintendo', 'SAMLv2IdPInitiated', 'SonyPSN', 'Steam', 'Twitch', 'Xbox'] },
  },
};

/** Where the store keeps the licence that was given or taken over HTTP. */
export const licencePlace = { kind: 'licence', id: 'licence' } as const;

export function licenceOf({ store }: Pick<Instance, 'store'>): StoredObject | undefined {
  return store.get(licencePlace.kind, licencePlace.id);
}

/**
 * Whether there is a licence. An air-gapped one ends after its last day, without grace (FusionAuth docs
 * get-started/download-and-install/air-gapping).
 */
export function isLicensed(instance: Instance): boolean {
  if (instance.switches.licensed === 'off') return false;
  const expiration = licenceOf(instance)?.['expiration'];
  return typeof expiration !== 'string' || new Date(instance.now()).toISOString().slice(0, 10) <= expiration;
}

/**
 * Kinds of which nothing can be made or changed without a licence. Sources: FusionAuth docs apis/custom-forms, apis/ip-acl;
 * the docs name
 * no field of the error.
 */
const licensedKinds: ReadonlySet<string> = new Set(['form', 'formField', 'ipAccessControlList']);

/** Kinds of which no call is answered without a licence, not even a read. Source: FusionAuth docs apis/entities, "premium plan". */
const licensedApis: ReadonlySet<string> = new Set(['entity', 'entityGrant', 'entityType', 'entityTypePermission']);

export function isLicensedApi({ name }: Pick<Kind, 'name'>): boolean {
  return licensedApis.has(name);
}

/** @throws {@link Refusal} 400 `[notLicensed]` without a licence; the docs name no field of it. */
export function refuseUnlicensed({ label }: Pick<Kind, 'label'>, instance: Instance): void {
  if (isLicensed(instance)) return;
  throw generalError('notLicensed', `The ${label} API cannot be used. This feature requires an active license.`);
}

/** Fields that a server without a licence does not take, each as `[notLicensed]`. */
export function licenceProblems(object: Fields, kind: Kind, instance: Instance): readonly Problem[] {
  if (isLicensed(instance)) return [];
  if (licensedKinds.has(kind.name)) {
    const message = `The ${kind.label} cannot be used. This feature requires an active license.`;
    return [{ field: '', kind: 'notLicensed', message, at: 'general' }];
  }
  const fields = Object.entries(licensed[kind.name] ?? {}).flatMap(([path, when]) =>
    placesAt(object, path)
      .filter(({ value }) => needsLicence(value, when, instance))
      .map((place) => place.path),
  );
  return [...fields, ...eventFields(object, kind)]
    .filter((field) => !isFree(field, object, instance))
    .map((field) => ({
      field,
      kind: 'notLicensed',
      message: `The ${field} cannot be used. This feature requires an active license.`,
      ...(field.startsWith('eventsEnabled') ? { madeUp: true } : {}),
    }));
}

/**
 * Fields that switch a licensed event on. Which field of a webhook the error is of is
 * UNVERIFIED (switch undocumentedErrors).
 */
function eventFields(object: Fields, { name }: Kind): readonly string[] {
  const field = name === 'tenant' ? 'eventConfiguration.events' : 'eventsEnabled';
  const events = name === 'tenant' || name === 'webhook' ? valueAt(object, field) : undefined;
  return Object.entries(isRecord(events) ? events : {})
    .filter(([type, value]) => licensedEvents.has(type) && (isRecord(value) ? value['enabled'] : value) === true)
    .map(([type]) => (name === 'tenant' ? `${field}[${type}].enabled` : `${field}[${type}]`));
}

/** "May be set for the FusionAuth admin UI application whether or not an instance is licensed" (docs apis/applications). */
function isFree(field: string, { id }: Fields, { fusionauth }: Instance): boolean {
  return (
    field === 'multiFactorConfiguration.loginPolicy' &&
    id === fusionAuthApplicationId &&
    isAtLeast(fusionauth, '1.49.0')
  );
}

function needsLicence(value: unknown, when: Licensed, instance: Instance): boolean {
  switch (when) {
    case 'on':
      return value === true;
    case 'set':
      return !isBlank(value);
    case 'filled':
      return Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;
    default:
      if ('otherThan' in when) return !isBlank(value) && value !== when.otherThan(instance);
      return 'not' in when ? value !== when.not : [when.value].flat().some((one) => one === value);
  }
}
