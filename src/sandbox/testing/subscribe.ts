import type { HttpCall } from './http.js';

/** What webhooks are to be told. */
export interface Subscription {
  readonly urls: readonly string[];
  readonly types: readonly string[];
  /** Default `None`. */
  readonly transactionType?: string;
  /** Other fields of each webhook. */
  readonly webhook?: Readonly<Record<string, unknown>>;
}

/** Switches events on in the Default tenant and makes global webhooks that take them. @returns the ids of the webhooks. */
export async function subscribe(call: HttpCall, subscription: Subscription): Promise<readonly string[]> {
  const { urls, types, transactionType = 'None', webhook = {} } = subscription;
  const { json } = await call('GET', '/api/tenant');
  const events = Object.fromEntries(types.map((type) => [type, { enabled: true, transactionType }]));
  const path = `/api/tenant/${json.tenants[0].id}`;
  const patch = { tenant: { eventConfiguration: { events } } };
  await accepted(call('PATCH', path, patch));
  const ids: string[] = [];
  for (const url of urls) {
    const eventsEnabled = Object.fromEntries(types.map((type) => [type, true]));
    const body = { webhook: { connectTimeout: 1000, readTimeout: 1000, global: true, url, eventsEnabled, ...webhook } };
    ids.push((await accepted(call('POST', '/api/webhook', body))).webhook.id);
  }
  return ids;
}

async function accepted(answer: ReturnType<HttpCall>): Promise<any> {
  const { status, text, json } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return json;
}
