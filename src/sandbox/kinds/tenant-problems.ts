import type { Problem } from '../errors.js';
import { eventTypesOf } from '../events/event-types.js';
import { placesAt, valueAt } from '../fields.js';
import type { Instance, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord } from './normal-text.js';
import { needs, numberProblems, tokenProblems, type NumberRule } from './rules.js';

const numbers: Readonly<Record<string, NumberRule>> = {
  'externalIdentifierConfiguration.authorizationGrantIdTimeToLiveInSeconds': { min: 1, max: 600 },
  'captchaConfiguration.threshold': { min: 0, max: 1 },
  'failedAuthenticationConfiguration.actionDuration': { min: 1 },
  'failedAuthenticationConfiguration.resetCountInSeconds': { min: 1 },
  'failedAuthenticationConfiguration.tooManyAttempts': { min: 1 },
  'familyConfiguration.deleteOrphanedAccountsDays': { min: 1 },
  'familyConfiguration.maximumChildAge': { min: 1 },
  'familyConfiguration.minimumOwnerAge': { min: 1 },
  httpSessionMaxInactiveInterval: { min: 1 },
  'maximumPasswordAge.days': { min: 1 },
  'minimumPasswordAge.seconds': { min: 1 },
  'passwordEncryptionConfiguration.encryptionSchemeFactor': { min: 1 },
  'passwordValidationRules.minLength': { min: 1 },
  'passwordValidationRules.rememberPreviousPasswords.count': { min: 1 },
  'userDeletePolicy.unverified.numberOfDaysToRetain': { min: 1 },
  'usernameConfiguration.unique.numberOfDigits': { min: 3, max: 10 },
};

/** Source: FusionAuth docs apis/tenants, "required when" and ranges of its fields; fusionauth-issues #1304. */
export function tenantProblems(tenant: StoredObject, { envelope, instance, sent }: Write): readonly Problem[] {
  const at = (path: string): unknown => valueAt(tenant, path);
  return [
    ...numberProblems(tenant, numbers),
    ...timeToLiveProblems(tenant),
    ...generatorProblems(tenant),
    ...tokenProblems(tenant),
    ...passwordProblems(tenant, sent),
    ...rateLimitProblems(tenant),
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
    ...needs(tenant, { when: at('scimServerConfiguration.enabled') === true, fields: neededBySCIM }),
    ...couplingProblems(tenant),
    ...eventProblems(at('eventConfiguration.events'), instance),
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

/** How long what a generator makes may be. Source: FusionAuth docs apis/tenants, "The length of the secure generator". */
function generatorProblems(tenant: StoredObject): readonly Problem[] {
  return placesAt(tenant, 'externalIdentifierConfiguration.*')
    .filter(({ path }) => path.endsWith('Generator'))
    .flatMap(({ path, value }) => {
      const bytes = isRecord(value) && value['type'] === 'randomBytes';
      return numberProblems(tenant, { [`${path}.length`]: bytes ? { min: 16, max: 128 } : { min: 4, max: 12 } });
    });
}

/** Source: FusionAuth docs apis/tenants, `passwordValidationRules`; the default length is no mistake of the request. */
function passwordProblems(tenant: StoredObject, sent: Fields): readonly Problem[] {
  const at = (path: string): unknown => valueAt(tenant, path);
  const rules = 'passwordValidationRules';
  const short = at('passwordEncryptionConfiguration.encryptionScheme') === 'bcrypt';
  const problems = [
    ...numberProblems(tenant, { [`${rules}.maxLength`]: { min: 1, max: 256 } }),
    ...(short ? numberProblems(sent, { [`${rules}.maxLength`]: { min: 1, max: 50 } }) : []),
    ...needs(tenant, {
      when: at(`${rules}.breachDetection.onLogin`) === 'NotifyUser',
      fields: [`${rules}.breachDetection.notifyUserEmailTemplateId`],
    }),
  ];
  if (problems.length > 0 || Number(at(`${rules}.maxLength`)) >= Number(at(`${rules}.minLength`))) return problems;
  const message = 'The maxLength must not be less than the minLength.';
  return [{ field: `${rules}.maxLength`, kind: 'invalid', message }];
}

function rateLimitProblems(tenant: StoredObject): readonly Problem[] {
  return placesAt(tenant, 'rateLimitConfiguration.*')
    .filter(({ value }) => isRecord(value) && value['enabled'] === true)
    .flatMap(({ path }) =>
      numberProblems(tenant, { [`${path}.limit`]: { min: 1 }, [`${path}.timePeriodInSeconds`]: { min: 1 } }),
    );
}

/** Source: FusionAuth docs apis/tenants, "Required when tenant.scimServerConfiguration.enabled is true". */
const neededBySCIM: readonly string[] = [
  'lambdaConfiguration.scimEnterpriseUserRequestConverterId',
  'lambdaConfiguration.scimEnterpriseUserResponseConverterId',
  'lambdaConfiguration.scimGroupRequestConverterId',
  'lambdaConfiguration.scimGroupResponseConverterId',
  'lambdaConfiguration.scimUserRequestConverterId',
  'lambdaConfiguration.scimUserResponseConverterId',
  'scimServerConfiguration.clientEntityTypeId',
  'scimServerConfiguration.serverEntityTypeId',
];

function eventProblems(events: unknown, { fusionauth }: Instance): readonly Problem[] {
  const known = eventTypesOf(fusionauth);
  const unknown = Object.keys(isRecord(events) ? events : {}).filter((type) => !known.includes(type));
  if (unknown.length === 0) return [];
  const message = `There is no event type ${unknown.join(', ')}.`;
  return [{ field: 'eventConfiguration.events', kind: 'invalid', message }];
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
  const separator = 'usernameConfiguration.unique.separator';
  if (!/^[^\p{L}\p{N}\p{Cc}]$/u.test(String(at(separator))) || String(at(separator)) > '~') {
    wrong(separator, 'The separator must be one ASCII character that is no letter and no digit.');
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
