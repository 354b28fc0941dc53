import { afterEach, describe, expect, test } from 'vitest';
import { createCatalog, type Kind } from '../catalog/index.js';
import {
  type Change,
  decodeRecordEntry,
  type DesiredObject,
  type Edit,
  keyedHash,
  type ListMode,
  Secret,
} from '../model/index.js';
import { type AcmeInstance, startAcmeInstance } from '../testing/acme-instance.js';
import { acmeKind } from '../testing/acme-kinds.js';
import { sendJson } from '../testing/fault-server.js';
import { Gate } from './gate.js';
import { createTransport } from './transport.js';
import type { WriteStep } from './write-run.js';
import { createWriter, type Writer } from './writer.js';

const hashKey = 'hash-key';
const claims = { id: 'claims-id', name: 'claims', body: 'old', debug: true, data: { owner: 'ops' }, tags: ['b', 'a'] };
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

interface Setup {
  readonly instance: AcmeInstance;
  readonly writer: Writer;
  readonly waits: number[];
}

async function setUp(
  objects: readonly Record<string, unknown>[],
  kind: Partial<Kind> = {},
  gate?: Gate,
): Promise<Setup> {
  const instance = await startAcmeInstance('lambda', objects);
  const waits: number[] = [];
  const clock = {
    now: () => 0,
    random: () => 0,
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const transport = createTransport({ url: instance.url, apiKey: 'key', version: '1', clock, timeoutMs: 2000, gate });
  open.push(instance, transport);
  const catalog = createCatalog([acmeKind({ lists: [{ path: 'tags', as: 'set' }], ...kind })]);
  return { instance, waits, writer: createWriter({ transport, catalog, hashKey, clock }) };
}

const ref = { kind: 'lambda', key: 'claims' };

function edit(pointer: string, from?: unknown): Edit {
  const fromHash = from === undefined ? {} : { fromHash: keyedHash(hashKey, from) };
  return { pointer, origin: 'pending', secret: false, ...fromHash };
}

function change(
  op: 'create' | 'update' | 'adopt' | 'reactivate',
  fields: DesiredObject,
  more: { readonly edits?: readonly Edit[]; readonly listModes?: Record<string, ListMode> } = {},
): Change {
  return { op, ref, id: 'claims-id', overlay: { fields, listModes: more.listModes ?? {} }, edits: more.edits ?? [] };
}

describe('an update', () => {
  const planned = (): Change => change('update', { name: 'claims', body: 'new' }, { edits: [edit('/body', 'old')] });

  test('writes the whole object with only the owned fields changed, after one read', async () => {
    const { writer, instance } = await setUp([claims]);
    const written = await writer.perform(planned());
    expect(instance.objects.get('claims-id')).toEqual({ ...claims, body: 'new' });
    expect(instance.methods()).toEqual(['GET', 'PUT']);
    expect(written).toEqual({
      id: 'claims-id',
      attempts: 1,
      paths: { '/name': keyedHash(hashKey, 'claims'), '/body': keyedHash(hashKey, 'new') },
    });
  });

  test('carries along what somebody changed in fields nobody owns', async () => {
    const { writer, instance } = await setUp([{ ...claims, debug: false }]);
    await writer.perform(planned());
    expect(instance.objects.get('claims-id')).toMatchObject({ debug: false, body: 'new' });
  });

  test('refuses when an edited field moved since the plan, naming it without its value', async () => {
    const { writer, instance } = await setUp([{ ...claims, body: 'somebody else' }]);
    const error: unknown = await writer.perform(planned()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'apply/live-moved', message: expect.stringContaining('/body') });
    expect(String(error)).not.toContain('somebody else');
    expect(instance.methods()).toEqual(['GET']);
  });

  test('refuses when an owned field moved that the plan found equal', async () => {
    const { writer, instance } = await setUp([{ ...claims, name: 'renamed' }]);
    await expect(writer.perform(planned())).rejects.toMatchObject({
      code: 'apply/live-moved',
      message: expect.stringContaining('/name'),
    });
    expect(instance.methods()).toEqual(['GET']);
  });

  test('refuses when the object is gone', async () => {
    const { writer } = await setUp([]);
    await expect(writer.perform(planned())).rejects.toMatchObject({ code: 'apply/live-moved' });
  });

  test('that somebody already made is done without a write', async () => {
    const { writer, instance } = await setUp([{ ...claims, body: 'new' }]);
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 0 });
    expect(instance.methods()).toEqual(['GET']);
  });

  test('whose answer is lost is found done by reading again', async () => {
    const { writer, instance } = await setUp([claims]);
    let lost = 0;
    instance.fault = ({ method }) => (method === 'PUT' && lost++ === 0 ? 'lose' : 'apply');
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 1 });
    expect(instance.methods()).toEqual(['GET', 'PUT', 'GET']);
  });

  test('that failed in passing is read, checked and written again', async () => {
    const { writer, instance, waits } = await setUp([claims]);
    let failed = 0;
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT' || failed++ > 0) return 'apply';
      sendJson(response, 429, {}, { 'retry-after': '3' });
      return 'answered';
    };
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 2 });
    expect(instance.methods()).toEqual(['GET', 'PUT', 'GET', 'PUT']);
    expect(waits).toEqual([3000]);
  });

  test('is not written again when the run has no repetition left', async () => {
    const { writer, instance, waits } = await setUp([claims], {}, new Gate({ budget: { floor: 1, share: 0 } }));
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT') return 'apply';
      sendJson(response, 503, {});
      return 'answered';
    };
    await expect(writer.perform(planned())).rejects.toMatchObject({
      code: 'live/server-error',
      hint: expect.stringContaining('too much of this run was repetition'),
    });
    expect(instance.methods()).toEqual(['GET', 'PUT', 'GET', 'PUT']);
    expect(waits).toHaveLength(1);
    expect(instance.objects.get('claims-id')).toEqual(claims);
  });

  test('after a 409 reads again, and refuses when what it owns moved meanwhile', async () => {
    const { writer, instance } = await setUp([claims]);
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT') return 'apply';
      instance.objects.set('claims-id', { ...claims, body: 'theirs' });
      sendJson(response, 409, {});
      return 'answered';
    };
    await expect(writer.perform(planned())).rejects.toMatchObject({ code: 'apply/live-moved' });
    expect(instance.methods()).toEqual(['GET', 'PUT', 'GET']);
  });

  test('gives up after three conflicts in a row', async () => {
    const { writer, instance } = await setUp([claims]);
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT') return 'apply';
      sendJson(response, 409, {});
      return 'answered';
    };
    await expect(writer.perform(planned())).rejects.toMatchObject({ code: 'live/conflict' });
    expect(instance.methods().filter((method) => method === 'PUT')).toHaveLength(4);
  });

  test('that was overwritten between write and read-back starts over', async () => {
    const { writer, instance } = await setUp([claims]);
    let puts = 0;
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT' || puts++ > 0) return 'apply';
      // The answer lacks a field, so the object is read back, and by then another writer's old copy is there.
      sendJson(response, 200, { lambda: { name: 'claims', body: 'new' } });
      return 'answered';
    };
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 2 });
    expect(instance.objects.get('claims-id')).toMatchObject({ body: 'new' });
  });

  test('that the instance took otherwise is not verified', async () => {
    const { writer, instance } = await setUp([claims]);
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT') return 'apply';
      instance.objects.set('claims-id', { ...claims, body: 'NEW' });
      sendJson(response, 200, { lambda: { ...claims, body: 'NEW' } });
      return 'answered';
    };
    await expect(writer.perform(planned())).rejects.toMatchObject({
      code: 'apply/not-verified',
      message: expect.stringContaining('/body'),
    });
  });

  test('that the instance only trimmed is verified, where the catalog knows that it trims', async () => {
    const trim = (body: { body?: unknown }): never =>
      (typeof body.body === 'string' ? { ...body, body: body.body.trim() } : body) as never;
    const { writer, instance } = await setUp([claims], { canonical: trim });
    instance.fault = ({ method }, response) => {
      if (method !== 'PUT') return 'apply';
      sendJson(response, 200, { lambda: { ...claims, body: 'new' } });
      return 'answered';
    };
    await expect(
      writer.perform(change('update', { body: ' new\n' }, { edits: [edit('/body', 'old')] })),
    ).resolves.toMatchObject({ attempts: 1 });
  });

  test('that the instance drops by its own rules is not looked for, where the catalog knows that it drops it', async () => {
    const blankless = (body: { data?: unknown }): never =>
      (JSON.stringify(body.data) === '{"owner":""}' ? { ...body, data: {} } : body) as never;
    const { writer } = await setUp([claims], { canonical: blankless });
    await expect(
      writer.perform(change('update', { body: 'new', data: { owner: '' } }, { edits: [edit('/body', 'old')] })),
    ).resolves.toMatchObject({ attempts: 1 });
  });

  test('takes null as: remove it, and accepts what the server puts there instead', async () => {
    const { writer, instance } = await setUp([claims]);
    instance.fault = ({ method, body }, response) => {
      if (method !== 'PUT') return 'apply';
      expect(JSON.parse(body)).not.toHaveProperty('lambda.debug');
      sendJson(response, 200, { lambda: { ...claims, debug: false } });
      return 'answered';
    };
    const written = await writer.perform(change('update', { debug: null }, { edits: [edit('/debug', true)] }));
    expect(written.paths).toEqual({ '/debug': keyedHash(hashKey, false) });
  });

  test('adds to a list that may hold more, and compares sets as sets', async () => {
    const { writer, instance } = await setUp([claims]);
    await writer.perform(
      change('update', { tags: ['c', 'a'] }, { edits: [edit('/tags', ['a', 'b'])], listModes: { '/tags': 'atLeast' } }),
    );
    expect(instance.objects.get('claims-id')).toMatchObject({ tags: ['b', 'a', 'c'] });
  });
});

