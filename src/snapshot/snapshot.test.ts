import { describe, expect, it } from 'vitest';
import { catalog, type Kind } from '../catalog/index.js';
import { type Json, type JsonObject, KedgeError, type LiveResource, type LiveState } from '../model/index.js';
import { liveStateOf, makeSnapshot, movedObjects, notAsked, parseSnapshot, snapshotText } from './index.js';
import type { MadeSnapshot } from './index.js';

const canary = 'canary-Zp4!x "quoted" \\ ünïcode';
const instance = 'https://auth.acme.example';

/** A body with a value at a field path of the catalog, through a list of one item or a map of one key. */
function bodyWith(path: string, value: Json): JsonObject {
  const steps = path.replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.');
  const built = steps.reduceRight<Json>(
    (inner, step) => (step === '[]' ? [inner] : step === '{}' ? { Authorization: inner } : { [step]: inner }),
    value,
  );
  return built as JsonObject;
}

function resource(kind: Kind, body: JsonObject, more: Partial<LiveResource> = {}): LiveResource {
  const id = typeof body['id'] === 'string' ? body['id'] : 'b5e6f0c1-0000-4000-8000-000000000001';
  return {
    kind: kind.kind,
    id,
    body: { ...body, id },
    detailed: true,
    ...(kind.parent !== undefined && { parentId: 'b5e6f0c1-0000-4000-8000-000000000009' }),
    ...(kind.softDelete && { active: true }),
    ...more,
  };
}

function liveOf(...resources: readonly LiveResource[]): LiveState {
  const kinds = new Map<string, { readonly known: true; readonly resources: readonly LiveResource[] }>();
  for (const item of resources) {
    kinds.set(item.kind, { known: true, resources: [...(kinds.get(item.kind)?.resources ?? []), item] });
  }
  return { serverVersion: '1.69.0', kinds };
}

function made(live: LiveState, more: { readonly secrets?: readonly string[] } = {}): MadeSnapshot {
  return makeSnapshot({ catalog, live, asked: new Map(), instance, takenAt: 0, secrets: more.secrets ?? [] });
}

const secretFields = catalog.kinds.flatMap((kind) => kind.secrets.map(({ path }) => [kind.kind, path] as const));
const tenant = catalog.kind('tenant');

describe('secrets', () => {
  it.each(secretFields)('%s %s is not in the text, and its place is told', (name, path) => {
    const kind = catalog.kind(name);
    const { snapshot, secrets } = made(liveOf(resource(kind, { name: 'Acme', ...bodyWith(path, canary) })));
    const text = snapshotText(snapshot);
    expect(text).not.toMatch(/canary|Zp4/);
    const [object] = (snapshot.kinds[name] as unknown as { objects: { secrets: string[] }[] }).objects;
    const [field = ''] = path
      .replaceAll(/\[\]|\{\}/g, '')
      .split('.')
      .slice(-1);
    expect([secrets, object?.secrets]).toEqual([1, [expect.stringContaining(field)]]);
  });

  it('are found in any other text, in keys and lists as well, and said to be there', () => {
    const body = {
      name: 'Acme',
      emailConfiguration: { password: 'correct horse' },
      data: { note: 'it is correct horse!', list: ['correct horse'], 'correct horse': 1, plain: 'correct hor', no: 3 },
    };
    const { snapshot, redacted } = made(liveOf(resource(tenant, body)));
    expect(snapshotText(snapshot)).not.toContain('correct horse');
    expect(snapshot.kinds['tenant']).toMatchObject({
      objects: [
        { body: { data: { note: 'it is (secret)!', list: ['(secret)'], '(secret)': 1, plain: 'correct hor' } } },
      ],
    });
    expect(redacted.map(({ pointer }) => pointer)).toEqual(['/data/note', '/data/list/0', '/data/(secret)']);
  });

  it('that the run knows are looked for too; of two that begin alike the whole longer one goes', () => {
    const body = { name: 'key-of-kedge-and-more, key-of-kedge', id: 'b5e6f0c1-0000-4000-8000-000000000001' };
    const { snapshot } = made(liveOf(resource(tenant, body)), {
      secrets: ['key-of-kedge', 'key-of-kedge-and-more', 'key-of-kedge'],
    });
    expect(snapshot.kinds['tenant']).toMatchObject({ objects: [{ body: { name: '(secret), (secret)' } }] });
  });

  it('that are words leave the names of others alone', () => {
    const body = { name: 'admin', emailConfiguration: { password: 'admin' } };
    const { snapshot, redacted } = made(liveOf(resource(tenant, body)));
    expect(snapshot.kinds['tenant']).toMatchObject({ objects: [{ body: { name: 'admin' } }] });
    expect(redacted).toEqual([]);
  });

  it('that have no value leave no place behind', () => {
    const { snapshot, secrets } = made(liveOf(resource(tenant, { emailConfiguration: { password: '' } })));
    expect([secrets, snapshot.kinds['tenant']]).toEqual([
      0,
      { known: true, objects: [{ body: { id: expect.any(String), emailConfiguration: {} } }] },
    ]);
  });
});

