import { applicationTrip } from './application-defaults.js';
import { documented, type RoundTrip } from './round-trip.js';
import { tenantTrip } from './tenant-defaults.js';

/** Tenants and what belongs to them. */
export const tenantKinds: readonly RoundTrip[] = [
  tenantTrip,
  applicationTrip,
  documented('/api/application/{applicationId}/role', {
    defaults: () => ({ isDefault: false, isSuperRole: false }),
    changed: () => ({ description: 'On deck', isDefault: true, isSuperRole: true }),
    source: 'ApplicationRole',
  }),
  documented('/api/application/{applicationId}/scope', {
    defaults: ({ applicationId }) => ({ applicationId, data: {}, required: false }),
    changed: () => ({
      data: { owner: 'crew' },
      defaultConsentDetail: 'The log of the ship',
      defaultConsentMessage: 'Read the log',
      description: 'Reads the log',
      required: true,
    }),
    source: 'ApplicationOAuthScope',
  }),
  documented('/api/entity', {
    defaults: () => ({ data: {} }),
    // The client's id is the entity's, a PUT keeps its secret, and the type is shown whole.
    made: ['clientId', 'clientSecret', 'type'],
    changed: () => ({ data: { owner: 'crew' } }),
    source: 'Entity; FusionAuth docs apis/entities',
  }),
  documented('/api/group', {
    defaults: () => ({ data: {}, roles: {} }),
    changed: () => ({ data: { owner: 'crew' } }),
    source: 'Group',
  }),
  documented('/api/user', {
    fields: (_, n) => ({ email: `trip-${n}@acme.test`, password: 'a password for tests' }),
    defaults: () => ({
      active: true,
      data: {},
      memberships: [],
      passwordChangeRequired: false,
      preferredLanguages: [],
      registrations: [],
      twoFactor: { methods: [], recoveryCodes: [] },
      usernameStatus: 'ACTIVE',
      verified: true,
    }),
    // Never shown: the password. Of the moment, or of the tenant: instants, and how the address was verified.
    made: ['password', 'connectorId', 'identities', 'lastLoginInstant', 'passwordLastUpdateInstant', 'verifiedInstant'],
    changed: () => ({
      birthDate: '1976-05-30',
      data: { owner: 'crew' },
      firstName: 'Ada',
      preferredLanguages: ['en', 'fr'],
      timezone: 'Europe/Oslo',
    }),
    source: 'User, SecureIdentity; FusionAuth docs apis/users, response',
  }),
];
