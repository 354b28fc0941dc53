import { createSecureContext, rootCertificates } from 'node:tls';
import { KedgeError } from '../model/index.js';

/** Where an instance is: the origin connections go to, and the path that all requests begin with. */
export interface BaseAddress {
  readonly origin: string;
  /** Empty, or with a leading and without a trailing `/`. */
  readonly prefix: string;
}

/** How a connection is made. */
export interface ConnectOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly secureContext?: ReturnType<typeof createSecureContext>;
}

/** Milliseconds that connecting may take however long the rest may. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Time limit and certificates of a connection.
 * @throws {@link KedgeError} `live/bad-address` for a certificate or key that cannot be read.
 */
export function connectOptions(options: {
  readonly timeoutMs: number;
  readonly ca?: string | undefined;
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string }
    | undefined;
}): ConnectOptions {
  const timeout = Math.min(options.timeoutMs, CONNECT_TIMEOUT_MS);
  const { ca, clientCertificate } = options;
  if (ca === undefined && clientCertificate === undefined) return { timeout };
  try {
    // Made once: parsing 150 root certificates anew for each connection would cost more than the handshake.
    const secureContext = createSecureContext({
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      ...(clientCertificate && { cert: clientCertificate.cert, key: clientCertificate.key }),
      ...(clientCertificate?.passphrase !== undefined && { passphrase: clientCertificate.passphrase }),
    });
    return { timeout, secureContext };
  } catch (cause) {
    throw addressError(
      'a certificate or its key cannot be read',
      'give PEM files in instance.ca and instance.clientCertificate',
      cause,
    );
  }
}

/**
 * Reads the URL of an instance.
 * @throws {@link KedgeError} `live/bad-address` for anything but http(s) without user, query and fragment.
 */
export function parseAddress(text: string): BaseAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const hint = 'write instance.url as https://host or https://host:port';
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw addressError('the URL of the instance is no http(s) URL', hint);
  if (url.username !== '' || url.password !== '')
    throw addressError('the URL of the instance holds a user or password', hint);
  if (url.search !== '' || url.hash !== '') throw addressError('the URL of the instance has a query or fragment', hint);
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}

/** The error for settings that no request could be made with. It never repeats them. */
export function addressError(message: string, hint: string, cause?: unknown): KedgeError {
  return new KedgeError({ code: 'live/bad-address', message, hint, cause });
}
