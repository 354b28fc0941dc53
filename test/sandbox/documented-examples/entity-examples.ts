import { expect } from 'vitest';

import type { DocumentedExample } from './documented-example.js';

const made = { id: expect.any(String), insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };
const shownType = {
  id: expect.any(String),
  insertInstant: expect.any(Number),
  jwtConfiguration: { enabled: expect.any(Boolean), timeToLiveInSeconds: expect.any(Number) },
  lastUpdateInstant: expect.any(Number),
  name: expect.any(String),
};

/** Entity types, permissions, entities and grants. */
export const entityExamples: readonly DocumentedExample[] = [
  {
    sample: 'entity-types/request.json',
    answer: 'entity-types/response.json',
    call: 'POST /api/entity/type',
    body: ({ rsaKeyId, otherRsaKeyId }, n) => ({
      entityType: {
        data: { createdBy: 'ada@acme.test' },
        jwtConfiguration: {
          accessTokenKeyId: rsaKeyId,
          accessTokenVerificationKeyIds: [otherRsaKeyId],
          enabled: true,
          timeToLiveInSeconds: 3600,
        },
        name: `Ship ${n}`,
      },
    }),
    shown: () => ({ entityType: { ...made, permissions: [] } }),
  },
  {
    sample: 'entity-types/permission-request.json',
    answer: 'entity-types/permission-response.json',
    call: 'POST /api/entity/type/{entityTypeId}/permission',
    body: (_, n) => ({
      permission: { data: { deck: 'upper' }, description: 'May steer', isDefault: true, name: `steer-${n}` },
    }),
    shown: () => ({ permission: made }),
  },
  {
    sample: 'entities/request.json',
    answer: 'entities/responses.json',
    call: 'POST /api/entity',
    ofTenant: true,
    body: ({ entityTypeId }, n) => ({
      entity: {
        clientId: `9c0f5d0e-5f2a-4f57-8a0b-${String(n).padStart(12, '0')}`,
        clientSecret: 'a secret of the ship',
        data: { flag: 'NO' },
        name: `Fram ${n}`,
        type: { id: entityTypeId },
      },
    }),
    shown: ({ defaultTenantId }) => ({ entity: { ...made, tenantId: defaultTenantId, type: shownType } }),
  },
  ...(['recipientEntityId', 'userId'] as const).map((recipient): DocumentedExample => ({
    sample:
      recipient === 'userId' ? 'docs apis/entities/grants.mdx: user' : 'entities/recipient-entity-grant-request.json',
    answer: 'entities/grant-response.json',
    call: 'POST /api/entity/{entityId}/grant',
    ofTenant: true,
    readBack: `/api/entity/{entityId}/grant?${recipient}={${recipient}}`,
    body: (world) => ({
      grant: {
        data: { voyage: 'north' },
        permissions: ['read', 'sail', 'write'],
        [recipient]: world[recipient],
      },
    }),
    shown: ({ defaultTenantId }) => ({
      grant: {
        ...made,
        entity: {
          ...made,
          clientId: expect.any(String),
          clientSecret: expect.any(String),
          data: {},
          name: expect.any(String),
          tenantId: defaultTenantId,
          type: shownType,
        },
      },
    }),
  })),
];
