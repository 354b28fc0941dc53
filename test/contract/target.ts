/** A FusionAuth to talk to: the sandbox, or a real one that may be spoilt. */
export interface Target {
  /** Without a slash at the end. */
  readonly url: string;
  /** A key that may do everything. */
  readonly apiKey: string;
  /** Told of every request that was answered. */
  readonly heard?: (request: Ask, answer: Answer) => void;
}

export interface Answer {
  readonly status: number;
  /** Any JSON, undefined for an empty body. */
  readonly body: any;
}

export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly tenantId?: string;
  /** Another key; null for none. */
  readonly key?: string | null;
  readonly authorization?: string;
}

/** Sends one request. Gives up after 30 seconds. */
export async function ask(target: Target, request: Ask): Promise<Answer> {
  const { method, path, body, contentType, tenantId, key, authorization } = request;
  const headers = new Headers();
  const credentials = authorization ?? (key === undefined ? target.apiKey : key);
  if (credentials !== null) headers.set('authorization', credentials);
  if (tenantId !== undefined) headers.set('x-fusionauth-tenantid', tenantId);
  if (body !== undefined) headers.set('content-type', contentType ?? 'application/json');
  const response = await fetch(target.url + path, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') === true;
  const answer: Answer = { status: response.status, body: text === '' ? undefined : json ? JSON.parse(text) : text };
  target.heard?.(request, answer);
  return answer;
}

/** The codes of the errors of an answer; never what is in it, which may be secret. */
export function codesOf({ body }: Answer): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  const errors: readonly any[] = [...(body.generalErrors ?? []), ...Object.values<any>(body.fieldErrors ?? {}).flat()];
  return errors.map(({ code }) => String(code));
}
