import {
  createRedactor,
  type Json,
  isVariablePart,
  KedgeError,
  type Permission,
  permissionOf,
  permissionText,
} from '../model/index.js';
import { isRead, type Transport, type TransportRequest } from './transport.js';

/**
 * Runs the very code that reads or writes an instance against nobody, and gives the permissions that its requests need,
 * each once. Whoever answers has no object, an empty list for every list, and gives back what is written to it. What such
 * an answer makes the code complain of ends the rehearsal: what it asked until then was asked.
 */
export async function rehearse(use: (transport: Transport) => Promise<unknown>): Promise<readonly Permission[]> {
  const asked = new Map<string, Permission>();
  const transport: Transport = {
    send: async (request) => {
      const permission = permissionOf(request);
      asked.set(permissionText(permission), permission);
      return answerTo(request);
    },
    takeRetry: () => false,
    redactor: createRedactor(),
    url: 'http://rehearsal.invalid',
    requestCount: () => 0,
    close: async () => undefined,
  };
  try {
    await use(transport);
  } catch (error) {
    if (!(error instanceof KedgeError) || !expected.has(error.code)) throw error;
  }
  return [...asked.values()];
}

const expected: ReadonlySet<string> = new Set(['live/bad-response', 'live/not-found']);

async function answerTo(request: TransportRequest): ReturnType<Transport['send']> {
  const { method, path, body } = request;
  const names = { method, path, requestId: 'rehearsal' };
  if (method === 'GET' && isVariablePart(path.split('/').at(-1) ?? '')) {
    throw new KedgeError({ code: 'live/not-found', message: `nobody has ${path}` });
  }
  // What the client sends is JSON of its own making.
  const written = isRead(request) || body === undefined ? {} : (JSON.parse(body) as Json);
  return { status: 200, body: written, names };
}
