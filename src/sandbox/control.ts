import { Hono, type Context } from 'hono';

import { AdministratorError, parseAction, type AdministratorAction } from './administrator/action.js';
import type { Client } from './client.js';
import type { EventEngine } from './events/event-engine.js';
import type { PostResponse } from './events/post.js';
import type { Faults } from './faults.js';
import type { Instance } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import { FaultError, parseFault } from './parse-fault.js';
import type { RequestLog } from './request-log.js';
import { parseSnapshot, SnapshotError, takeSnapshot, type SandboxSnapshot } from './snapshot.js';
import type { Fields } from './store.js';
import { checkSwitches, SwitchError } from './switches.js';

/** What the control plane can do. */
export interface Control {
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly instance: Instance;
  readonly events: EventEngine;
  readonly settle: () => Promise<void>;
  /** Does what an administrator does, and gives the API's own answer. */
  readonly administer: (action: AdministratorAction, client: Client) => Promise<Response>;
  /** Sends an event to one webhook; undefined when there is none of this id. */
  readonly testWebhook: (webhookId: string, event?: Fields) => Promise<PostResponse | undefined>;
  readonly reset: () => Promise<void>;
  readonly restore: (snapshot: SandboxSnapshot) => Promise<void>;
}

interface ControlEnvironment {
  readonly Bindings: { readonly client: Client };
}

/**
 * The control plane, below `/__sandbox`: no key is asked for, and nothing of it is counted.
 *
 * - `GET` and `DELETE /requests`: what was asked, and forget it.
 * - `GET`, `POST` and `DELETE /faults`: a fault, or a list of them.
 * - `GET` and `DELETE /events`: what webhooks were told and what they answered, and forget it.
 * - `POST /admin`: `{"method":"PUT","path":"/api/…","body":{},"user":"admin@acme.com"}`, what an administrator does in the
 *   user interface: a call of the API, with an entry in the audit log. Answered as the API answers.
 * - `POST /webhook-test`: `{"webhookId":"…","event":{}}`, the button of the user interface; without an event, one of type
 *   `test`. Answered `{"statusCode":200}`, or with -1 and why as `exception`.
 * - `POST /settle`: answered when nothing is under way any more; what waits, such as another try, is done at once.
 * - `POST /reset`: back to the fresh install, with the kickstart's objects if there was one.
 * - `GET` and `POST /switches`: `{"name":"value"}`.
 * - `GET` and `PUT /snapshot`: all that the sandbox is made of, secrets included.
 */
export function controlRoutes(control: Control): Hono<ControlEnvironment> {
  const { requests, faults, instance, events, settle, administer, testWebhook, reset, restore } = control;
  const { switches } = instance;
  const app = new Hono<ControlEnvironment>().basePath('/__sandbox');
  app.get('/requests', (context) => context.json(requests.report()));
  app.delete('/requests', (context) => {
    requests.clear();
    return context.body(null, 204);
  });
  app.get('/faults', (context) => context.json({ faults: faults.list() }));
  app.post('/faults', (context) =>
    guarded(context, async () => {
      const body = await readJson(context);
      const parsed = (Array.isArray(body) ? body : [body]).map((item: unknown) => parseFault(item));
      for (const fault of parsed) faults.add(fault);
    }),
  );
  app.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  app.get('/events', (context) => context.json({ events: events.list() }));
  app.delete('/events', (context) => {
    events.forget();
    return context.body(null, 204);
  });
  app.post('/admin', (context) =>
    guarded(context, async () => administer(parseAction(await readJson(context)), context.env.client)),
  );
  app.post('/webhook-test', (context) =>
    guarded(context, async () => {
      const body = await readJson(context);
      const { webhookId = '', event } = isRecord(body) ? body : {};
      const response = await testWebhook(String(webhookId), isRecord(event) ? event : undefined);
      if (response === undefined) return context.json({ message: `there is no webhook "${String(webhookId)}"` }, 400);
      return context.json(response);
    }),
  );
  app.post('/settle', async (context) => {
    await settle();
    return context.body(null, 204);
  });
  app.post('/reset', async (context) => {
    await reset();
    return context.body(null, 204);
  });
  app.get('/snapshot', (context) => context.json(takeSnapshot(instance)));
  app.put('/snapshot', (context) =>
    guarded(context, async () => {
      await restore(parseSnapshot(await readJson(context), instance));
    }),
  );
  app.get('/switches', (context) => context.json(switches));
  app.post('/switches', (context) =>
    guarded(context, async () => {
      const body = await readJson(context);
      if (!isRecord(body)) throw new SwitchError('switches are an object of names and values');
      Object.assign(switches, checkSwitches(body));
    }),
  );
  app.all('*', (context) => context.json({ message: 'no such call of the control plane' }, 404));
  return app;
}

/** What whoever asks has got wrong. */
function isMistake(error: unknown): error is Error {
  return [AdministratorError, FaultError, SnapshotError, SwitchError].some((kind) => error instanceof kind);
}

/** Answered 204 unless the work has an answer of its own. */
async function guarded(context: Context, work: () => Promise<Response | void>): Promise<Response> {
  try {
    return (await work()) ?? context.body(null, 204);
  } catch (error) {
    if (isMistake(error)) return context.json({ message: error.message }, 400);
    throw error;
  }
}

async function readJson(context: Context): Promise<unknown> {
  try {
    // `as`: JSON of whatever shape, parsed by the caller.
    return (await context.req.json()) as unknown;
  } catch (cause) {
    throw new FaultError('the body is no JSON', { cause });
  }
}
