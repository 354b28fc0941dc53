import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { sandbox, call } = useSandbox();

const clients = Array.from({ length: 1000 }, (_, number) => number);

/** Both ends of a thousand connections are open files of this process. */
const enoughFiles = openFilesLimit() >= 2500;

/** On a machine that does other things too. */
const timeoutMs = 60_000;

test.skipIf(!enoughFiles)(
  'a thousand clients at once each make an object, and each reads its own',
  { timeout: timeoutMs },
  async () => {
    const gate = createGate(clients.length);
    const crews = await Promise.all(
      clients.map(async (number) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const made = await ask(agent, 'POST', '/api/group', {
          group: { name: `crew-${number}`, data: { berth: number } },
        });
        await gate();
        const read = await ask(agent, 'GET', `/api/group/${made.body.group.id}`);
        agent.destroy();
        return { statuses: `${made.status} ${read.status}`, berth: read.body.group.data.berth };
      }),
    );
    expect(countsOf(crews.map(({ statuses }) => statuses))).toEqual({ '200 200': 1000 });
    expect(crews.map(({ berth }) => berth)).toEqual(clients);
    expect(sandbox().requests()).toMatchObject({
      total: 2000,
      counts: { 'POST /api/group': 1000, 'GET /api/group/{groupId}': 1000 },
    });
    const { json: all } = await call('GET', '/api/group');
    expect(new Set(all.groups.map(({ name }: any) => name)).size).toBe(1000);
  },
);

test.skipIf(!enoughFiles)(
  'of a thousand changes of one object at once none is lost, when the quirk is off',
  { timeout: timeoutMs },
  async () => {
    await call('POST', '/__sandbox/switches', { concurrentPatch: 'serial' });
    const { json: made } = await call('POST', '/api/group', { group: { name: 'crew' } });
    const path = `/api/group/${made.group.id}`;
    const statuses = await Promise.all(
      clients.map(async (number) => {
        const agent = new Agent();
        // Every tenth makes an object meanwhile.
        const other = number % 10 === 0;
        const body = other ? { name: `crew-${number}` } : { data: { [`berth-${number}`]: number } };
        const answer = await ask(agent, other ? 'POST' : 'PATCH', other ? '/api/group' : path, { group: body });
        return answer.status;
      }),
    );
    expect(countsOf(statuses)).toEqual({ 200: 1000 });
    const { json: all } = await call('GET', '/api/group');
    expect(all.groups).toHaveLength(101);
    const { json: read } = await call('GET', path);
    const berths = clients.filter((number) => number % 10 !== 0).map((number) => [`berth-${number}`, number]);
    expect(read.group.data).toEqual(Object.fromEntries(berths));
  },
);

test.skipIf(!enoughFiles)('a thousand clients that want one name get one object', { timeout: timeoutMs }, async () => {
  const made = await Promise.all(
    clients.map(() => ask(new Agent(), 'POST', '/api/group', { group: { name: 'crew' } })),
  );
  expect(countsOf(made.map(({ status }) => status))).toEqual({ 200: 1, 400: 999 });
});

/** Calls over a connection of the agent's own, whatever others do. */
async function ask(
  agent: Agent,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number | undefined; readonly body: any }> {
  const { url, apiKey } = sandbox();
  const headers = { authorization: apiKey, 'content-type': 'application/json' };
  const sent = request(url + path, { method, headers, agent });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: await json(answer) };
}

/** Nobody passes before so many have come. */
function createGate(count: number): () => Promise<void> {
  let come = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    come += 1;
    if (come === count) open();
    return opened;
  };
}

function countsOf(values: readonly (number | string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

/** How many files this process may have open; Node has raised it to what the system allows at most. */
function openFilesLimit(): number {
  const report: any = process.report.getReport();
  const limit = report.userLimits?.open_files?.soft;
  return limit === 'unlimited' || limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
}
