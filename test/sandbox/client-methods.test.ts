import { FusionAuthClient } from '@fusionauth/typescript-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

/**
 * Every public method of the official client, called with arguments that lead nowhere: what the sandbox has is answered by
 * a route of its own, and what it has not by 501 with the method's name. Nothing is a silent 200.
 */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The client's own plumbing. */
const plumbing = new Set(['constructor', 'setRequestCredentials', 'setTenantId', 'start', 'startAnonymous']);
const methods = Object.getOwnPropertyNames(FusionAuthClient.prototype).filter((name) => !plumbing.has(name));

const nowhere = '00000000-0000-4000-8000-000000000000';
/** Their ids are numbers. */
const numbered: ReadonlySet<string> = new Set(['retrieveAuditLog', 'retrieveEventLog']);

interface Called {
  readonly status: number;
  readonly message: string;
  readonly path: string;
  /** Whether there is anything at the path: a query that finds nothing is answered 404 as well. */
  readonly known: boolean;
}

async function callMethod(name: string): Promise<Called> {
  sandbox.clearRequests();
  const client = new FusionAuthClient(sandbox.apiKey, sandbox.url);
  // `as`: the methods are called by name, each with as many ids as it takes arguments.
  const method = (client as unknown as Record<string, (...values: unknown[]) => Promise<{ statusCode: number }>>)[name];
  const values = Array.from({ length: method?.length ?? 0 }, () => (numbered.has(name) ? '1' : nowhere));
  const answer: { statusCode?: number; exception?: { generalErrors?: { message: string }[] } } = await method!
    .apply(client, values)
    .catch((error: unknown) => error as object);
  const path = sandbox.requests().requests[0]?.path ?? '';
  return {
    status: answer.statusCode ?? 0,
    message: answer.exception?.generalErrors?.[0]?.message ?? '',
    path,
    known: (await fetch(sandbox.url + path, { method: 'OPTIONS' })).ok,
  };
}

/** How many methods the sandbox has. It only goes up. */
const supportedAtLeast = 244;

/** What is wrong with an answer, if anything. */
function wrong(name: string, { status, message, path, known }: Called): readonly string[] {
  if (status === 501) return message.includes(name) ? [] : [`${name}: 501 without its name`];
  if (status === 0 || status === 405 || status >= 500) return [`${name} (${path}): ${status}`];
  return known ? [] : [`${name} (${path}): there is no such path`];
}

test('each method of the official client is answered by a route of its own, or 501 with its name', async () => {
  const answers = new Map<string, Called>();
  for (const name of methods) answers.set(name, await callMethod(name));
  expect([...answers].flatMap(([name, called]) => wrong(name, called))).toEqual([]);
  const supported = [...answers.values()].filter(({ status }) => status !== 501).length;
  process.stdout.write(`${supported} of ${methods.length} methods of the client are supported\n`);
  expect(supported).toBeGreaterThanOrEqual(supportedAtLeast);
});
