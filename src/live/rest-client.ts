import type { FusionAuthClient, IRESTClient } from '@fusionauth/typescript-client';
import { isJsonObject, KedgeError } from '../model/index.js';
import { badResponseError } from './request-error.js';
import { isRead, type Transport } from './transport.js';

/** What makes the requests of the typed client; its package exports the type only by way of the property. */
type ClientBuilder = FusionAuthClient['clientBuilder'];
type ClientResponse<T> = Awaited<ReturnType<IRESTClient<T, unknown>['go']>>;

/** Whether a client may write. Asked for each request, whatever the compiler believed. */
export type ClientAccess = 'read' | 'write';

/** Makes the typed client send by this transport instead of its own `node-fetch`, which has no timeout and no retry. */
export function createClientBuilder(transport: Transport, access: ClientAccess): ClientBuilder {
  return { build: <RT, ERT>() => new RestClient<RT, ERT>(transport, access) };
}

/** One request of the typed client in the making. */
class RestClient<RT, ERT> implements IRESTClient<RT, ERT> {
  readonly #transport: Transport;
  readonly #access: ClientAccess;
  readonly #query: [string, string][] = [];
  readonly #headers: Record<string, string> = {};
  #method = 'GET';
  #path = '';
  #body: string | undefined;
  #authorized = false;

  constructor(transport: Transport, access: ClientAccess) {
    this.#transport = transport;
    this.#access = access;
  }

  /** The key itself is the transport's: the typed client is given a placeholder. */
  withAuthorization(key: string | null | undefined): this {
    this.#authorized = key !== null && key !== undefined;
    return this;
  }

  withUri(uri: string): this {
    this.#path = uri;
    return this;
  }

  /** Nothing for null, as in the stock client; encoded, as it is not there. */
  withUriSegment(segment: string | number | null | undefined): this {
    if (segment === null || segment === undefined) return this;
    const text = String(segment);
    if (text === '' || text === '.' || text === '..') throw new TypeError(`'${text}' is no path segment`);
    this.#path += `${this.#path.endsWith('/') ? '' : '/'}${encodeURIComponent(text)}`;
    return this;
  }

  withParameter(name: string, value: unknown): this {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined) this.#query.push([name, String(item)]);
    }
    return this;
  }

  withHeader(key: string, value: string): this {
    this.#headers[key.toLowerCase()] = value;
    return this;
  }

  withJSONBody(body: object): this {
    this.#body = JSON.stringify(body);
    return this.withHeader('Content-Type', 'application/json');
  }

  withFormData(body: URLSearchParams): this {
    this.#body = body.toString();
    return this.withHeader('Content-Type', 'application/x-www-form-urlencoded');
  }

  withMethod(method: string): this {
    this.#method = method;
    return this;
  }

  withCredentials(): this {
    return this;
  }

  withResponseHandler(): this {
    return this;
  }

  withErrorResponseHandler(): this {
    return this;
  }

  async go(): Promise<ClientResponse<RT>> {
    const request = { method: this.#method, path: this.#path };
    if (this.#access === 'read' && !isRead(request)) {
      throw new KedgeError({
        code: 'live/read-only',
        message: `a reading client was asked for ${request.method} ${request.path}, which writes`,
        hint: 'this is a bug of kedge: nothing was sent',
      });
    }
    const answer = await this.#transport.send({
      ...request,
      query: this.#query,
      headers: this.#headers,
      authorized: this.#authorized,
      ...(this.#body !== undefined && { body: this.#body }),
    });
    if (isRead(request) && !isJsonObject(answer.body)) {
      throw badResponseError(answer.names, { status: answer.status, why: 'the answer holds no JSON object' });
    }
    return {
      statusCode: answer.status,
      // The typed client's own types say what the endpoint gives; readers check the parts they use.
      response: answer.body as RT,
      // Never set on success; the stock class declares it all the same.
      exception: undefined as unknown as Error,
      wasSuccessful: () => true,
    };
  }
}