describe('secrets', () => {
  const secret = (onOmit: 'kept' | 'cleared' | 'unknown', readBack: 'get' | 'never' = 'never'): Partial<Kind> => ({
    secrets: [{ path: 'password', readBack, onOmit, existsWith: 'username', source: 'made for tests' }],
  });
  const planned = (): Change => change('update', { body: 'new' }, { edits: [edit('/body', 'old')] });

  test.each(['unknown', 'cleared'] as const)('that a write might lose (%s when left out) stop it', async (onOmit) => {
    const { writer, instance } = await setUp([{ ...claims, username: 'mail' }], secret(onOmit));
    await expect(writer.perform(planned())).rejects.toMatchObject({
      code: 'apply/secret-at-risk',
      message: expect.stringContaining('/password'),
    });
    expect(instance.methods()).toEqual(['GET']);
  });

  test('that are known to be kept, read back, declared or not there do not', async () => {
    const kept = await setUp([{ ...claims, username: 'mail' }], secret('kept'));
    await kept.writer.perform(planned());
    const readBack = await setUp([{ ...claims, username: 'mail', password: 'p' }], secret('unknown', 'get'));
    await readBack.writer.perform(planned());
    expect(readBack.instance.objects.get('claims-id')).toMatchObject({ password: 'p' });
    const absent = await setUp([claims], secret('unknown'));
    await absent.writer.perform(planned());
    const declared = await setUp([{ ...claims, username: 'mail' }], secret('unknown'));
    const fields = { body: 'new', password: new Secret('env:SMTP', 'pw-from-env') };
    const written = await declared.writer.perform(change('update', fields, { edits: [edit('/body', 'old')] }));
    expect(declared.instance.objects.get('claims-id')).toMatchObject({ password: 'pw-from-env' });
    expect(written.paths?.['/password']).toBe(keyedHash(hashKey, 'pw-from-env'));
  });

  test('that reads give back and that were not read are not there to be lost', async () => {
    const secrets = [{ path: 'password', readBack: 'list', onOmit: 'cleared', source: 'made for tests' }] as const;
    const { writer } = await setUp([claims], { secrets });
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 1 });
  });

  test('that only could exist once this write is done are not there to be lost', async () => {
    const { writer, instance } = await setUp([claims], secret('unknown'));
    await writer.perform(change('update', { username: 'mail' }, { edits: [edit('/username', undefined)] }));
    expect(instance.objects.get('claims-id')).toMatchObject({ username: 'mail' });
  });

  test('that no read gives back are at risk whatever else the object has', async () => {
    const secrets = [{ path: 'password', readBack: 'never', onOmit: 'cleared', source: 'made for tests' }] as const;
    const { writer } = await setUp([claims], { secrets });
    await expect(writer.perform(planned())).rejects.toMatchObject({ code: 'apply/secret-at-risk' });
  });

  test('that the instance quotes when it refuses are in no error', async () => {
    const { writer, instance } = await setUp([claims], secret('kept'));
    instance.fault = ({ method, body }, response) => {
      if (method !== 'PUT') return 'apply';
      sendJson(response, 400, { generalErrors: [{ code: '[invalidJSON]', message: `Unable to parse ${body}` }] });
      return 'answered';
    };
    const fields = { password: new Secret('env:SMTP', 'pw-from-env') };
    const edits: Edit[] = [{ pointer: '/password', origin: 'pending', secret: true, source: 'env:SMTP' }];
    const error: unknown = await writer.perform(change('update', fields, { edits })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'live/rejected' });
    expect(JSON.stringify([String(error), error])).not.toContain('pw-from-env');
  });

  test('are left out of what hooks are told', async () => {
    const { writer } = await setUp([{ ...claims, password: 'p' }], secret('kept', 'get'));
    const steps: WriteStep[] = [];
    await writer.perform(planned(), {
      beforeWrite: (step) => {
        steps.push(step);
        return Promise.resolve();
      },
    });
    expect(steps).toMatchObject([{ step: 'update', before: claims }]);
    expect(steps[0]?.before).not.toHaveProperty('password');
  });
});

