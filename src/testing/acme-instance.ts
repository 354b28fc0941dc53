import type { ServerResponse } from 'node:http';
import { type FaultServer, type SeenRequest, sendJson, startFaultServer } from './fault-server.js';

type Body = Record<string, unknown>;

/** One collection of objects over real HTTP, under `/api/<name>`, with faults to order. */
export interface AcmeInstance extends FaultServer {
  readonly objects: Map<string, Body>;
  /** Called for each request; answers it, or returns `apply` to let it happen or `lose` to let it happen unanswered. */
  fault: (request: SeenRequest, response: ServerResponse) => 'apply' | 'lose' | 'answered';
  /** Methods of the requests since the last call, GETs included. */
  methods: () => readonly string[];
}

/** Starts an instance of one collection: POST refuses an id that is there, PUT replaces, GET and DELETE answer 404. */
export async function startAcmeInstance(name: string, objects: readonly Body[] = []): Promise<AcmeInstance> {
  const stored = new Map(objects.map((body) => [String(body['id']), body]));
  let told = 0;
  const server = await startFaultServer((request, response) => {
    const verdict = instance.fault(request, response);
    if (verdict === 'answered') return;
    const [status, body] = perform(request);
    if (verdict === 'lose') response.destroy();
    else if (body === undefined) response.writeHead(status).end();
    else sendJson(response, status, body);
  });
  const perform = (request: SeenRequest): readonly [number, unknown?] => {
    const path = new URL(request.url, 'http://acme').pathname;
    const id = path.split('/')[3] ?? '';
    const sent = request.body === '' ? {} : (JSON.parse(request.body)[name] as Body);
    if (request.method === 'GET' && id === '') return [200, { [`${name}s`]: [...stored.values()] }];
    if (request.method === 'POST') {
      if (stored.has(id)) {
        return [400, { fieldErrors: { [`${name}Id`]: [{ code: `[duplicate]${name}Id`, message: 'already exists' }] } }];
      }
      stored.set(id, { ...sent, id });
    } else if (!stored.has(id)) return [404];
    else if (request.method === 'PUT') stored.set(id, { ...sent, id });
    else if (request.method === 'DELETE') {
      stored.delete(id);
      return [200];
    }
    return [200, { [name]: stored.get(id) }];
  };
  const instance: AcmeInstance = {
    ...server,
    objects: stored,
    fault: () => 'apply',
    methods: () => {
      const methods = server.seen.slice(told).map((request) => request.method);
      told = server.seen.length;
      return methods;
    },
  };
  return instance;
}
