import { randomUUID } from 'node:crypto';

import { ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { newUser } from './new-user.js';
import { after, type Specials } from './special.js';

/** Addresses and registrations that are verified. */
export const verifications: Specials = {
  'POST /api/user/verify-email': after(newUser, (userId) => ({
    method: 'POST',
    path: '/api/user/verify-email',
    body: { userId },
  })),
  'PUT /api/user/verify-email': after(newUnverified, ({ email, tenantId }) => ({
    method: 'PUT',
    path: `/api/user/verify-email?email=${email}&sendVerifyEmail=false`,
    tenantId,
  })),
  'POST /api/user/verify-registration': after(
    async (surroundings) => {
      const { email, tenantId, applicationId } = await newUnverified(surroundings);
      return ask(surroundings.target, { method: 'PUT', path: resending(email, applicationId), tenantId });
    },
    ({ body }) => ({
      method: 'POST',
      path: '/api/user/verify-registration',
      body: { verificationId: body.verificationId },
    }),
  ),
  'PUT /api/user/verify-registration': after(newUnverified, ({ email, tenantId, applicationId }) => ({
    method: 'PUT',
    path: resending(email, applicationId),
    tenantId,
  })),
};

function resending(email: string, applicationId: string): string {
  return `/api/user/verify-registration?email=${email}&applicationId=${applicationId}&sendVerifyPasswordEmail=false`;
}

/** Makes a tenant and an application that ask for verification, and a user who has not verified anything. */
async function newUnverified({
  target,
  world,
}: Surroundings): Promise<Readonly<Record<'applicationId' | 'email' | 'tenantId', string>>> {
  const verificationEmailTemplateId = world['emailTemplateId'];
  const [tenantId, applicationId] = [randomUUID(), randomUUID()];
  const make = (path: string, body: object): Promise<unknown> => ask(target, { method: 'POST', path, tenantId, body });
  const tenant = { name: `Tenant ${tenantId}`, emailConfiguration: { verifyEmail: true, verificationEmailTemplateId } };
  await ask(target, { method: 'POST', path: `/api/tenant/${tenantId}`, body: { tenant } });
  const application = { name: 'Bridge', verifyRegistration: true, verificationEmailTemplateId };
  await make(`/api/application/${applicationId}`, { application });
  const email = `${tenantId}@acme.test`;
  const user = { email, password: 'a password for tests' };
  await make('/api/user/registration', { user, registration: { applicationId } });
  return { applicationId, email, tenantId };
}
