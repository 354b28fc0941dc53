import { identityProviderTypes } from './identity-provider-types.js';
import { instanceKinds } from './instance-kinds.js';
import type { RoundTrip } from './round-trip.js';
import { singleObjects } from './single-objects.js';
import { tenantKinds } from './tenant-kinds.js';

/** Every kind that is made and put in the usual way. */
export const roundTrips: readonly RoundTrip[] = [
  ...tenantKinds,
  ...instanceKinds,
  ...identityProviderTypes,
  ...singleObjects,
];