describe('a create', () => {
  const planned = (): Change => change('create', { name: 'claims', body: 'new' });

  test('posts under its own id', async () => {
    const { writer, instance } = await setUp([]);
    await expect(writer.perform(planned())).resolves.toMatchObject({ attempts: 1 });
    expect(instance.seen[0]?.url).toBe('/api/lambda/claims-id');
    expect(instance.methods()).toEqual(['POST']);
  });

  test.each(['lost', 'refused'])('whose answer is %s never makes a second object', async (how) => {
    const { writer, instance } = await setUp([]);
    let count = 0;
    instance.fault = ({ method }, response) => {
      if (method !== 'POST' || count++ > 0) return 'apply';
      if (how === 'lost') return 'lose';
      sendJson(response, 503, {});
      return 'answered';
    };
    await writer.perform(planned());
    expect([...instance.objects.values()]).toEqual([{ id: 'claims-id', name: 'claims', body: 'new' }]);
    expect(instance.methods()).toEqual(how === 'lost' ? ['POST', 'GET', 'GET'] : ['POST', 'GET', 'POST']);
  });

  test('that finds its id taken by an earlier, half-done attempt goes on as an update', async () => {
    const { writer, instance } = await setUp([{ id: 'claims-id', name: 'claims', body: 'half', debug: true }]);
    await writer.perform(planned());
    expect(instance.objects.get('claims-id')).toEqual({ id: 'claims-id', name: 'claims', body: 'new', debug: true });
  });

  test('that is rejected is not tried again', async () => {
    const { writer, instance } = await setUp([]);
    instance.fault = (_, response) => {
      sendJson(response, 400, { fieldErrors: { 'lambda.name': [{ code: '[blank]lambda.name', message: 'no name' }] } });
      return 'answered';
    };
    await expect(writer.perform(planned())).rejects.toMatchObject({ code: 'live/rejected' });
    expect(instance.methods()).toEqual(['POST']);
  });

  test('in a tenant sends that tenant', async () => {
    const { writer, instance } = await setUp([], { scope: 'tenant' });
    await writer.perform({ ...planned(), tenantId: 'tenant-1' });
    expect(instance.seen[0]?.headers['x-fusionauth-tenantid']).toBe('tenant-1');
  });

  test('is not sent when the hook before it fails', async () => {
    const { writer, instance } = await setUp([]);
    const beforeWrite = (): Promise<void> => Promise.reject(new Error('journal is full'));
    await expect(writer.perform(planned(), { beforeWrite })).rejects.toThrow('journal is full');
    expect(instance.methods()).toEqual([]);
  });
});

