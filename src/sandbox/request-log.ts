/** One request to FusionAuth's paths, as it was answered. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The path with names in place of ids: `/api/tenant/{tenantId}`; the path itself where there is no such route. */
  readonly template: string;
  /** 0 when the connection was cut instead. */
  readonly status: number;
  /** When it came in, in milliseconds since 1970. */
  readonly instant: number;
}

/** What was asked since the start or since the log was cleared. */
export interface RequestReport {
  readonly total: number;
  /** Number of requests by method and path template, such as `GET /api/tenant/{tenantId}`. */
  readonly counts: Readonly<Record<string, number>>;
  /** In the order they were answered; the oldest are forgotten after 50,000. */
  readonly requests: readonly RecordedRequest[];
}

/** How many requests are remembered one by one; all of them are counted. */
const longestLog = 50_000;

/** Counts requests. Calls of the control plane are not among them. */
export class RequestLog {
  #requests: RecordedRequest[] = [];
  #counts = new Map<string, number>();
  #total = 0;

  record(request: RecordedRequest): void {
    const name = `${request.method} ${request.template}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#total += 1;
    this.#requests.push(request);
    if (this.#requests.length > longestLog * 1.1) this.#requests = this.#requests.slice(-longestLog);
  }

  clear(): void {
    this.#requests = [];
    this.#counts = new Map();
    this.#total = 0;
  }

  report(): RequestReport {
    const counts = Object.fromEntries([...this.#counts].toSorted(([left], [right]) => (left < right ? -1 : 1)));
    return { total: this.#total, counts, requests: [...this.#requests] };
  }
}

/** A route's path with `{name}` for its parts and without an optional part that was not there. */
export function templateOf(routePath: string, params: Readonly<Record<string, string>>): string {
  return routePath
    .split('/')
    .flatMap((part) => {
      const name = /^:(\w+)/.exec(part)?.[1];
      if (name === undefined) return [part];
      return params[name] === undefined ? [] : [`{${name}}`];
    })
    .join('/');
}
