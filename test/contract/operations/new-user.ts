import { randomUUID } from 'node:crypto';

import type { World } from '../resources.js';
import { ask, type Ask } from '../target.js';
import type { Surroundings } from '../world.js';

/** Makes a user of the Default tenant. @returns its id. */
export async function newUser({ target, world }: Surroundings): Promise<string> {
  const { defaultTenantId = '' } = world;
  const user = { email: `${randomUUID()}@acme.test`, password: 'a password for tests' };
  const { body } = await ask(target, { method: 'POST', path: '/api/user', body: { user }, tenantId: defaultTenantId });
  return body.user.id;
}

/** Makes one who is registered for the application of the world. @returns the user's id. */
export async function registered(surroundings: Surroundings): Promise<string> {
  const id = await newUser(surroundings);
  const { applicationId } = surroundings.world;
  const body = { registration: { applicationId } };
  await ask(surroundings.target, { method: 'POST', path: `/api/user/registration/${id}`, body });
  return id;
}

/** Takes a user action on a user who has no other, and leaves it running. */
export async function newAction(surroundings: Surroundings): Promise<{ readonly id: string; readonly userId: string }> {
  const userId = await newUser(surroundings);
  const { body } = await ask(surroundings.target, actionOn(userId, surroundings.world));
  return { id: body.action.id, userId };
}

export function actionOn(userId: string, { userActionId }: World): Ask {
  const action = {
    actioneeUserId: userId,
    actionerUserId: userId,
    userActionId,
    comment: 'On deck',
    expiry: 4_102_444_800_000,
  };
  return { method: 'POST', path: '/api/user/action', body: { broadcast: false, action } };
}
