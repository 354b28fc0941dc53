import { createSecureContext, rootCertificates } from 'node:tls';
import { KedgeError } from '../model/index.js';

/** Where an instance is: the origin connections go to, and the path that all requests begin with. */
export interface BaseAddress {
  readonly origin: string;
  /** Empty, or with a leading and without a trailing `/`. */
  readonly prefix: string;
}

/** What TLS trusts and shows; absent where that is Node's default. */
export interface TlsContexts {
  readonly instance?: SecureContext;
  /** The proxy may be behind the same private authority, but the client certificate is none of its business. */
  readonly proxy?: SecureContext;
}

type SecureContext = ReturnType<typeof createSecureContext>;

/**
 * What TLS trusts and shows.
 * @throws {@link KedgeError} `live/bad-address` for a certificate or key that cannot be read.
 */
export function tlsContexts(options: {
  readonly ca?: string | undefined;
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string }
    | undefined;
}): TlsContexts {
  const { ca, clientCertificate } = options;
  if (ca === undefined && clientCertificate === undefined) return {};
  try {
    // Made once: parsing 150 root certificates anew for each connection would cost more than the handshake.
    const trusted = ca !== undefined && { ca: [...rootCertificates, ca] };
    const instance = createSecureContext({
      ...trusted,
      ...(clientCertificate && { cert: clientCertificate.cert, key: clientCertificate.key }),
      ...(clientCertificate?.passphrase !== undefined && { passphrase: clientCertificate.passphrase }),
    });
    return { instance, ...(trusted && { proxy: createSecureContext(trusted) }) };
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
