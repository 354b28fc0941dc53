import type { Client } from '../client.js';
import type { Instance, Kind } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Passing, RouteNote } from '../passage.js';
import type { Fields } from '../store.js';
import { isAtLeast } from '../version.js';
import type { AdministratorAction } from './action.js';
import { auditMessage, type AuditedChange } from './audit-message.js';
import { maskedObject } from './masked.js';
import type { Switches } from '../switches.js';

export interface AdministratorParts {
  readonly instance: Pick<Instance, 'fusionauth' | 'switches'>;
  readonly kinds: readonly Kind[];
  /** Answers a request on FusionAuth's paths. */
  readonly answer: (request: Request, passing: Passing) => Promise<Response> | Response;
}

/** The path of something that has an id, and of a part of it: `/api/application/{id}` of `/api/application/{id}/role`. */
const partPath = /^(\/.+\/[0-9a-f-]{36})\/[a-z]+(?:\/[^/]*)?$/i;

/**
 * Does what an administrator does in the user interface: makes calls of the API, with all rights, and writes an entry in the
 * audit log for each that succeeds, by the API too (fusionauth-issues #145). An entry about an update has the object before
 * and after; one about a create or a delete has neither, as in databases that people have published. A call that is about
 * no object, such as an import, has no entry.
 */
export class Administrator {
  readonly #parts: AdministratorParts;

  constructor(parts: AdministratorParts) {
    this.#parts = parts;
  }

  /** @returns what the API answers to the call itself. */
  async act(action: AdministratorAction, client: Client = {}): Promise<Response> {
    const { method, user } = action;
    const [path = ''] = action.path.split('?');
    const before = method === 'POST' ? undefined : await this.#read(path, client);
    const ownerPath = partPath.exec(path)?.[1];
    const around = ownerPath === undefined ? undefined : await this.#read(ownerPath, client);
    const note: RouteNote = {};
    const answer = await this.#call(action, { note, client });
    const { kind, template = '' } = note;
    if (!answer.ok || kind === undefined) return answer;
    const owner = template.startsWith(kind.path) ? undefined : this.#ownerIn(around);
    const previous = objectIn(before, kind) ?? partOf(owner?.object, kind, action.path);
    const object = objectIn(await jsonOf(answer.clone()), kind) ?? previous;
    if (object === undefined) return answer;
    const change = { method, kind, object, ids: idsIn(path, template), ...(owner === undefined ? {} : { owner }) };
    await this.#write(change, { user, client, previous });
    return answer;
  }

  async #write(
    change: AuditedChange,
    {
      user,
      client,
      previous,
    }: { readonly user: string; readonly client: Client; readonly previous: Fields | undefined },
  ): Promise<void> {
    const { object, kind, owner } = change;
    const tenantId = kind.name === 'tenant' ? object['id'] : (object['tenantId'] ?? owner?.object['tenantId']);
    const { switches } = this.#parts.instance;
    const auditLog = {
      insertUser: user,
      message: auditMessage(change, switches),
      reason: 'FusionAuth User Interface',
      ...valuesOf(change, previous, switches),
      ...(isAtLeast(this.#parts.instance.fusionauth, '1.65') ? { tenantId } : {}),
    };
    await this.#call({ method: 'POST', path: '/api/system/audit-log', body: { auditLog } }, { note: {}, client });
  }

  /** What a path has now, undefined where it cannot be read. */
  async #read(path: string, client: Client): Promise<unknown> {
    const answer = await this.#call({ method: 'GET', path }, { note: {}, client });
    return answer.ok ? jsonOf(answer) : undefined;
  }

  #ownerIn(json: unknown): AuditedChange['owner'] {
    const kind = this.#parts.kinds.find((one) => isRecord(json) && isRecord(json[one.one]));
    const object = kind === undefined ? undefined : objectIn(json, kind);
    return kind === undefined || object === undefined ? undefined : { kind, object };
  }

  async #call(
    {
      method,
      path,
      body,
      tenantId,
      contentType = 'application/json',
    }: Omit<AdministratorAction, 'method' | 'user'> & { readonly method: string },
    passing: Pick<Passing, 'client' | 'note'>,
  ): Promise<Response> {
    const headers = {
      ...(tenantId === undefined ? {} : { 'x-fusionauth-tenantid': tenantId }),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    // The host is of no meaning: the request goes nowhere but to the paths below.
    return this.#parts.answer(new Request(new URL(path, 'http://sandbox.invalid'), init), {
      ...passing,
      administrator: true,
    });
  }
}

/** Masked since 1.49. */
function valuesOf({ method, kind, object }: AuditedChange, previous: Fields | undefined, switches: Switches): Fields {
  if (method === 'POST' || method === 'DELETE' || previous === undefined) return {};
  return { newValue: maskedObject(kind, object, switches), oldValue: maskedObject(kind, previous, switches) };
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  // `as`: JSON of whatever shape.
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function objectIn(json: unknown, { one }: Kind): Fields | undefined {
  const object = isRecord(json) ? json[one] : undefined;
  return isRecord(object) ? object : undefined;
}

/** A part of an object that cannot be read by itself, by the id or the name that a path ends in. */
function partOf(owner: Fields | undefined, { many }: Kind, path: string): Fields | undefined {
  const { pathname, searchParams } = new URL(path, 'http://sandbox.invalid');
  const id = pathname.split('/').at(-1);
  const parts: unknown = owner?.[many];
  return (Array.isArray(parts) ? parts : [])
    .filter((part) => isRecord(part))
    .find((part) => part['id'] === id || part['name'] === searchParams.get('name'));
}

/** The ids that a path has, by the names its template gives them: `userId`, `applicationId`. */
function idsIn(path: string, template: string): AuditedChange['ids'] {
  const values = path.split('/');
  const named = template.split('/').map((part, at) => [/^\{(\w+)\}$/.exec(part)?.[1] ?? '', values[at] ?? ''] as const);
  return Object.fromEntries(named.filter(([name]) => name !== ''));
}
