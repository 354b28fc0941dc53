import type { Problem } from '../../errors.js';
import { valueAt } from '../../fields.js';
import type { Instance } from '../../kind.js';
import type { Fields } from '../../store.js';
import { isBlank } from '../normal-text.js';
import { needs } from '../rules.js';
import { withNormalDomains } from './domains.js';
import { keyProblems } from './key-rules.js';
import type { ProviderType } from './provider-type.js';
import { samlDefaults, samlProblems } from './saml-parts.js';
import { withVerificationKeys } from './verification-keys.js';

/** Source: FusionAuth docs apis/identity-providers/samlv2; `SAMLv2IdentityProvider` of fusionauth-java-client. */
export const samlV2: ProviderType = {
  type: 'SAMLv2',
  shape: 'SAMLv2IdentityProvider',
  reconcile: 'SAMLv2Reconcile',
  defaults: {
    ...samlDefaults,
    assertionConfiguration: { destination: { alternates: [], policy: 'Enabled' } },
    buttonText: 'Login with SAML',
    domains: [],
    idpInitiatedConfiguration: { enabled: false },
    loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    postRequest: false,
    signRequest: false,
  },
  required: ['buttonText', 'idpEndpoint', 'nameIdFormat'],
  normalise: (object, { instance }) => withVerificationKeys(withNormalDomains(object), 'keyId', instance.switches),
  validate: (object, instance) => [...samlProblems(object, instance), ...requestProblems(object, instance)],
};

function requestProblems(object: Fields, instance: Instance): readonly Problem[] {
  const { idpEndpoint, issuer, postRequest, signRequest } = object;
  const problems: Problem[] = [
    ...needs(object, { when: signRequest === true, fields: ['requestSigningKeyId'] }),
    ...needs(object, { when: signRequest === true && postRequest === true, fields: ['xmlSignatureC14nMethod'] }),
    ...needs(object, {
      when: valueAt(object, 'idpInitiatedConfiguration.enabled') === true,
      fields: ['idpInitiatedConfiguration.issuer'],
      kind: 'blank',
    }),
    ...needs(object, {
      when: valueAt(object, 'loginHintConfiguration.enabled') === true,
      fields: ['loginHintConfiguration.parameterName'],
      kind: 'blank',
    }),
    ...keyProblems(object, [{ path: 'requestSigningKeyId', must: 'sign' }], instance),
  ];
  if (!isBlank(idpEndpoint) && !URL.canParse(String(idpEndpoint))) {
    const message = `The idpEndpoint [${String(idpEndpoint)}] must be a valid URL.`;
    problems.push({ field: 'idpEndpoint', kind: 'invalid', message });
  }
  // Absent it is the server's own; given, it may not be empty.
  if (issuer !== undefined && isBlank(issuer)) {
    problems.push({ field: 'issuer', kind: 'blank', message: 'The issuer may be left out, but not be empty.' });
  }
  return problems;
}
