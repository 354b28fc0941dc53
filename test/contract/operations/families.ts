import { randomUUID } from 'node:crypto';

import { ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { newUser } from './new-user.js';
import { after, type Specials } from './special.js';

const family = '/api/user/family';
const consent = '/api/user/consent';

/** Families, and what their members have consented to. */
export const families: Specials = {
  'POST /api/user/family': after(newUser, (userId) => ({
    method: 'POST',
    path: family,
    body: member(userId, 'Adult'),
  })),
  'POST /api/user/family/{familyId}': after(newUser, (userId) => ({
    method: 'POST',
    path: `${family}/${randomUUID()}`,
    body: member(userId, 'Adult'),
  })),
  'GET /api/user/family': after(newFamily, ({ adult }) => ({ method: 'GET', path: `${family}?userId=${adult}` })),
  'GET /api/user/family/{familyId}': after(newFamily, ({ id }) => ({ method: 'GET', path: `${family}/${id}` })),
  'PUT /api/user/family/{familyId}': after(newFamily, ({ id, child }) => ({
    method: 'PUT',
    path: `${family}/${id}`,
    body: member(child, 'Child'),
  })),
  'DELETE /api/user/family/{familyId}/{userId}': after(newFamily, ({ id, adult }) => ({
    method: 'DELETE',
    path: `${family}/${id}/${adult}`,
  })),
  'GET /api/user/family/pending': after(newParentEmail, (parentEmail, { defaultTenantId = '' }) => ({
    method: 'GET',
    path: `${family}/pending?parentEmail=${parentEmail}`,
    tenantId: defaultTenantId,
  })),
  'POST /api/user/family/request': after(newParentEmail, (parentEmail, { defaultTenantId = '' }) => ({
    method: 'POST',
    path: `${family}/request`,
    body: { parentEmail },
    tenantId: defaultTenantId,
  })),
  'POST /api/user/consent': after(newUser, (userId, { consentId }) => ({
    method: 'POST',
    path: consent,
    body: given(userId, consentId),
  })),
  'POST /api/user/consent/{userConsentId}': after(newUser, (userId, { consentId }) => ({
    method: 'POST',
    path: `${consent}/${randomUUID()}`,
    body: given(userId, consentId),
  })),
  'GET /api/user/consent': after(newConsent, ({ userId }) => ({ method: 'GET', path: `${consent}?userId=${userId}` })),
  'GET /api/user/consent/{userConsentId}': after(newConsent, ({ id }) => ({ method: 'GET', path: `${consent}/${id}` })),
  'PUT /api/user/consent/{userConsentId}': after(newConsent, ({ id }) => ({
    method: 'PUT',
    path: `${consent}/${id}`,
    body: { userConsent: { status: 'Revoked' } },
  })),
  'PATCH /api/user/consent/{userConsentId}': after(newConsent, ({ id }) => ({
    method: 'PATCH',
    path: `${consent}/${id}`,
    body: { userConsent: { status: 'Revoked' } },
  })),
  'DELETE /api/user/consent/{userConsentId}': after(newConsent, ({ id }) => ({
    method: 'DELETE',
    path: `${consent}/${id}`,
  })),
};

function member(userId: string, role: string): object {
  return { familyMember: { userId, role, owner: role === 'Adult' } };
}

/** A family with its owner, and a user who may join it. */
async function newFamily(surroundings: Surroundings): Promise<Readonly<Record<'adult' | 'child' | 'id', string>>> {
  const id = randomUUID();
  const adult = await newUser(surroundings);
  const child = await newUser(surroundings);
  await ask(surroundings.target, { method: 'POST', path: `${family}/${id}`, body: member(adult, 'Adult') });
  return { id, adult, child };
}

/** Makes a child who waits for a parent. @returns the parent's address. */
async function newParentEmail(surroundings: Surroundings): Promise<string> {
  const parentEmail = `${randomUUID()}@acme.test`;
  const id = await newUser(surroundings);
  const body = { user: { parentEmail } };
  await ask(surroundings.target, { method: 'PATCH', path: `/api/user/${id}`, body });
  return parentEmail;
}

function given(userId: string, consentId: string | undefined): object {
  return { userConsent: { consentId, giverUserId: userId, userId } };
}

async function newConsent(surroundings: Surroundings): Promise<{ readonly id: string; readonly userId: string }> {
  const id = randomUUID();
  const userId = await newUser(surroundings);
  const body = given(userId, surroundings.world['consentId']);
  await ask(surroundings.target, { method: 'POST', path: `${consent}/${id}`, body });
  return { id, userId };
}
