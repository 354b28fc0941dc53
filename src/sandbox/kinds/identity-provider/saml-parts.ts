import type { Problem } from '../../errors.js';
import { valueAt } from '../../fields.js';
import type { Instance } from '../../kind.js';
import type { Fields } from '../../store.js';
import { needs } from '../rules.js';
import { keyProblems } from './key-rules.js';
import { verificationKeyMissing, verificationKeyPath } from './verification-keys.js';

/** What both SAML types have. Source: `BaseSAMLv2IdentityProvider` of fusionauth-java-client. */
export const samlDefaults: Fields = {
  assertionDecryptionConfiguration: { enabled: false },
  useNameIdForEmail: false,
  verificationKeyIds: [],
};

const byUsername: readonly unknown[] = ['LinkByUsername', 'LinkByUsernameForExistingUser'];

/** Source: FusionAuth docs apis/identity-providers/samlv2, "Required when …". */
export function samlProblems(object: Fields, instance: Instance): readonly Problem[] {
  return [
    ...verificationKeyMissing(object, 'keyId', instance),
    ...needs(object, { when: object['useNameIdForEmail'] !== true, fields: ['emailClaim'], kind: 'blank' }),
    ...needs(object, {
      when: byUsername.includes(object['linkingStrategy']),
      fields: ['usernameClaim'],
      kind: 'blank',
    }),
    ...needs(object, {
      when: valueAt(object, 'assertionDecryptionConfiguration.enabled') === true,
      fields: ['assertionDecryptionConfiguration.keyTransportDecryptionKeyId'],
    }),
    ...keyProblems(
      object,
      [
        { path: verificationKeyPath(object, 'keyId'), must: 'verifySaml' },
        { path: 'assertionDecryptionConfiguration.keyTransportDecryptionKeyId', must: 'decrypt' },
      ],
      instance,
    ),
  ];
}
