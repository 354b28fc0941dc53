import { KedgeError } from '../model/index.js';
import { addressError } from './address.js';

/** The proxy that all connections go through. */
export interface ProxyOptions {
  /** `http://proxy:3128`, or `https://…` for a proxy that is spoken to by TLS. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** A proxy, checked. */
export interface Proxy {
  /** Without user and password: it may be shown. */
  readonly origin: string;
  /** The `Proxy-Authorization` header (RFC 7617), where there is a user. */
  readonly authorization?: string;
}

/** Why there is no connection through the proxy: it could not be reached, or it answered something else than 200. */
export class ProxyError extends Error {
  /** What the proxy answered to CONNECT; undefined where it did not. */
  readonly status: number | undefined;

  constructor(input: { readonly status?: number; readonly cause?: unknown }) {
    super(input.status === undefined ? 'no connection to the proxy' : `the proxy answered ${input.status}`, {
      cause: input.cause,
    });
    this.status = input.status;
  }
}

/** Reads the settings of a proxy. @throws {@link KedgeError} `live/bad-address`; it never repeats them. */
export function parseProxy(options: ProxyOptions): Proxy {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
  const hint = 'write instance.proxy as http://host:port';
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw addressError('the proxy has no http(s) URL', hint);
  if (url.username + url.password + url.search + url.hash !== '' || url.pathname !== '/') {
    throw addressError(
      'the URL of the proxy has more in it than an address',
      'write user and password beside it: proxy: { url: …, user: …, password: !secret env:NAME }',
    );
  }
  const { user, password = '' } = options;
  if (user === undefined) return { origin: url.origin };
  if (user.includes(':')) throw addressError('the user of the proxy has a : in it, which no proxy understands', hint);
  return { origin: url.origin, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/**
 * The proxy that the environment names for a URL, as curl and other tools read it: `https_proxy` or `http_proxy` by the
 * URL's scheme, unless `no_proxy` excepts the host. Lower case wins over upper case. Undefined where there is none.
 * @throws {@link KedgeError} `live/bad-address` for a value that is no URL.
 */
export function environmentProxy(
  instance: string,
  env: Readonly<Record<string, string | undefined>>,
): ProxyOptions | undefined {
  const { protocol, hostname, port } = new URL(instance);
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const text = variable(env, name);
  if (text === '' || isExcepted({ hostname, port, protocol }, variable(env, 'no_proxy'))) return undefined;
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(written)) {
    throw new KedgeError({
      code: 'live/bad-address',
      message: `the environment variable ${name} (or ${name.toUpperCase()}) is no URL of a proxy`,
      hint: 'such as http://proxy.example.com:3128',
    });
  }
  const url = new URL(written);
  return {
    url: url.origin === 'null' ? written : url.origin,
    ...(url.username !== '' && { user: decode(url.username), password: decode(url.password) }),
  };
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string {
  return (env[name] ?? env[name.toUpperCase()] ?? '').trim();
}

/** Entries are apart by commas or spaces: `*`, `host`, `.domain`, each with a port or without; a domain covers its hosts. */
function isExcepted(
  instance: { readonly hostname: string; readonly port: string; readonly protocol: string },
  list: string,
): boolean {
  const host = instance.hostname.toLowerCase();
  const port = instance.port === '' ? (instance.protocol === 'https:' ? '443' : '80') : instance.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onPort] = /^\*?\.?(\[.*\]|.*?)(?::(\d+))?$/.exec(entry) ?? [];
      return name !== '' && (host === name || host.endsWith(`.${name}`)) && (onPort ?? port) === port;
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone `%` that nobody encoded stands for itself.
    return text;
  }
}
