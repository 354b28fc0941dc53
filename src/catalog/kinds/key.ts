import type { KeyRequest } from '@fusionauth/typescript-client';
import type { JsonObject } from '../../model/index.js';
import type { BuiltInLookup, Kind } from '../kind.js';
import { normalized, trimmed, unixLines } from '../normal-text.js';
import { keySince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, without } from '../wire.js';
import { fusionauthApplicationId } from './application.js';

const shadowKeys = {
  'oidc-hs256': '092dbedc-30af-4149-9c61-b578f2c72f59',
  'oidc-hs384': '4b8f1c06-518e-45bd-9ac5-d549686ae02a',
  'oidc-hs512': 'c753a44d-7f2e-48d3-bc4e-c2c16488a23b',
};

const lost =
  'tokens that the old key signed stop being valid when it goes, and everything that names it must be re-pointed';

/**
 * A key of Key Master. Private keys and secrets are never given back, so a key is compared by what can be seen of it, and
 * only its name can change: rotation is a new key (FusionAuth docs: apis/keys).
 */
export const key: Kind = {
  kind: 'key',
  collection: 'keys',
  title: 'key',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: [
    'id',
    'insertInstant',
    'lastUpdateInstant',
    'certificateInformation',
    'expirationInstant',
    'hasPrivateKey',
  ],
  mirrors: [],
  immutable: ['algorithm', 'type', 'length', 'issuer', 'kid', 'publicKey', 'certificate'].map((path) => ({
    path,
    lost,
  })),
  secrets: [
    { path: 'privateKey', readBack: 'never', onOmit: 'kept', source: 'FusionAuth docs: apis/keys' },
    { path: 'secret', readBack: 'never', onOmit: 'kept', source: 'FusionAuth docs: apis/keys' },
  ],
  lists: [],
  completeMaps: [],
  children: [],
  required: ['name'],
  defaults: {},
  builtIns: [
    ...Object.entries(shadowKeys).map(([name, id]) => ({
      name,
      find: { id },
      writable: false,
      source: 'fusionauth-java-client Key: OpenID Connect compliant HMAC keys',
    })),
    {
      name: 'default-signing-key',
      find: { byRole: defaultSigningKey },
      writable: true,
      source:
        'FusionAuth docs: kickstart, FUSIONAUTH_DEFAULT_SIGNING_KEY_ID; UNVERIFIED that it is as old as the Default tenant',
    },
  ],
  files: [],
  since: keySince,
  reads: {
    list: async (client) => listOf((await client.retrieveKeys()).response, 'keys'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveKey(id));
      return answer && oneOf(answer.response, 'key');
    },
  },
  writes: {
    create: async ({ client, id }, body) => {
      const request = asRequest<KeyRequest>({ key: body });
      const answer = isImport(body) ? await client.importKey(id, request) : await client.generateKey(id, request);
      return oneOf(answer.response, 'key');
    },
    // The name is all that a PUT takes, and the value of a `Secret`; there is no PATCH.
    update: async ({ client, id }, body) => {
      const { name, secret, type } = body;
      const value = type === 'Secret' && secret !== undefined ? { secret } : {};
      const request = asRequest<KeyRequest>({ key: { name, ...value } });
      return oneOf((await client.updateKey(id, request)).response, 'key');
    },
    delete: async ({ client, id }) => {
      await client.deleteKey(id);
    },
  },
  traps: [
    'There is no PATCH, and a PUT changes the name only (and the value of a `Secret`): everything else means a new key.',
    'Private keys and secrets are never given back: kedge compares what can be seen.',
  ],
  // White space around a PEM says nothing, and a file ends with a line end.
  canonical: normalized(
    unixLines('publicKey', 'certificate', 'privateKey'),
    trimmed('publicKey', 'certificate', 'privateKey'),
  ),
  // Its private part is gone: what was seen of it would make a key that signs nothing.
  madeAnew: (body, { hasPrivateKey }) =>
    hasPrivateKey === false ? body : without(body, 'publicKey', 'certificate', 'kid'),
  softDelete: false,
  keptWhileUsed: true,
  deleteMeans: 'it leaves the JWKS, and every token it signed stops being valid at once',
  sources: [
    'FusionAuth docs: apis/keys',
    'FusionAuth docs: operate/secure/key-rotation',
    'fusionauth-java-client Key',
    'fusionauth-issues #2486, #2615 (one that is in use is not deleted)',
  ],
};

function isImport(body: JsonObject): boolean {
  return ['publicKey', 'certificate', 'privateKey', 'secret'].some((field) => body[field] !== undefined);
}

/** The one key that was there when the Default tenant was made: a fresh install has one beside the shadow keys. */
function defaultSigningKey(lookup: BuiltInLookup): string | undefined {
  const application = lookup.bodies('application').find((body) => body['id'] === fusionauthApplicationId);
  const tenant = lookup.bodies('tenant').find((body) => body['id'] === application?.['tenantId']);
  const born = tenant?.['insertInstant'];
  if (typeof born !== 'number') return undefined;
  const ids = new Set<unknown>(Object.values(shadowKeys));
  const candidates = lookup.bodies('key').filter((body) => {
    const instant = body['insertInstant'];
    return !ids.has(body['id']) && typeof instant === 'number' && instant <= born;
  });
  const [only, another] = candidates;
  return another === undefined && typeof only?.['id'] === 'string' ? only['id'] : undefined;
}