const application = catalog.kind('application');
const state: LiveState = {
  serverVersion: '1.69.0',
  kinds: new Map([
    ['tenant', { known: true, resources: [resource(tenant, { name: 'Acme' })] }],
    ['application', { known: true, resources: [resource(application, { name: 'Web' }, { active: false })] }],
    ['role', { known: true, resources: [resource(catalog.kind('role'), { name: 'crew' })] }],
    ['entity', { known: true, resources: [] }],
    ['theme', { known: false, why: 'the API key may not read the kind theme' }],
  ]),
};

describe('a snapshot that is read again', () => {
  const asked = new Map([['entity', ['one']]]);
  const { snapshot } = makeSnapshot({ catalog, live: state, asked, instance, takenAt: 0, secrets: [] });
  const read = parseSnapshot(snapshotText(snapshot), { catalog, from: 'acme.json' });

  it('is the live state again', () => {
    const live = liveStateOf(read, catalog);
    expect(live.serverVersion).toBe('1.69.0');
    for (const kind of ['tenant', 'application', 'role', 'entity']) {
      expect([kind, live.kinds.get(kind)]).toEqual([kind, state.kinds.get(kind)]);
    }
  });

  it('shows where secrets were to who asks for that, and to nobody else', () => {
    const body = { name: 'Acme', emailConfiguration: { host: 'smtp', password: 'hush' }, domains: ['a'] };
    const { snapshot: sealed } = made(liveOf(resource(tenant, body)));
    const withMore = JSON.parse(
      snapshotText(sealed).replace('/emailConfiguration/password', '/captchaConfiguration/secretKey'),
    );
    withMore.kinds.tenant.objects[0].secrets.push('/emailConfiguration/password', '/domains/0/key');
    const bodyOf = (secrets: 'left-out' | 'marked') => {
      const kind = liveStateOf(withMore, catalog, secrets).kinds.get('tenant');
      return kind?.known === true ? kind.resources[0]?.body : undefined;
    };
    expect(bodyOf('left-out')).toMatchObject({ emailConfiguration: { host: 'smtp' } });
    expect(JSON.stringify(bodyOf('left-out'))).not.toContain('secret');
    expect(bodyOf('marked')).toMatchObject({
      emailConfiguration: { host: 'smtp', password: '(secret)' },
      captchaConfiguration: { secretKey: '(secret)' },
      domains: ['a'],
    });
  });

  it('has unknown what was unknown, and what it has nothing of', () => {
    const live = liveStateOf(read, catalog);
    expect(live.kinds.get('theme')).toMatchObject({ known: false, why: expect.stringContaining('may not read') });
    expect(live.kinds.get('lambda')).toEqual({ known: false, why: 'the snapshot has nothing of the kind lambda' });
  });

  it('says which ids of unlisted kinds nobody asked for', () => {
    const wanted = new Map([
      ['entity', ['one', 'two']],
      ['apiKey', ['three']],
    ]);
    expect(notAsked(read, wanted)).toEqual(new Map([['entity', ['two']]]));
    expect(notAsked(read, asked)).toEqual(new Map());
  });

  it('says no version where the server told none', () => {
    const { snapshot: silent } = made({ ...state, serverVersion: undefined });
    expect(silent.fusionauth).toBeNull();
    expect(liveStateOf(silent, catalog).serverVersion).toBeUndefined();
  });
});

