import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { answerErrors } from './known-errors.js';
import { hasOpenApi, readOpenApi, type Operation } from './openapi-document.js';
import { performOperation, plansFor } from './operations.js';
import type { World } from './resources.js';
import { nothingToFind } from './special-operations.js';
import { ask } from './target.js';
import { createWorld } from './world.js';

/** How many operations of the file are called, and answered as it says. It only goes up. */
const coveredAtLeast = 272;

const missing = hasOpenApi ? '' : ' (skipped: ../shared/reference/openapi.yaml is not there)';
const openApi = hasOpenApi ? readOpenApi() : undefined;

let sandbox: Sandbox;
let world: World;
beforeAll(async () => {
  sandbox = await startSandbox();
  world = await createWorld(sandbox);
});
afterAll(() => sandbox.close());

const operations = openApi?.operations ?? [];
const planned = operations.filter((operation) => plansFor(operation));
/** Calls that the client has not, nor the documentation. */
const onlyInTheFile = new Set(['GET /oauth2/device/user-code']);
const unplanned = operations.filter(
  (operation) => !plansFor(operation) && !onlyInTheFile.has(`${operation.method} ${operation.path}`),
);
const empty = unplanned.filter(({ method, path }) => `${method} ${path}` in nothingToFind);
const lacking = unplanned.filter((operation) => !empty.includes(operation));
const named = (operation: Operation): readonly [string, Operation] => [
  `${operation.method} ${operation.path}`,
  operation,
];

describe.skipIf(!hasOpenApi)(`operations of FusionAuth's OpenAPI file${missing}`, () => {
  test.each(planned.map(named))('%s is answered as the file says', async (name, operation) => {
    const { status, body } = await performOperation(operation, { target: sandbox, world });
    expect({ status, body }).toMatchObject({ status: answerErrors[name]?.status ?? 200 });
    expect(problemsOf(operation, body)).toEqual([]);
  });

  test.each(lacking.map(named))('%s is not emulated, and the answer says so', async (_, { method, path }) => {
    const nowhere = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
    const { status, body } = await ask(sandbox, { method, path: nowhere });
    expect(status).toBe(501);
    expect(body.generalErrors[0].message).toContain(`${method} `);
  });

  test.each(empty.map(named))('%s never finds anything', async (_, { method, path }) => {
    const nowhere = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
    expect(await ask(sandbox, { method, path: nowhere })).toEqual({
      status: 404,
      body: undefined,
    });
  });

  test('stand all on the page about the calls that the sandbox answers', () => {
    const page = readFileSync(new URL('../../docs/sandbox-calls.md', import.meta.url), 'utf8');
    const calls = new Map(
      [...page.matchAll(/^\| (yes|501) \| `(\S+ \S+)`/gm)].map(([, is, call = '']) => [shapeOf(call), is]),
    );
    const wrong = [...planned, ...unplanned].filter(
      (operation) => calls.get(shapeOf(named(operation)[0])) !== (lacking.includes(operation) ? '501' : 'yes'),
    );
    expect(wrong.map((operation) => named(operation)[0])).toEqual([]);
  });

  test('are covered in a number that only goes up', () => {
    process.stdout.write(`${planned.length} of ${operations.length} operations are covered\n`);
    expect(planned.length).toBeGreaterThanOrEqual(coveredAtLeast);
  });
});

/** A call without the names of its ids, which differ from one source to the next. */
function shapeOf(call: string): string {
  return call.replace(/\{\w+\}/g, '{}');
}

function problemsOf(operation: Operation, body: unknown): readonly string[] {
  const { answer } = operation;
  if (answer === undefined || answerErrors[named(operation)[0]]?.empty === true)
    return body === undefined ? [] : [`an empty body was expected, not ${JSON.stringify(body)}`];
  return openApi?.problems(answer, body) ?? [];
}
