import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank } from './normal-text.js';
import { needs } from './rules.js';

const saml = 'samlv2Configuration';

/** Names of algorithms. Source: FusionAuth docs apis/applications, `samlv2Configuration.assertionEncryptionConfiguration`. */
const algorithms: Readonly<Record<string, readonly string[]>> = {
  digestAlgorithm: ['SHA1', 'SHA256', 'SHA384', 'SHA512'],
  encryptionAlgorithm: ['AES128', 'AES192', 'AES256', 'AES128GCM', 'AES192GCM', 'AES256GCM', 'TripleDES'],
  keyLocation: ['Child', 'Sibling'],
  keyTransportAlgorithm: ['RSAv15', 'RSA_OAEP', 'RSA_OAEP_MGF1P'],
  maskGenerationFunction: ['MGF1_SHA1', 'MGF1_SHA224', 'MGF1_SHA256', 'MGF1_SHA384', 'MGF1_SHA512'],
};

/** What is wrong with an application as a SAML identity provider. Source: FusionAuth docs apis/applications, "required". */
export function samlProblems(application: StoredObject, instance: Instance): readonly Problem[] {
  const isOn = (path: string): boolean => valueAt(application, `${saml}.${path}`) === true;
  const lacks = (path: string): boolean => {
    const list = valueAt(application, `${saml}.${path}`);
    return !Array.isArray(list) || list.length === 0;
  };
  const missing = (path: string): Problem => ({
    field: `${saml}.${path}`,
    kind: 'missing',
    message: `The ${saml}.${path} is required by what else is set.`,
  });
  if (!isOn('enabled')) return algorithmProblems(application);
  return [
    ...needs(application, { when: true, fields: [`${saml}.issuer`], kind: 'blank' }),
    ...(lacks('authorizedRedirectURLs') ? [missing('authorizedRedirectURLs')] : []),
    ...(isOn('requireSignedRequests') && lacks('verificationKeyIds') ? [missing('verificationKeyIds')] : []),
    ...(isOn('logout.requireSignedRequests') && lacks('logout.verificationKeyIds')
      ? [missing('logout.verificationKeyIds')]
      : []),
    ...needs(application, {
      when: isOn('logout.singleLogout.enabled'),
      fields: [`${saml}.logout.singleLogout.url`],
      kind: 'blank',
    }),
    ...algorithmProblems(application),
    ...(isOn('assertionEncryptionConfiguration.enabled') ? transportKeyProblems(application, instance) : []),
  ];
}

function algorithmProblems(application: Fields): readonly Problem[] {
  return Object.entries(algorithms).flatMap(([name, values]) => {
    const field = `${saml}.assertionEncryptionConfiguration.${name}`;
    const value = valueAt(application, field);
    if (isBlank(value) || values.includes(String(value))) return [];
    return [{ field, kind: 'invalid', message: `The ${field} must be one of ${values.join(', ')}.` }];
  });
}

/** "The selected Key must contain an RSA certificate." */
function transportKeyProblems(application: Fields, { store }: Instance): readonly Problem[] {
  const field = `${saml}.assertionEncryptionConfiguration.keyTransportEncryptionKeyId`;
  const id = valueAt(application, field);
  if (isBlank(id)) return needs(application, { when: true, fields: [field] });
  const key = store.get('key', String(id));
  if (key === undefined || (key['type'] === 'RSA' && !isBlank(key['certificate']))) return [];
  return [{ field, kind: 'invalid', message: `The ${field} [${String(id)}] is of a key without an RSA certificate.` }];
}

/** The issuer finds the application, so one tenant has it once: the database schema that FusionAuth publishes. */
export function takenIssuers(application: StoredObject, { store }: Instance): readonly Problem[] {
  const issuerOf = (object: Fields): unknown => valueAt(object, `${saml}.issuer`);
  const issuer = issuerOf(application);
  if (isBlank(issuer)) return [];
  const taken = [...store.all('application')].some(
    (other) =>
      other.id !== application.id && other['tenantId'] === application['tenantId'] && issuerOf(other) === issuer,
  );
  if (!taken) return [];
  const message = `An Application with samlv2Configuration.issuer = [${String(issuer)}] already exists.`;
  return [{ field: `${saml}.issuer`, kind: 'duplicate', message }];
}
