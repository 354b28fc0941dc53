import type { Answer, Call, Kind } from '../kind.js';
import { reindexRoutes } from './reindex.js';

/**
 * What a server says about itself. It is no kind of object: it has routes only.
 * Source: FusionAuth docs apis/system, operate/secure-and-monitor/monitor (`/api/status`, `/api/health`).
 */
export const system: Kind = {
  name: 'system',
  label: 'System',
  path: '/api/system',
  one: 'system',
  many: 'systems',
  idParameter: 'systemId',
  operations: [],
  scope: 'global',
  routes: [
    { method: 'GET', path: '/api/status', endpoint: '/api/status', scope: 'anonymous', handle: status },
    {
      method: 'GET',
      path: '/api/health',
      endpoint: '/api/health',
      scope: 'anonymous',
      handle: () => ({ status: 200 }),
    },
    {
      method: 'GET',
      path: '/api/system/version',
      endpoint: '/api/system/version',
      scope: 'tenant',
      handle: ({ instance }) => ({ status: 200, body: { version: instance.fusionauth } }),
    },
    ...reindexRoutes,
  ],
};

/** In full with an API key, without details for everybody else; the names of the details are the sandbox's own. */
function status({ apiKey, instance }: Call): Answer {
  if (apiKey === undefined) return { status: 200, body: {} };
  return { status: 200, body: { version: instance.fusionauth, search: instance.search } };
}
