import type { Fields } from '../../store.js';
import type { Problem } from '../../errors.js';
import { isBlank } from '../normal-text.js';
import { keyProblems } from './key-rules.js';
import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/apple; `AppleIdentityProvider` of fusionauth-java-client. */
export const apple: ProviderType = {
  type: 'Apple',
  shape: 'AppleIdentityProvider',
  legacy: { id: '13d2a5db-7ef9-4d62-b909-0df58612e775', name: 'Apple' },
  reconcile: 'AppleReconcile',
  defaults: { buttonText: 'Sign in with Apple' },
  required: ['buttonText', 'keyId', 'teamId'],
  validate: (object, instance) => [
    ...identifierProblems(object),
    ...keyProblems(
      object,
      [
        { path: 'keyId', must: 'signForApple' },
        { path: 'applicationConfiguration.*.keyId', must: 'signForApple' },
      ],
      instance,
    ),
  ],
};

/** Web sites have a Services identifier, native applications a bundle's; one of the two must be there. */
function identifierProblems({ bundleId, servicesId }: Fields): readonly Problem[] {
  if (!isBlank(bundleId) || !isBlank(servicesId)) return [];
  return ['bundleId', 'servicesId'].map((field) => ({
    field,
    kind: 'blank',
    message: `The ${field} is required, since neither the bundleId nor the servicesId is there.`,
  }));
}
