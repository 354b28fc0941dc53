import type { Problem } from '../../errors.js';
import type { Fields } from '../../store.js';
import { isRecord } from '../normal-text.js';
import { withNormalDomains } from './domains.js';
import { keyProblems } from './key-rules.js';
import { oauth2Defaults } from './oauth2-defaults.js';
import type { ProviderType } from './provider-type.js';
import { verificationKeyMissing, verificationKeyPath, withVerificationKeys } from './verification-keys.js';

/** Source: FusionAuth docs apis/identity-providers/external-jwt, "claim mappings". */
const claimTargets: readonly unknown[] = [
  'birthDate',
  'firstName',
  'fullName',
  'imageUrl',
  'lastName',
  'middleName',
  'mobilePhone',
  'RegistrationData',
  'timezone',
  'UserData',
];

/** Source: FusionAuth docs apis/identity-providers/external-jwt; `ExternalJWTIdentityProvider` of fusionauth-java-client. */
export const externalJwt: ProviderType = {
  type: 'ExternalJWT',
  shape: 'ExternalJWTIdentityProvider',
  reconcile: 'ExternalJWTReconcile',
  defaults: {
    claimMap: {},
    domains: [],
    headerKeyParameter: 'kid',
    oauth2: oauth2Defaults,
    verificationKeyIds: [],
  },
  required: ['headerKeyParameter'],
  secrets: ['oauth2.client_secret'],
  normalise: (object, { instance }) =>
    withVerificationKeys(withNormalDomains(object), 'defaultKeyId', instance.switches),
  validate: (object, instance) => [
    ...verificationKeyMissing(object, 'defaultKeyId', instance),
    ...keyProblems(object, [{ path: verificationKeyPath(object, 'defaultKeyId'), must: 'verifyJwt' }], instance),
    ...claimProblems(object),
  ],
};

function claimProblems({ claimMap }: Fields): readonly Problem[] {
  return Object.entries(isRecord(claimMap) ? claimMap : {})
    .filter(([, target]) => !claimTargets.includes(target))
    .map(([claim, target]) => ({
      field: 'claimMap',
      kind: 'invalid',
      message: `The claim [${claim}] cannot be mapped to [${String(target)}]. It must be one of ${claimTargets.join(', ')}.`,
    }));
}
