import { applicationExamples } from './application-examples.js';
import type { DocumentedExample } from './documented-example.js';
import { entityExamples } from './entity-examples.js';
import { identityProviderExamples } from './identity-provider-examples.js';
import { instanceExamples } from './instance-examples.js';
import { keyExamples } from './key-examples.js';
import { tenantExamples } from './tenant-examples.js';
import { userExamples } from './user-examples.js';

/** Every sample body of the configuration and data APIs that the sandbox emulates. */
export const documentedExamples: readonly DocumentedExample[] = [
  ...tenantExamples,
  ...applicationExamples,
  ...keyExamples,
  ...instanceExamples,
  ...identityProviderExamples,
  ...entityExamples,
  ...userExamples,
];
