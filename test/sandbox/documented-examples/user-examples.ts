import { expect } from 'vitest';

import type { DocumentedExample } from './documented-example.js';

/** What the samples of users all have. */
const person = {
  birthDate: '1976-05-30',
  data: { displayName: 'Ada', favoriteColors: ['Red', 'Blue'] },
  expiry: 4_102_444_800_000,
  firstName: 'Ada',
  fullName: 'Ada Deck',
  imageUrl: 'https://acme.test/ada.png',
  lastName: 'Deck',
  middleName: 'May',
  mobilePhone: '303-555-0134',
  passwordChangeRequired: false,
  preferredLanguages: ['en', 'fr'],
  timezone: 'Europe/Oslo',
  usernameStatus: 'ACTIVE',
};
const authenticator = { algorithm: 'HmacSHA1', codeLength: 6, timeStep: 30 };
const secret = 'YSBzZWNyZXQgb2YgdGhlIGNyZXc=';
const methods = [
  { authenticator, method: 'authenticator', secret },
  { method: 'sms', mobilePhone: '555-555-5555' },
  { email: 'ada@acme.test', method: 'email' },
];
/** As the sample answers show them: with ids, without the secret. */
const shownMethods = [
  { authenticator, id: expect.any(String), method: 'authenticator' },
  { id: expect.any(String), method: 'sms', mobilePhone: '555-555-5555' },
  { email: 'ada@acme.test', id: expect.any(String), method: 'email' },
];
const shownUser = {
  active: true,
  connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72',
  id: expect.any(String),
  insertInstant: expect.any(Number),
  passwordLastUpdateInstant: expect.any(Number),
  twoFactor: { methods: shownMethods },
  verified: true,
};
const berth = {
  data: { displayName: 'Ada', favoriteSports: ['Rowing', 'Sailing'] },
  preferredLanguages: ['en', 'fr'],
  roles: ['captain', 'deckhand'],
  timezone: 'Europe/Bergen',
};
const shownBerth = {
  id: expect.any(String),
  insertInstant: expect.any(Number),
  usernameStatus: 'ACTIVE',
  verified: true,
  verifiedInstant: expect.any(Number),
};

const secrets = ['user.encryptionScheme', 'user.factor', 'user.password', 'user.twoFactor', 'user.phoneNumber'];
const beside = ['applicationId', 'disableDomainBlock', 'sendSetPasswordEmail', 'skipVerification'];

/**
 * Users, registrations and imports. That a create also logs in, and its sample answer has a `token` and a `refreshToken`
 * (FusionAuth docs apis/users, apis/registrations), is not emulated.
 */
