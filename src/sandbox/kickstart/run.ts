import type { KickstartApiKey } from './api-keys.js';
import { KickstartError } from './kickstart-error.js';
import type { Kickstart, KickstartRequest } from './kickstart.js';

/** What a kickstart is run against: the server's own way of answering a request, and a place for API keys. */
export interface KickstartServer {
  /** Answers a request as if it had come over HTTP; Hono's `app.request` fits. */
  readonly request: (path: string, init: RequestInit) => Promise<Response> | Response;
  readonly addApiKey: (key: KickstartApiKey) => void;
}

/** What a kickstart has done. */
export interface KickstartReport {
  readonly apiKeys: number;
  readonly requests: number;
}

/**
 * Runs a kickstart: its licence, its API keys, then its requests one after the other with the first key, as FusionAuth
 * does. The licence is given by a request as well, so the keys are there by then, which nobody can tell. The first request
 * that is not answered 2xx, or not in time, ends it; what ran before stays (no rollback is documented).
 * @throws {@link KickstartError} `request-failed`, with its place, method, URL, status and the server's errors.
 */
export async function runKickstart(kickstart: Kickstart, server: KickstartServer): Promise<KickstartReport> {
  const { apiKeys, licence, requests, readTimeoutMs } = kickstart;
  for (const key of apiKeys) server.addApiKey(key);
  const authorization = apiKeys[0]?.key ?? '';
  const send = async (request: KickstartRequest): Promise<void> => {
    const { method, url, at } = request;
    const answering = Promise.resolve(server.request(url, requestInit(authorization, request)));
    const answer = await inTime(answering, readTimeoutMs);
    if (answer === undefined) {
      const message = `${method} ${url} was not answered within ${readTimeoutMs} ms; raise "settings.readTimeout"`;
      throw new KickstartError('request-failed', message, at);
    }
    const text = await answer.text();
    if (answer.ok) return;
    const why = text === '' ? explainEmpty(answer.status) : `: ${text}`;
    throw new KickstartError('request-failed', `${method} ${url} was answered ${answer.status}${why}`, at);
  };
  if (licence !== undefined) {
    const { at, ...body } = licence;
    await send({ at, method: 'POST', url: '/api/reactor', body });
  }
  for (const request of requests) await send(request);
  return { apiKeys: apiKeys.length, requests: requests.length };
}

async function inTime(answering: Promise<Response>, timeoutMs: number): Promise<Response | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    return await Promise.race([answering, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function requestInit(
  authorization: string,
  { method, body, tenantId, contentType = 'application/json' }: KickstartRequest,
): RequestInit {
  return {
    method,
    headers: {
      authorization,
      ...(tenantId === undefined ? {} : { 'x-fusionauth-tenantid': tenantId }),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function explainEmpty(status: number): string {
  switch (status) {
    case 401:
      return ' (not permitted for the first API key; see the docs for the scope of the call)';
    case 404:
      return ' (no such object, or a path the sandbox does not have; look at the ids and the path)';
    case 405:
    case 501:
      return ' (a method the sandbox does not have here; look at the method and the path)';
    default:
      return '';
  }
}
