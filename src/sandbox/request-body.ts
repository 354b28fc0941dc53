import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

import { generalError, Refusal } from './errors.js';
import { deepestJson, isTooDeep } from './json-depth.js';
import { isRecord } from './kinds/normal-text.js';
import type { Switches } from './switches.js';

const byteOrderMark = '\uFEFF';

/** A request's body as JSON, and what it was called. */
export interface RequestBody {
  /** Undefined when there is none. */
  readonly body: unknown;
  /** Lower-cased media type without parameters, empty when none was sent. */
  readonly contentType: string;
}

/**
 * Reads a request's body. @param options.incoming - the message it came in. @param options.form - whether it may be an HTML form's, whose fields are then texts.
 * @throws {@link Refusal} 413 when it is too long, 400 when it is no JSON object (a list is for JSON Patch
 *   alone), is nested too deep or is not said to be JSON.
 */
export async function readBody(
  request: Request,
  {
    maxBodyBytes,
    bodyContentType,
    form,
    incoming,
  }: Pick<Switches, 'bodyContentType'> & {
    readonly maxBodyBytes: number;
    readonly form: boolean;
    readonly incoming: IncomingMessage | undefined;
  },
): Promise<RequestBody> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (request.method === 'GET' || request.method === 'HEAD') return { body: undefined, contentType };
  const bytes = incoming ? await readMessage(incoming, maxBodyBytes) : await readBytes(request, maxBodyBytes);
  const text = bytes.toString('utf8');
  if (text.trim() === '') return { body: undefined, contentType };
  if (form && contentType === 'application/x-www-form-urlencoded') {
    return { body: Object.fromEntries(new URLSearchParams(text)), contentType };
  }
  if (bodyContentType === 'checked' && !/^application\/(?:[\w.-]+\+)?json$/.test(contentType)) {
    throw generalError('InvalidContentType', `The Content-Type [${contentType}] is not supported; send JSON.`);
  }
  // JSON is UTF-8 (RFC 8259); the server's reader, Jackson, puts no replacement in place of a byte that is none.
  if (!isUtf8(bytes)) throw generalError('invalidJSON', 'Unable to parse JSON. The error was [Invalid UTF-8].');
  const body = parseBody(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  if (body !== null && !isRecord(body) && contentType !== 'application/json-patch+json') {
    throw generalError('invalidJSON', 'Unable to parse JSON. The request is no JSON object.');
  }
  return { body, contentType };
}

function parseBody(text: string): unknown {
  const body = parseJson(text);
  // A short text holds no deep value, and most are short.
  if (text.length > deepestJson && isTooDeep(body)) {
    throw generalError('invalidJSON', `Unable to parse JSON. It is nested more than ${deepestJson} levels deep.`);
  }
  return body;
}

function parseJson(text: string): unknown {
  try {
    // `as`: JSON of whatever shape; each route checks what it needs.
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw generalError('invalidJSON', `Unable to parse JSON. The error was [${why}].`);
  }
}

/** The body as it comes from the connection. What is too long is not kept; the rest of it is for the adaptor to drain. */
function readMessage(incoming: IncomingMessage, maxBodyBytes: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.reject(new Refusal(413));
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const done = (end: () => void): void => {
      incoming.off('data', onData).off('end', onEnd).off('error', onError);
      end();
    };
    const onData = (piece: Buffer): void => {
      length += piece.length;
      if (length > maxBodyBytes) done(() => reject(new Refusal(413)));
      else pieces.push(piece);
    };
    const onEnd = (): void => done(() => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
    const onError = (error: Error): void => done(() => reject(error));
    incoming.on('data', onData).on('end', onEnd).on('error', onError);
  });
}

async function readBytes(request: Request, maxBodyBytes: number): Promise<Buffer> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > maxBodyBytes) throw new Refusal(413);
    return Buffer.from(await request.arrayBuffer());
  }
  if (request.body === null) return Buffer.alloc(0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  // Node's web streams are async iterables of bytes; the Fetch types do not say so.
  const body: AsyncIterable<Uint8Array> = request.body;
  for await (const piece of body) {
    length += piece.length;
    if (length > maxBodyBytes) throw new Refusal(413);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
