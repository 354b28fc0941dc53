import type { Problem } from '../errors.js';
import { placesAt, valueAt } from '../fields.js';
import type { Instance, Write } from '../kind.js';
import { isLicensed } from '../licence.js';
import { fusionAuthApplicationId } from '../seeds/ids.js';
import type { StoredObject } from '../store.js';
import { asRecords } from './application-rules.js';
import { isBlank } from './normal-text.js';
import { findRole } from './role-index.js';
import { lengthProblems, needs, numberProblems, tokenProblems } from './rules.js';
import { samlProblems } from './saml-problems.js';

/** RFC 8628. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Source: FusionAuth docs apis/applications, "required when". */
export function applicationProblems(application: StoredObject, write: Write): readonly Problem[] {
  const at = (path: string): unknown => valueAt(application, path);
  const grants = at('oauthConfiguration.enabledGrants');
  return [
    ...lengthProblems(application, ['name']),
    ...needs(application, {
      when: application['verifyRegistration'] === true,
      fields: ['verificationEmailTemplateId'],
    }),
    ...needs(application, {
      when: at('registrationConfiguration.type') === 'advanced',
      fields: ['registrationConfiguration.formId'],
    }),
    ...needs(application, {
      when: Array.isArray(grants) && grants.includes(deviceGrant),
      fields: ['oauthConfiguration.deviceVerificationURL'],
      kind: 'blank',
    }),
    ...numberProblems(application, {
      'externalIdentifierConfiguration.twoFactorTrustIdTimeToLiveInSeconds': { min: 1 },
      'registrationDeletePolicy.unverified.numberOfDaysToRetain': { min: 1 },
    }),
    ...(at('jwtConfiguration.enabled') === true ? tokenProblems(application) : []),
    ...urlProblems(application, write.instance),
    ...samlProblems(application, write.instance),
    ...(write.previous === undefined ? subObjectProblems(application, write) : []),
    ...(write.previous === undefined ? scopeLicenceProblems(application, write) : []),
    ...(application.id === fusionAuthApplicationId ? adminProblems(application) : []),
  ];
}

/**
 * URLs of a client must say what they are by a scheme of any kind. FusionAuth's own applications have paths. Sources of the
 * code, which names the list without the place in it: fusionauth-issues #534, #1110.
 */
function urlProblems(application: StoredObject, { seeds }: Instance): readonly Problem[] {
  if ([fusionAuthApplicationId, seeds.tenantManagerApplication].includes(application.id)) return [];
  const wrong = (field: string, codeField: string, url: unknown): Problem => ({
    field,
    codeField,
    kind: 'invalidURL',
    message: `Invalid URL [${String(url)}] for property [application.${codeField}].`,
  });
  const lists = ['authorizedOriginURLs', 'authorizedRedirectURLs', 'authorizedResourceUris'].flatMap((name) => {
    const list = `oauthConfiguration.${name}`;
    return placesAt(application, `${list}.*`)
      .filter(({ value }) => !isAbsolute(value) || (name === 'authorizedResourceUris' && String(value).includes('#')))
      .map(({ path, value }) => wrong(path, list, value));
  });
  const logoutURL = valueAt(application, 'oauthConfiguration.logoutURL');
  const field = 'oauthConfiguration.logoutURL';
  return [...lists, ...(isBlank(logoutURL) || isAbsolute(logoutURL) ? [] : [wrong(field, field, logoutURL)])];
}

function isAbsolute(url: unknown): boolean {
  return /^[a-z][a-z\d+.-]*:[^\s]/i.test(String(url));
}

/** What is wrong with roles and scopes that came with a create. */
function subObjectProblems(application: StoredObject, { instance }: Write): readonly Problem[] {
  return ['roles', 'scopes'].flatMap((list) => {
    const items = asRecords(application[list]);
    return items.flatMap((item, index) => {
      const field = `${list}[${index}]`;
      const { name, id } = item;
      const label = list === 'roles' ? 'Role' : 'Scope';
      if (isBlank(name)) return [{ field: `${field}.name`, kind: 'blank', message: `The ${label} needs a name.` }];
      const problems: Problem[] = [];
      if (items.slice(0, index).some((other) => other['name'] === name)) {
        const message = `A ${label} with name = [${String(name)}] already exists.`;
        problems.push({ field: `${field}.name`, kind: 'duplicate', message });
      }
      const taken = items.slice(0, index).some((other) => other['id'] === id);
      if (taken || (list === 'roles' && findRole(String(id), instance) !== undefined)) {
        const message = `A ${label} with Id = [${String(id)}] already exists.`;
        problems.push({ field: `${field}.id`, kind: 'duplicate', message });
      }
      return problems;
    });
  });
}

/** "Advanced OAuth scopes" need a licence, also when they come with their application (FusionAuth docs apis/applications). */
function scopeLicenceProblems({ scopes }: StoredObject, { instance }: Write): readonly Problem[] {
  if (isLicensed(instance) || asRecords(scopes).length === 0) return [];
  const message = 'The scopes cannot be used. This feature requires an active license.';
  return [{ field: 'scopes', kind: 'notLicensed', message }];
}

/** What the FusionAuth application itself may not do. */
function adminProblems(application: StoredObject): readonly Problem[] {
  return ['registrationConfiguration.enabled', 'authenticationTokenConfiguration.enabled']
    .filter((path) => valueAt(application, path) === true)
    .map((field) => ({
      field,
      kind: 'invalid',
      message: `The ${field} cannot be used by the FusionAuth application.`,
    }));
}
