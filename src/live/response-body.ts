import type { Dispatcher } from 'undici';
import { badResponseError, noAnswerError, type RequestNames } from './request-error.js';
import { timedOut, type TimeLimits } from './time-limits.js';

/**
 * Reads an answer to its end and parses it.
 * @returns the JSON value, or undefined where there is no body, or no JSON in an answer that refuses anyway.
 * @throws {@link KedgeError} `live/bad-response` for a successful answer that is not JSON, and for any that breaks off or is
 * too large; `live/timeout`.
 */
export async function readBody(
  answer: Dispatcher.ResponseData,
  about: { readonly names: RequestNames; readonly limits: TimeLimits; readonly maxBytes: number },
): Promise<unknown> {
  const { names, limits, maxBytes } = about;
  const status = answer.statusCode;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body) {
      // A body without an encoding gives its bytes as Buffers; undici types them as `any`.
      const part = chunk as Uint8Array;
      bytes += part.byteLength;
      // Leaving the loop destroys the body: the rest is not read.
      if (bytes > maxBytes) break;
      chunks.push(part);
    }
  } catch (cause) {
    if (timedOut(cause) !== undefined) throw noAnswerError(names, { cause, limits });
    throw badResponseError(names, { status, why: `the answer broke off after ${bytes} bytes`, cause, retryable: true });
  }
  if (bytes > maxBytes) throw badResponseError(names, { status, why: `the answer is larger than ${maxBytes} bytes` });
  if (bytes === 0) return undefined;
  return parse(Buffer.concat(chunks), { names, status, contentType: String(answer.headers['content-type'] ?? 'none') });
}

function parse(
  bytes: Uint8Array,
  about: { readonly names: RequestNames; readonly status: number; readonly contentType: string },
): unknown {
  const { names, status, contentType } = about;
  const refuses = status >= 300;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    if (refuses) return undefined;
    throw badResponseError(names, { status, why: `the answer is '${type.slice(0, 60)}', not JSON` });
  }
  try {
    // Fatal: a text with replacement characters in it would be written back to the instance as if it were the truth.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    if (refuses) return undefined;
    // The error of JSON.parse quotes from the body and is left out on purpose.
    throw badResponseError(names, {
      status,
      why: `the answer of ${bytes.byteLength} bytes of ${type} is not whole JSON`,
      retryable: true,
    });
  }
}
