import { KickstartError } from './kickstart-error.js';
import type { Kickstart, KickstartApiKey, KickstartRequest } from './kickstart.js';

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
 * Runs a kickstart: its API keys, its licence, then its requests one after the other with the first key, as FusionAuth
 * does. The first request that is not answered 2xx ends it; what ran before stays (no rollback is documented).
 * @throws {@link KickstartError} `request-failed`, with file, index, method, url, status and the server's errors.
 */
export async function runKickstart(kickstart: Kickstart, server: KickstartServer): Promise<KickstartReport> {
  for (const key of kickstart.apiKeys) server.addApiKey(key);
  const authorization = kickstart.apiKeys[0]?.key ?? '';
  if (kickstart.licenseId !== undefined) {
    const { licenseId, license } = kickstart;
    const body = license === undefined ? { licenseId } : { licenseId, license };
    const answer = await server.request('/api/reactor', requestInit('POST', authorization, { body }));
    if (!answer.ok) throw await failure(kickstart.file, 'the licence: POST /api/reactor', answer);
  }
  for (const request of kickstart.requests) {
    const answer = await server.request(request.url, requestInit(request.method, authorization, request));
    if (!answer.ok) throw await failure(kickstart.file, nameOf(request), answer, request);
    await answer.body?.cancel();
  }
  return { apiKeys: kickstart.apiKeys.length, requests: kickstart.requests.length };
}

function requestInit(
  method: string,
  authorization: string,
  { body, tenantId, contentType = 'application/json' }: Pick<KickstartRequest, 'body' | 'contentType' | 'tenantId'>,
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

function nameOf({ index, method, url }: KickstartRequest): string {
  return `requests[${index}]: ${method} ${url}`;
}

async function failure(
  file: string,
  name: string,
  answer: Response,
  request?: KickstartRequest,
): Promise<KickstartError> {
  const text = await answer.text();
  const why = text === '' ? explainEmpty(answer.status) : `: ${text}`;
  const place = request === undefined ? `${file} ` : '';
  return new KickstartError('request-failed', `${place}${name} was answered ${answer.status}${why}`, request?.at);
}

function explainEmpty(status: number): string {
  switch (status) {
    case 401:
      return ' (not permitted for the first API key)';
    case 404:
      return ' (no such object, or a path the sandbox does not have)';
    case 405:
    case 501:
      return ' (a method the sandbox does not have here)';
    default:
      return '';
  }
}
