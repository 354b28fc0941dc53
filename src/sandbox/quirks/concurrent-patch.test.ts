import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { emptyInstance } from '../testing/call.js';
import { lambda } from '../kinds/lambda.js';
import { overtaken } from './concurrent-patch.js';

const { call } = useSandbox();

/** Five clients each add a member of their own to the data of one tenant. Gives the statuses and the members left. */
async function race(): Promise<{ readonly statuses: readonly number[]; readonly left: readonly string[] }> {
  const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  const path = `/api/tenant/${json.tenant.id}`;
  const crew = ['ada', 'grace', 'joan', 'mary', 'radia'];
  const answers = await Promise.all(crew.map((name) => call('PATCH', path, { tenant: { data: { [name]: true } } })));
  const { json: after } = await call('GET', path);
  return { statuses: answers.map(({ status }) => status), left: Object.keys(after.tenant.data) };
}

test('trap: of PATCHes at the same time some are lost, and every client is told 200 (#3206)', async () => {
  const { statuses, left } = await race();
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(left.length).toBeLessThan(5);
});

test('with `conflict` those that came too late are told 409, and those that are told 200 are there', async () => {
  await call('POST', '/__sandbox/switches', { concurrentPatch: 'conflict' });
  const { statuses, left } = await race();
  expect(statuses.filter((status) => status === 200)).toHaveLength(left.length);
  expect(statuses.filter((status) => status === 409)).toHaveLength(5 - left.length);
  expect(statuses).toContain(409);
});

test('with `serial` nothing is lost', async () => {
  await call('POST', '/__sandbox/switches', { concurrentPatch: 'serial' });
  const { statuses, left } = await race();
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(left).toHaveLength(5);
});

test('PATCHes one after the other lose nothing, and neither do PATCHes of different objects', async () => {
  const made = await Promise.all(
    ['Acme', 'Globex'].map((name) => call('POST', '/api/tenant', { tenant: { name, data: { made: true } } })),
  );
  const paths = made.map(({ json }) => `/api/tenant/${json.tenant.id}`);
  for (const name of ['first', 'second']) {
    await Promise.all(paths.map((path) => call('PATCH', path, { tenant: { data: { [name]: true } } })));
  }
  for (const path of paths) {
    const { json } = await call('GET', path);
    expect(json.tenant.data).toEqual({ made: true, first: true, second: true });
  }
});

test('a role that is added while an application is patched stays: it is not part of what the PATCH has read', async () => {
  const { json } = await call('POST', '/api/application', { application: { name: 'Crew portal' } });
  const path = `/api/application/${json.application.id}`;
  await Promise.all([
    call('PATCH', path, { application: { data: { deck: 3 } } }),
    call('POST', `${path}/role`, { role: { name: 'purser' } }),
  ]);
  const { json: after } = await call('GET', path);
  expect(after.application).toMatchObject({ data: { deck: 3 }, roles: [{ name: 'purser' }] });
});

test('identity providers have a switch of their own, since 1.65 with 409 (#3386)', async () => {
  const instance = emptyInstance([]);
  const kind = { ...lambda, name: 'identityProvider' };
  const stored = { id: 'one', lastUpdateInstant: 1 };
  const present = overtaken(stored, { kind, instance, read: () => ({ ...stored, lastUpdateInstant: 2 }) });
  await expect(present).rejects.toMatchObject({ status: 409 });
  instance.switches.identityProviderPatch = 'lost';
  const again = await overtaken(stored, { kind, instance, read: () => ({ ...stored, lastUpdateInstant: 2 }) });
  expect(again['lastUpdateInstant']).toBe(2);
});