export const userExamples: readonly DocumentedExample[] = [
  {
    sample: 'users/create-request.json',
    answer: 'users/create-response.json',
    call: 'POST /api/user',
    ofTenant: true,
    body: ({ groupId, crewApplicationId }, n) => ({
      applicationId: crewApplicationId,
      disableDomainBlock: false,
      user: {
        ...person,
        email: `ada-${n}@acme.test`,
        encryptionScheme: 'salted-sha256',
        factor: 24_000,
        memberships: [{ data: { externalId: 'e-42' }, groupId }],
        password: 'a secret of Ada',
        phoneNumber: '303-555-0112',
        twoFactor: { methods },
        username: `ada-${n}`,
      },
    }),
    hidden: [...secrets, ...beside],
    shown: ({ defaultTenantId }) => ({
      user: {
        ...shownUser,
        identities: expect.arrayContaining([
          expect.objectContaining({ primary: true, type: 'email', verified: false, verifiedReason: 'Disabled' }),
          expect.objectContaining({ primary: true, type: 'phoneNumber', value: '+13035550112' }),
          expect.objectContaining({
            displayValue: expect.any(String),
            moderationStatus: 'ACTIVE',
            type: 'username',
            verifiedReason: 'Unverifiable',
          }),
        ]),
        memberships: [{ id: expect.any(String), insertInstant: expect.any(Number) }],
        phoneNumber: '+13035550112',
        tenantId: defaultTenantId,
      },
    }),
  },
  {
    sample: 'users/update-request.json',
    answer: 'users/response.json',
    call: 'PUT /api/user/{userId}',
    ofTenant: true,
    body: ({ crewApplicationId }, n) => ({
      applicationId: crewApplicationId,
      disableDomainBlock: false,
      user: {
        ...person,
        active: true,
        email: `bo-${n}@acme.test`,
        encryptionScheme: 'salted-sha256',
        factor: 24_000,
        twoFactor: { methods },
        username: `bo-${n}`,
      },
    }),
    hidden: [...secrets, ...beside],
    shown: () => ({ user: shownUser }),
  },
  {
    sample: 'users/import-request.json',
    call: 'POST /api/user/import',
    ofTenant: true,
    readBack: '/api/user?username=import-cy',
    body: ({ groupId, crewApplicationId }) => ({
      users: [
        {
          ...person,
          active: true,
          email: 'import-cy@acme.test',
          encryptionScheme: 'salted-sha256',
          factor: 24_000,
          insertInstant: 1_331_449_200_000,
          memberships: [{ data: { externalId: 'e-43' }, groupId }],
          password: 'dGhlIGhhc2ggb2YgYSBzZWNyZXQgb2YgdGhlIGNyZXc=',
          phoneNumber: '303-555-0113',
          registrations: [
            {
              ...berth,
              applicationId: crewApplicationId,
              insertInstant: 1_331_449_200_000,
              username: 'Mäuse-cy',
              verified: true,
            },
          ],
          salt: 'YSBzYWx0IG9mIHRoZSBjcmV3',
          twoFactor: { methods },
          username: 'import-cy',
          verified: true,
        },
      ],
    }),
    hidden: ['users'],
    shown: ({ crewApplicationId }) => ({
      user: {
        ...person,
        active: true,
        insertInstant: 1_331_449_200_000,
        memberships: [{ data: { externalId: 'e-43' } }],
        phoneNumber: '+13035550113',
        registrations: [
          {
            ...berth,
            applicationId: crewApplicationId,
            insertInstant: 1_331_449_200_000,
            username: 'Mäuse-cy',
            verified: true,
          },
        ],
        twoFactor: { methods: shownMethods },
      },
    }),
  },
  {
    sample: 'user-registrations/create-request.json',
    answer: 'user-registrations/response-create.json',
    call: 'POST /api/user/registration/{userId}',
    ofTenant: true,
    body: ({ crewApplicationId }, n) => ({
      registration: { ...berth, applicationId: crewApplicationId, username: `berth-${n}` },
    }),
    shown: () => ({ registration: shownBerth }),
  },
  {
    sample: 'user-registrations/update-request.json',
    answer: 'user-registrations/response.json',
    call: 'PUT /api/user/registration/{userId}',
    ofTenant: true,
    body: ({ crewApplicationId }, n) => ({
      registration: { ...berth, applicationId: crewApplicationId, username: `berth-${n}` },
    }),
    shown: () => ({ registration: shownBerth }),
  },
  {
    sample: 'user-registrations/combined-request.json',
    answer: 'user-registrations/combined-response-create.json',
    call: 'POST /api/user/registration',
    ofTenant: true,
    body: ({ crewApplicationId }, n) => ({
      disableDomainBlock: false,
      registration: {
        ...berth,
        applicationId: crewApplicationId,
        username: `dee-${n}`,
        usernameStatus: 'ACTIVE',
      },
      sendSetPasswordEmail: false,
      skipVerification: false,
      user: {
        ...person,
        email: `dee-${n}@acme.test`,
        password: 'a secret of Dee',
        twoFactor: { methods },
        username: `dee-${n}`,
      },
    }),
    hidden: [...secrets, ...beside],
    shown: () => ({ registration: shownBerth, user: shownUser }),
  },
  {
    sample: 'users/refresh-tokens/import-request.json',
    call: 'POST /api/user/refresh-token/import',
    ofTenant: true,
    readBack: '/api/jwt/refresh?userId={userId}',
    body: ({ crewApplicationId, userId }, n) => ({
      refreshTokens: [
        {
          applicationId: crewApplicationId,
          metaData: {
            device: {
              description: 'The tablet of the bridge',
              lastAccessedAddress: '192.0.2.42',
              lastAccessedInstant: 1_598_315_358_855,
              name: 'Bridge',
              type: 'TABLET',
            },
          },
          startInstant: Date.now(),
          token: `a token of the bridge that is long enough ${n}`,
          userId,
        },
      ],
    }),
    hidden: ['refreshTokens'],
    shown: ({ userId, crewApplicationId }) => ({
      refreshTokens: expect.arrayContaining([
        expect.objectContaining({ applicationId: crewApplicationId, metaData: expect.anything(), userId }),
      ]),
    }),
  },
];
