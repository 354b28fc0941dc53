import { expect, test } from 'vitest';

import type { Route } from './kind.js';
import { unsupportedRoutes } from './unsupported-routes.js';

const route = (method: Route['method'], path: string): Route => ({
  method,
  path,
  endpoint: path,
  scope: 'tenant',
  handle: () => ({ status: 200 }),
});

test('what is supported, by whatever names its parts have, is not among the routes that answer 501', () => {
  const all = unsupportedRoutes([]);
  const left = unsupportedRoutes([route('GET', '/api/tenant/:id{[0-9a-f-]+}?'), route('DELETE', '/api/tenant/:id')]);
  const gone = all.filter((one) => !left.some(({ method, path }) => method === one.method && path === one.path));
  expect(gone.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
    'DELETE /api/tenant/:tenantId',
    'GET /api/tenant',
    'GET /api/tenant/:tenantId',
  ]);
});

test('the answer names the methods of the client', () => {
  const one = unsupportedRoutes([]).find(({ method, path }) => method === 'POST' && path === '/api/reactor');
  expect(() => one?.handle({} as never)).toThrow('activateReactor (POST /api/reactor)');
});