describe('what moved between two reads', () => {
  const one = resource(tenant, { name: 'Acme', lastUpdateInstant: 1, id: 'one' });
  it.each([
    ['nothing', liveOf(one), liveOf({ ...one, body: { id: 'one', lastUpdateInstant: 1, name: 'Acme' } }), []],
    ['an instant', liveOf(one), liveOf({ ...one, body: { ...one.body, lastUpdateInstant: 2 } }), ['tenant one']],
    ['one came', liveOf(one), liveOf(one, { ...one, id: 'two' }), ['tenant two']],
    ['one went', liveOf(one, { ...one, id: 'two' }), liveOf(one), ['tenant two']],
    ['a whole kind', liveOf(one), liveOf(), ['tenant']],
    ['the version', liveOf(one), { ...liveOf(one), serverVersion: '1.70.0' }, ["the server's version"]],
  ] as const)('%s', (_, before, after, moved) => {
    expect(movedObjects(before, after)).toEqual(moved);
  });
});

describe('a file that is no snapshot', () => {
  const { snapshot } = makeSnapshot({ catalog, live: state, asked: new Map(), instance, takenAt: 0, secrets: [] });
  const object = { body: { id: 'one', name: 'Acme' } };
  const withKind = (kind: string, value: unknown): string =>
    JSON.stringify({ ...snapshot, kinds: { ...snapshot.kinds, [kind]: value } });
  const listed = (...objects: readonly unknown[]): unknown => ({ known: true, objects });

  it.each([
    ['empty', '', 'it is not JSON'],
    ['half of one', snapshotText(snapshot).slice(0, 400), 'it is not JSON'],
    ['a list', '[]', '"format"'],
    ['another document', '{"kedge":"plan"}', '"format"'],
    ['no instance', JSON.stringify({ ...snapshot, instance: 'acme' }), '/instance must be a URL'],
    ['no instant', JSON.stringify({ ...snapshot, takenAt: 'once' }), '/takenAt'],
    ['no version of the server', JSON.stringify({ ...snapshot, fusionauth: 1.69 }), '/fusionauth'],
    ['no kinds', JSON.stringify({ ...snapshot, kinds: [] }), '/kinds must be'],
    ['a kind of nothing', withKind('tenant', {}), '/kinds/tenant must say whether it is known'],
    ['unknown for no reason', withKind('tenant', { known: false }), '/kinds/tenant/why'],
    ['objects in a map', withKind('tenant', { known: true, objects: {} }), '/kinds/tenant/objects must be a list'],
    ['nobody was asked', withKind('entity', listed()), '/kinds/entity/asked'],
    ['an object of text', withKind('tenant', listed('Acme')), '/kinds/tenant/objects/0 must be'],
    ['no body', withKind('tenant', listed({})), '/kinds/tenant/objects/0/body must be'],
    ['no id', withKind('tenant', listed({ body: { id: 5 } })), '/kinds/tenant/objects/0/body/id must be'],
    [
      'an id twice',
      withKind('tenant', listed(object, object)),
      '/kinds/tenant/objects/1/body/id is one for the second',
    ],
    ['a child of nobody', withKind('role', listed(object)), '/kinds/role/objects/0/parentId must be a text'],
    ['a parent of no child', withKind('tenant', listed({ ...object, parentId: 'x' })), 'must be left out'],
    ['neither active nor not', withKind('application', listed(object)), '/active must be true or false'],
    ['active for good', withKind('tenant', listed({ ...object, active: true })), '/active must be left out'],
    ['secrets in clear', withKind('tenant', listed({ ...object, secrets: [{}] })), '/secrets must be'],
    ['a prototype', snapshotText(snapshot).replace('"name"', '"__proto__"'), 'called __proto__'],
    ['too deep', withKind('other', JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`)), 'deeper than 100'],
  ])('is refused: %s', (_, text, why) => {
    const parse = (): unknown => parseSnapshot(text, { catalog, from: 'acme.json' });
    expect(parse).toThrow(KedgeError);
    expect(parse).toThrow(expect.objectContaining({ code: 'snapshot/unreadable' }));
    expect(parse).toThrow(why);
  });

  it.each([
    [2, 'version 2'],
    ['two', 'version not a number'],
  ])('is refused as one of another version: %s', (version, said) => {
    const text = JSON.stringify({ ...snapshot, version });
    const parse = (): unknown => parseSnapshot(text, { catalog, from: 'acme.json' });
    expect(parse).toThrow(expect.objectContaining({ code: 'snapshot/other-version' }));
    expect(parse).toThrow(said);
  });

  it('is none because it has a kind of a later kedge, or a byte order mark', () => {
    const text = `\uFEFF${withKind('passkeyPolicy', 'whatever')}`;
    expect(parseSnapshot(text, { catalog, from: 'acme.json' }).kinds['tenant']).toEqual(snapshot.kinds['tenant']);
  });
});
