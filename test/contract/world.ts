import { randomUUID } from 'node:crypto';

import type { Resource, World } from './resources.js';
import { resources } from './resources.js';
import { ask, codesOf, type Answer, type Ask, type Target } from './target.js';

/** Objects that operations need to be there, in the order they refer to each other: name of the id → path. */
const inhabitants = {
  applicationId: '/api/application',
  roleId: '/api/application/{applicationId}/role',
  userId: '/api/user',
  groupId: '/api/group',
  emailTemplateId: '/api/email/template',
  consentId: '/api/consent',
  fieldId: '/api/form/field',
  entityTypeId: '/api/entity/type',
  permissionId: '/api/entity/type/{entityTypeId}/permission',
  entityId: '/api/entity',
  userActionId: '/api/user-action',
  userActionReasonId: '/api/user-action-reason',
} as const;

/** An instance, and what there is on it. */
export interface Surroundings {
  readonly target: Target;
  readonly world: World;
}

/** The tenant of the FusionAuth application, whatever it is called. */
async function defaultTenantOf(target: Target): Promise<string> {
  const path = '/api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32';
  const { status, body } = await ask(target, { method: 'GET', path });
  if (status !== 200) throw new Error(`the FusionAuth application cannot be read: ${status}`);
  return body.application.tenantId;
}

/** Sends a request about a kind, in the default tenant where the kind has tenants. */
export function askFor({ ofTenant }: Resource, { target, world }: Surroundings, request: Ask): Promise<Answer> {
  const { defaultTenantId } = world;
  return ask(target, {
    ...request,
    ...(ofTenant === true && defaultTenantId !== undefined ? { tenantId: defaultTenantId } : {}),
  });
}

let count = Math.floor(Date.now() / 1000);

/** A number that no other object's name has, nor one that an earlier run has left behind. */
function nextNumber(): number {
  return (count += 1);
}

export function inWorld(path: string, world: World): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => world[name] ?? whole);
}

/** The request that makes an object of a kind. */
export function creation(resource: Resource, world: World): object {
  return { [resource.wrapper]: resource.fields(world, nextNumber()), ...resource.beside?.(world) };
}

/**
 * Makes one of everything. What a target does not have (501) is left out.
 * @param refused - hears what it refuses, and goes on without it; by default that ends it.
 */
export async function createWorld(target: Target, refused = refuse): Promise<World> {
  const world: Record<string, string> = { defaultTenantId: await defaultTenantOf(target) };
  for (const [name, path] of Object.entries(inhabitants)) {
    const resource = resources.find((candidate) => candidate.path === path);
    if (resource === undefined) throw new Error(`no resource ${path}`);
    const id = randomUUID();
    const body = creation(resource, world);
    const { status, body: answer } = await askFor(
      resource,
      { target, world },
      { method: 'POST', path: `${inWorld(path, world)}/${id}`, body },
    );
    if (status === 501) continue;
    if (status !== 200) {
      refused(`POST ${path}: ${status} ${codesOf({ status, body: answer }).join(' ')}`);
      continue;
    }
    world[name] = id;
    if (name === 'userId') world['userEmail'] = answer.user.email;
  }
  const { userId, applicationId } = world;
  const registration = { registration: { applicationId } };
  const path = `/api/user/registration/${userId}`;
  const { status } = await ask(target, { method: 'POST', path, body: registration });
  if (status !== 200) refused(`POST ${path}: ${status}`);
  return world;
}

function refuse(what: string): void {
  throw new Error(what);
}
