import { afterAll, beforeAll, beforeEach } from 'vitest';

import { startSandbox, type Sandbox, type SandboxOptions } from '../index.js';

/** An answer with its body read. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Any JSON: the assertions of a test are the types of what it reads. */
  readonly json: any;
  readonly headers: Headers;
}

interface CallOptions {
  readonly key?: string | null;
  readonly tenantId?: string;
  readonly type?: string;
  /** What a proxy says the request comes from. */
  readonly forwarded?: string;
  /** More of them, such as `cookie`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a path over HTTP with the sandbox's own key, JSON as the body. */
export type HttpCall = (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<HttpAnswer>;

/** A sandbox for all tests of a file, fresh before each of them. */
export function useSandbox(options: SandboxOptions = {}): { readonly call: HttpCall; readonly sandbox: () => Sandbox } {
  let sandbox: Sandbox | undefined;
  const running = (): Sandbox => {
    if (sandbox === undefined) throw new Error('the sandbox is not started yet');
    return sandbox;
  };
  beforeAll(async () => {
    sandbox = await startSandbox(options);
  });
  beforeEach(() => running().reset());
  afterAll(() => sandbox?.close());
  return { sandbox: running, call: (...request) => callSandbox(running(), ...request) };
}

export async function callSandbox(
  sandbox: Sandbox,
  ...[method, path, body, options]: Parameters<HttpCall>
): Promise<HttpAnswer> {
  const { key, tenantId, type, forwarded, headers: more } = options ?? {};
  const headers = new Headers(more);
  if (key !== null) headers.set('authorization', key ?? sandbox.apiKey);
  if (tenantId !== undefined) headers.set('x-fusionauth-tenantid', tenantId);
  if (forwarded !== undefined) headers.set('x-forwarded-for', forwarded);
  if (body !== undefined) headers.set('content-type', type ?? 'application/json');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(sandbox.url + path, { method, headers, ...(body === undefined ? {} : { body: text }) });
  const read = await response.text();
  return { status: response.status, text: read, json: parse(read), headers: response.headers };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
