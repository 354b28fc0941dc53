import {
  createObject,
  deleteObject,
  listObjects,
  patchObject,
  readObject,
  refreshSearch,
  searchObjects,
  updateObject,
} from './crud.js';
import type { Kind, Route, RouteScope } from './kind.js';
import { isLicensedApi, refuseUnlicensed } from './licence.js';

/** All routes of a kind: its own first, then those that its operations stand for. */
export function routesOf(kind: Kind): readonly Route[] {
  const { path, scope, idParameter } = kind;
  const route = (method: Route['method'], suffix: string, handle: Route['handle']): Route => ({
    method,
    path: `${path}${suffix}`,
    endpoint: path,
    scope,
    ...(kind.tenantCalls === undefined ? {} : { tenantCalls: kind.tenantCalls }),
    handle,
  });
  const byId = kind.ids === 'one' ? '' : `/:${idParameter}`;
  const made = kind.operations.flatMap((operation): readonly Route[] => {
    switch (operation) {
      case 'create':
        return [route('POST', `${byId}?`, (call) => createObject(kind, call))];
      case 'read':
        return [route('GET', byId, (call) => readObject(kind, call))];
      case 'list':
        return [route('GET', '', (call) => listObjects(kind, call))];
      case 'search':
        return searchRoutes(kind);
      case 'update':
        return [route('PUT', byId, (call) => updateObject(kind, call))];
      case 'patch':
        return [route('PATCH', byId, (call) => patchObject(kind, call))];
      case 'delete':
        return [route('DELETE', byId, (call) => deleteObject(kind, call))];
    }
  });
  const routes = [...(kind.routes ?? []), ...made];
  return isLicensedApi(kind) ? routes.map((route) => licensedRoute(kind, route)) : routes;
}

function licensedRoute(kind: Kind, route: Route): Route {
  const handle: Route['handle'] = async (call) => {
    refuseUnlicensed(kind, call.instance);
    return route.handle(call);
  };
  return { ...route, handle };
}

function searchRoutes(kind: Kind): readonly Route[] {
  const wanted = kind.searchScope ?? kind.scope;
  const scope: RouteScope = wanted === 'noTenantHeader' ? 'global' : wanted;
  const methods = (['GET', 'POST'] as const).map((method) => ({ method, handle: searchObjects }));
  const refresh = kind.searchIndex === undefined ? [] : [{ method: 'PUT' as const, handle: refreshSearch }];
  return [...methods, ...refresh].map(({ method, handle }) => ({
    method,
    path: `${kind.path}/search`,
    endpoint: `${kind.path}/search`,
    scope,
    ...(wanted === 'noTenantHeader' ? { tenantHeader: 'forbidden' as const } : {}),
    handle: (call) => handle(kind, call),
  }));
}
