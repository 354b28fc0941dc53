import type { Client } from 'undici';

/** One POST of JSON to somebody else's server. */
export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connectTimeoutMs: number;
  /** How long nothing may come while an answer is waited for. */
  readonly readTimeoutMs: number;
  /** The only certificate to trust, as PEM; absent: the system's. */
  readonly certificate?: string;
}

/** What came of it. Source: FusionAuth client `WebhookCallResponse`. */
export interface PostResponse {
  /** -1 when no answer came (inversoft/restify, `ClientResponse`). */
  readonly statusCode: number;
  /** Why no answer came. */
  readonly exception?: string;
}

/** The answer is in its status: of a body no more than this is read. */
const longestAnswer = 64 * 1024;

/** Timers of Node hold no more; a longer timeout ends there. */
const longestMs = 2 ** 31 - 1;

/**
 * Posts, over a connection of its own, and follows no redirect: a 3xx is an answer like any other. It never rejects.
 * @param signal - ends it at once.
 */
export async function postJson(request: PostRequest, signal: AbortSignal): Promise<PostResponse> {
  let client: Client | undefined;
  const ended = new AbortController();
  const end = (): void => ended.abort();
  // Whatever the server does, byte by byte, there is an end to it.
  const timer = setTimeout(end, Math.min(request.connectTimeoutMs + 2 * request.readTimeoutMs, longestMs));
  signal.addEventListener('abort', end, { once: true });
  try {
    const { origin, pathname, search } = parseUrl(request.url);
    client = await openClient(origin, request);
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: pathname + search,
      headers: { ...request.headers },
      body: request.body,
      signal: ended.signal,
    });
    await body.dump({ limit: longestAnswer }).catch(() => undefined);
    return { statusCode };
  } catch (error) {
    return { statusCode: -1, exception: ended.signal.aborted ? 'The call took too long.' : describe(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    await client?.destroy();
  }
}

/** undici is loaded here, for the first POST: it is half of what a sandbox would load to start. */
async function openClient(
  origin: string,
  { connectTimeoutMs, readTimeoutMs, certificate }: PostRequest,
): Promise<Client> {
  const { Client: ClientClass } = await import('undici');
  const readTimeout = wholeMs(readTimeoutMs);
  return new ClientClass(origin, {
    connectTimeout: wholeMs(connectTimeoutMs),
    headersTimeout: readTimeout,
    bodyTimeout: readTimeout,
    ...(certificate === undefined ? {} : { connect: { ca: [certificate] } }),
  });
}

/** @throws for everything that is not HTTP: no file is read, nothing else is spoken. */
function parseUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`[${url.protocol}] is not HTTP`);
  return url;
}

/** 0 would mean no timeout at all. */
function wholeMs(ms: number): number {
  return Math.min(Math.max(1, Math.ceil(ms)), longestMs);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
