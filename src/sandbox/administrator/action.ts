import { isRecord } from '../kinds/normal-text.js';

const methods = ['DELETE', 'PATCH', 'POST', 'PUT'] as const;

/** Something an administrator does in the user interface, as the call of the API that it makes for it. */
export interface AdministratorAction {
  readonly method: (typeof methods)[number];
  /** `/api/application/85a03867-dccf-4882-adde-1a79aeec50df`, with a query if need be. */
  readonly path: string;
  /** JSON. */
  readonly body?: unknown;
  /** The e-mail address of the administrator. */
  readonly user: string;
  /** For `X-FusionAuth-TenantId`. */
  readonly tenantId?: string;
  /** Of the body; default `application/json`. */
  readonly contentType?: string;
}

/** An action as it is asked for; the user is `admin@acme.com` if it is nobody else. */
export type AdministratorRequest = Omit<AdministratorAction, 'user'> & Partial<Pick<AdministratorAction, 'user'>>;

/** An action that is none. */
export class AdministratorError extends Error {
  override readonly name: string = 'AdministratorError';
}

/**
 * Checks an action that comes from outside.
 * @throws {@link AdministratorError} saying what is wrong.
 */
export function parseAction(value: unknown): AdministratorAction {
  if (!isRecord(value)) throw new AdministratorError('an action is an object with method and path');
  const { body, ...texts } = value;
  const method = methods.find((one) => one === value['method']);
  if (method === undefined) throw new AdministratorError(`method is one of ${methods.join(', ')}`);
  for (const [name, text] of Object.entries(texts)) {
    if (!['contentType', 'method', 'path', 'tenantId', 'user'].includes(name)) {
      throw new AdministratorError(`an action has no "${name}"`);
    }
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw new AdministratorError(`${name} is a text`);
  }
  const { path, user, tenantId, contentType } = value;
  if (typeof path !== 'string' || !/^\/[^/]/.test(path)) throw new AdministratorError('path begins with /api/');
  return {
    method,
    path,
    user: typeof user === 'string' ? user : 'admin@acme.com',
    ...(body === undefined ? {} : { body }),
    ...(typeof tenantId === 'string' ? { tenantId } : {}),
    ...(typeof contentType === 'string' ? { contentType } : {}),
  };
}