describe('a delete', () => {
  const planned: Change = { op: 'delete', ref, id: 'claims-id', why: 'prune', name: 'claims' };

  test('deletes what is there', async () => {
    const { writer, instance } = await setUp([claims]);
    await expect(writer.perform(planned)).resolves.toEqual({ id: 'claims-id', attempts: 1 });
    expect(instance.objects.size).toBe(0);
  });

  test('of what is gone already is done', async () => {
    const { writer, instance } = await setUp([]);
    await expect(writer.perform(planned)).resolves.toEqual({ id: 'claims-id', attempts: 0 });
    expect(instance.methods()).toEqual(['GET']);
  });

  test('whose answer is lost is done', async () => {
    const { writer, instance } = await setUp([claims]);
    instance.fault = ({ method }) => (method === 'DELETE' ? 'lose' : 'apply');
    await expect(writer.perform(planned)).resolves.toMatchObject({ attempts: 1 });
  });

  test('of an object with another name than planned is refused', async () => {
    const { writer, instance } = await setUp([{ ...claims, name: 'payments' }]);
    await expect(writer.perform(planned)).rejects.toMatchObject({ code: 'apply/live-moved' });
    expect(instance.objects.size).toBe(1);
  });
});

test('the record goes into the audit log as a signed entry, again when the answer is lost', async () => {
  const { writer, instance } = await setUp([]);
  instance.fault = (_, response) => {
    if (instance.seen.length === 1) response.destroy();
    else response.writeHead(200).end();
    return 'answered';
  };
  const record = {
    version: 1,
    namespace: 'acme',
    environment: 'production',
    instant: 1,
    planDigest: 'd',
    objects: [],
  } as const;
  await writer.writeRecord({ record, summary: '1 created', recordKey: 'record-key' });
  expect(instance.seen.map((request) => `${request.method} ${request.url}`)).toEqual([
    'POST /api/system/audit-log',
    'POST /api/system/audit-log',
  ]);
  const { auditLog } = JSON.parse(instance.seen[1]?.body ?? '');
  const by = { recordKey: 'record-key', namespace: 'acme', environment: 'production' };
  expect(decodeRecordEntry(auditLog, by)).toEqual({ is: 'record', record });
});
