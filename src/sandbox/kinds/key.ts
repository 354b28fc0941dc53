import { algorithms, isKeyAlgorithm } from '../keys/algorithm.js';
import { generateKey } from '../keys/generate.js';
import { importKey, isImportProblem, longestSecret } from '../keys/import.js';
import { publicView } from '../keys/material.js';
import { badUuid, invalid, parameterError, type Problem } from '../errors.js';
import type { Answer, Call, Instance, Kind } from '../kind.js';
import { isNewerValue } from '../quirks/newer-parts.js';
import { readEnvelope } from '../request-envelope.js';
import { shadowKeyIds } from '../seeds/ids.js';
import { isUuid } from '../shape.js';
import type { StoredObject } from '../store.js';
import { uniqueProblems } from '../write-object.js';
import { isBlank, isRecord, trim } from './normal-text.js';
import { publicKeyRoutes } from './public-keys.js';
import { lengthProblems } from './rules.js';
import { keyPlaces } from './uses.js';

/** All that a PUT cannot change. Source: FusionAuth docs apis/keys, update: only `name`, and `secret` of a Secret. */
const fixed = [
  'algorithm',
  'certificate',
  'certificateInformation',
  'expirationInstant',
  'issuer',
  'kid',
  'length',
  'privateKey',
  'publicKey',
  'type',
] as const;

/** Keys of Key Master. There is no PATCH, and what a key is made of never leaves. Source: FusionAuth docs apis/keys. */
export const key: Kind = {
  name: 'key',
  label: 'Key',
  path: '/api/key',
  one: 'key',
  many: 'keys',
  idParameter: 'keyId',
  shape: 'Key',
  prepare: withTypeOfClient,
  operations: ['delete', 'list', 'read', 'search', 'update'],
  scope: 'global',
  readOnly: [...fixed, 'hasPrivateKey'],
  kept: ['secret'],
  required: ['name'],
  unique: [{ field: 'name' }, { field: 'kid', caseSensitive: true }],
  usedAt: keyPlaces,
  normalise: (object, { previous }) => {
    const { secret, ...others } = object;
    const isSecret = previous?.['type'] === 'Secret';
    const kept = isSecret ? secret : previous?.['secret'];
    const name = trim(object['name']);
    // "For Secrets, the kid will always match the key name" (FusionAuth docs operate/secure/key-master).
    const kid = isSecret ? name : object['kid'];
    return { ...others, kid, name, ...(kept === undefined ? {} : { secret: kept }) };
  },
  validate: textProblems,
  view: publicView,
  protected: ({ id }) =>
    Object.values<string>(shadowKeyIds).includes(id) ? 'This key is part of FusionAuth and stays as it is.' : undefined,
  search: {
    criteria: { name: 'text', algorithm: 'exact', type: 'exact' },
    columns: {
      name: 'name',
      id: 'id',
      type: 'type',
      algorithm: 'algorithm',
      expiration: 'expirationInstant',
      insertInstant: 'insertInstant',
    },
    orderBy: 'name ASC',
  },
  routes: [
    {
      method: 'POST',
      path: '/api/key/generate/:keyId?',
      endpoint: '/api/key/generate',
      scope: 'global',
      handle: generate,
    },
    {
      method: 'POST',
      path: '/api/key/import/:keyId?',
      endpoint: '/api/key/import',
      scope: 'global',
      handle: importPem,
    },
    ...publicKeyRoutes,
  ],
};

async function generate(call: Call): Promise<Answer> {
  const { instance } = call;
  const { sent: request } = readEnvelope(key, call.body, instance.switches);
  const id = newId(call);
  const { algorithm, length, issuer } = request;
  const problems = [...nameProblems({ ...request, id }, call)];
  if (!isKeyAlgorithm(algorithm) || algorithm === 'None' || isNewer('KeyAlgorithm', algorithm, call)) {
    const kind = isBlank(algorithm) ? 'missing' : 'invalid';
    problems.push({ field: 'algorithm', kind, message: 'An algorithm that a key can be generated for is required.' });
    throw invalid(problems, 'key');
  }
  const { type, lengths } = algorithms[algorithm];
  if (type === 'RSA' && !lengths.some((allowed) => allowed === length)) {
    const kind = isBlank(length) ? 'missing' : 'invalid';
    problems.push({ field: 'length', kind, message: `The length of an RSA key must be one of ${lengths.join(', ')}.` });
  }
  if (problems.length > 0) throw invalid(problems, 'key');
  const material = await generateKey({
    id,
    algorithm,
    ...(typeof length === 'number' ? { length } : {}),
    issuer: typeof issuer === 'string' && issuer !== '' ? issuer : defaultIssuer(instance),
    now: instance.now(),
  });
  // Making a pair takes time, and somebody else may have been faster.
  newId(call);
  return store(call, { id, ...material, name: trim(request['name']) });
}

function importPem(call: Call): Answer {
  const { sent: request } = readEnvelope(key, call.body, call.instance.switches);
  const id = newId(call);
  const problems = [...nameProblems({ ...request, id }, call)];
  const material = importKey(request);
  if (isImportProblem(material)) throw invalid([...problems, material], 'key');
  if (isNewer('KeyType', material.type, call)) {
    problems.push({ field: 'type', kind: 'invalid', message: `This version has no keys of type ${material.type}.` });
  }
  if (problems.length > 0) throw invalid(problems, 'key');
  return store(call, { id, ...material, name: trim(request['name']) });
}

function store({ instance }: Call, object: StoredObject): Answer {
  const problems = [...textProblems(object), ...uniqueProblems(key, object, { instance })];
  if (problems.length > 0) throw invalid(problems, 'key');
  const now = instance.now();
  const stored = { ...object, insertInstant: now, lastUpdateInstant: now };
  instance.store.put('key', stored);
  return { status: 200, body: { key: publicView(stored) } };
}

function isNewer(enumeration: 'KeyAlgorithm' | 'KeyType', value: string, { instance }: Call): boolean {
  return isNewerValue(enumeration, value, instance.fusionauth);
}

function newId({ params, instance }: Call): string {
  const id = params['keyId'];
  if (id === undefined) return instance.uuid();
  if (!isUuid(id)) throw badUuid('keyId', id);
  if (instance.store.get('key', id) === undefined) return id.toLowerCase();
  throw parameterError('duplicate', 'keyId', `A Key with Id = [${id}] already exists.`);
}

function nameProblems(request: StoredObject, { instance }: Call): readonly Problem[] {
  const name = trim(request['name']);
  if (isBlank(name)) return [{ field: 'name', kind: 'blank', message: 'The name is required.' }];
  return uniqueProblems(key, { id: request.id, name }, { instance });
}

/** A kid and a name are columns of 191 characters; "Secrets must be 256 characters or less" (FusionAuth docs apis/keys). */
function textProblems(object: StoredObject): readonly Problem[] {
  const secret = object['type'] === 'Secret' ? lengthProblems(object, ['secret'], longestSecret) : [];
  return [...lengthProblems(object, ['kid', 'name']), ...secret];
}

/** The docs write `SecretKeyValue` where the client has `Secret`. */
function withTypeOfClient(sent: unknown): unknown {
  return isRecord(sent) && sent['type'] === 'SecretKeyValue' ? { ...sent, type: 'Secret' } : sent;
}

/** FusionAuth docs apis/keys: the issuer of the default tenant, where the request names none. */
function defaultIssuer({ store: target, seeds }: Instance): string {
  const issuer = target.get('tenant', seeds.defaultTenant)?.['issuer'];
  return typeof issuer === 'string' && issuer !== '' ? issuer : 'acme.com';
}
