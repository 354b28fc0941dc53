import { randomUUID } from 'node:crypto';

import type { Operation } from './openapi-document.js';
import { resources, type Resource } from './resources.js';
import { specials } from './special-operations.js';
import type { Answer, Ask } from './target.js';
import { askFor, creation, inWorld, type Surroundings } from './world.js';

/** Whether it is known how to call an operation so that it succeeds. */
export function plansFor(operation: Operation): boolean {
  return specials[nameOf(operation)] !== undefined || resourceOf(operation) !== undefined;
}

/** Calls an operation such that it should succeed, after making what it needs. */
export async function performOperation(operation: Operation, surroundings: Surroundings): Promise<Answer> {
  const special = specials[nameOf(operation)];
  if (special !== undefined) return special(surroundings);
  const resource = resourceOf(operation);
  if (resource === undefined) throw new Error(`it is not known how to call ${nameOf(operation)}`);
  return performUsual(operation, resource, surroundings);
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

/** `/api/tenant`, `/api/tenant/{tenantId}` and `/api/tenant/search` are of one resource. */
function resourceOf({ path }: Operation): Resource | undefined {
  return resources.find(
    (resource) =>
      path === resource.path ||
      path === `${resource.path}/search` ||
      (/^\/\{\w+\}$/.test(path.slice(resource.path.length)) && path.startsWith(resource.path)),
  );
}

async function performUsual(operation: Operation, resource: Resource, surroundings: Surroundings): Promise<Answer> {
  const { world } = surroundings;
  const send = (request: Ask): Promise<Answer> => askFor(resource, surroundings, request);
  const { method, path } = operation;
  const base = inWorld(resource.path, world);
  if (method === 'POST' && path === resource.path) return send({ method, path: base, body: creation(resource, world) });
  const id = randomUUID();
  const one = `${base}/${id}`;
  const body = creation(resource, world);
  const made = await send({ method: 'POST', path: one, body });
  if (made.status !== 200 || (method === 'POST' && path !== `${resource.path}/search`)) return made;
  if (path === resource.path) return send({ method, path: base });
  if (path.endsWith('/search')) return send({ method, path: `${base}/search`, body: { search: {} } });
  switch (method) {
    case 'PUT':
      return send({ method, path: one, body: { [resource.wrapper]: made.body[resource.wrapper] } });
    case 'PATCH':
      return send({
        method,
        path: one,
        body: { [resource.wrapper]: resource.patch ?? { data: { owner: 'crew' } } },
      });
    default:
      return send({ method, path: one });
  }
}
