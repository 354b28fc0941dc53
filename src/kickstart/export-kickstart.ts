import type { Catalog, Kind } from '../catalog/index.js';
import { diffStates } from '../diff/index.js';
import {
  type Change,
  changeKey,
  type DesiredState,
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
  overlayFields,
  refText,
} from '../model/index.js';
import { absentObjects, withObjects } from './absent-objects.js';
import { creationOrder } from './creation-order.js';
import { characterVariables, escapedText } from './escaped-text.js';
import { type ForcedIds, freshInstall, fusionauthApplicationId } from './fresh-install.js';
import { createIncludedTexts } from './included-texts.js';
import type { KickstartNote } from './kickstart-note.js';
import { withoutReferences } from './lost-references.js';
import { type DraftRequest, requestsOfCreate, requestsOfUpdate, type Wanted } from './requests-of-change.js';
import { createSecretVariables, type EnvironmentVariable, type SecretVariables } from './secret-variables.js';

/** What to export. */
export interface ExportKickstartOptions extends ForcedIds {
  readonly catalog: Catalog;
  /** With secrets that need not have values: only where they come from is written. */
  readonly desired: DesiredState;
  /** Where the API key comes from that the kickstart makes first, as the files say it: `env:NAME`. */
  readonly apiKeySource: string;
  /** The tenant of applications and groups that name none; the Default tenant unless given. */
  readonly ownTenantId?: string | undefined;
  /** Id of a theme → all its messages, where an instance has shown them: the files may own only some. */
  readonly messages?: ReadonlyMap<string, string> | undefined;
  /** Long texts go into files beside the kickstart; otherwise they stand in it. */
  readonly includes: boolean;
  /** The e-mail address of a user who may do everything in the admin UI. */
  readonly admin?: string | undefined;
}

/** A kickstart and what it includes. */
export interface ExportedKickstart {
  /** The text of the kickstart.json. */
  readonly text: string;
  /** Path beside the kickstart.json → text, for what it includes with `@{…}`. */
  readonly files: ReadonlyMap<string, string>;
  /** What must be set where FusionAuth is started, by name. */
  readonly variables: readonly EnvironmentVariable[];
  readonly notes: readonly KickstartNote[];
  /** How many requests it makes. */
  readonly requests: number;
}

/**
 * A kickstart that makes of a fresh FusionAuth what the files say. Ids are those that an apply would give, so that what
 * is made is found again. Pure; equal input gives equal bytes.
 * @throws {@link KedgeError} where the files do not fit together, as a plan would.
 */
export function exportKickstart(options: ExportKickstartOptions): ExportedKickstart {
  const { admin, desired } = options;
  const forced = forcedIds(options);
  const fresh = freshInstall(options.catalog, forced);
  const secrets = createSecretVariables();
  const texts = createIncludedTexts();
  const { drafts, notes, managesKeys } = draftRequests(options, { fresh, secrets, texts });
  const expressions = new Map([...fresh.variables, ...secrets.expressions, ...texts.expressions]);
  const requests = drafts.map((draft) => writtenRequest(draft, expressions));
  if (admin !== undefined) requests.push(adminRequest(admin, secrets));
  const apiKey = {
    key: secrets.named(/^env:(\w+)$/.exec(options.apiKeySource)?.[1] ?? 'KICKSTART_API_KEY', options.apiKeySource),
    description: `kedge, ${escapedText(desired.environment)}`,
    // Only such a key may make others (FusionAuth docs: apis/api-keys).
    ...(managesKeys && { keyManager: true }),
  };
  const variables = { ...forced, ...usedCharacters(JSON.stringify(requests)) };
  const document = { ...(Object.keys(variables).length > 0 && { variables }), apiKeys: [apiKey], requests };
  return {
    text: `${JSON.stringify(document, null, 2)}\n`,
    files: texts.files,
    variables: secrets.variables(),
    notes,
    requests: requests.length,
  };
}

/** What a kickstart has to say something about: nothing is deleted, replaced or reactivated where nothing is yet. */
type Written = Change & { readonly op: 'create' | 'adopt' | 'update' };

function isWritten(change: Change): change is Written {
  return change.op === 'create' || change.op === 'adopt' || change.op === 'update';
}

interface Collectors {
  readonly fresh: ReturnType<typeof freshInstall>;
  readonly secrets: SecretVariables;
  readonly texts: ReturnType<typeof createIncludedTexts>;
}

function draftRequests(
  { catalog, desired, includes, messages, ownTenantId }: ExportKickstartOptions,
  { fresh, secrets, texts }: Collectors,
): {
  readonly drafts: readonly DraftRequest[];
  readonly notes: readonly KickstartNote[];
  readonly managesKeys: boolean;
} {
  const absent = absentObjects(desired, fresh.live);
  const live = withObjects(fresh.live, absent);
  const { changes, dependencies } = diffStates({
    catalog,
    desired,
    live,
    hashKey: 'kickstart',
    defaultTenantId: ownTenantId,
  });
  const notes: KickstartNote[] = absent.map(({ ref }) => {
    const message = 'is only looked up, and a fresh instance does not have it: references to it are left out';
    return { kind: ref.kind, object: ref.key, message };
  });
  const absentIds = new Set(absent.map(({ id }) => id));
  const wanted = new Map<string, Wanted & { readonly isNew: boolean }>();
  // A create that is completed by an update is one object here: this order breaks circles in its own way.
  const completed = new Map(changes.flatMap((change) => (isCompletion(change) ? [[refText(change.ref), change]] : [])));
  for (const change of changes.filter(isWritten)) {
    const { id, overlay, parentId, ref } = change;
    if (completed.has(refText(ref)) && !isCompletion(change)) continue;
    const kind = catalog.kind(ref.kind);
    const isNew = change.op === 'create' || isCompletion(change);
    const fields = secrets.replaced(ref, overlay.fields);
    // Secrets are texts by now: what is left is JSON. `null` in a PATCH takes a value away.
    const whole = isNew ? overlayFields({}, { ...overlay, fields }) : (fields as JsonObject);
    const all = isNew && whole['defaultMessages'] !== undefined ? messages?.get(id) : undefined;
    const complete = all === undefined ? whole : { ...whole, defaultMessages: all };
    const { body, lost } = withoutReferences(kind, complete, absentIds);
    const message = 'refers to an object that a fresh instance does not have: left out';
    notes.push(...lost.map((field) => ({ kind: kind.kind, object: ref.key, field, message })));
    if (all === undefined) notes.push(...notesOf(kind, ref.key, body, isNew));
    const tenantId = isInTenant(catalog, kind) ? change.tenantId : undefined;
    const included = includes ? texts.included(kind, ref.key, body) : body;
    wanted.set(refText(ref), { kind, id, parentId, tenantId, isNew, body: included });
  }
  const tenants = new Map([...wanted].flatMap(([text, { kind, id }]) => (kind.kind === 'tenant' ? [[id, text]] : [])));
  const { order, early } = creationOrder(
    [...wanted].map(([text, { tenantId = '' }]) => {
      // A tenant that is named by the settings alone is no reference in the files.
      const tenant = tenants.get(tenantId);
      const completion = completed.get(text);
      const later = completion ? (dependencies.get(changeKey(completion)) ?? []) : [];
      const after = new Set([...(dependencies.get(text) ?? []), ...later, ...(tenant === undefined ? [] : [tenant])]);
      after.delete(text);
      return { text, after: [...after] };
    }),
  );
  const parts = order.flatMap((text) => {
    const item = wanted.get(text);
    if (!item) return [];
    const missing = [...(early.get(text) ?? [])].flatMap((other) => wanted.get(other)?.id ?? []);
    return [item.isNew ? requestsOfCreate(item, new Set(missing)) : requestsOfUpdate(item)];
  });
  return {
    drafts: [...parts.flatMap(({ now }) => now), ...parts.flatMap(({ later }) => later)],
    notes,
    managesKeys: [...wanted.values()].some(({ kind }) => kind.kind === 'apiKey'),
  };
}

function isCompletion(change: Change): boolean {
  return change.op === 'update' && change.completes === true;
}

/** What comes out otherwise than the files may make one think. */
function notesOf(kind: Kind, object: string, body: JsonObject, isNew: boolean): readonly KickstartNote[] {
  if (!isNew) return [];
  const material = ['privateKey', 'publicKey', 'certificate', 'secret'];
  if (kind.kind === 'key' && material.every((field) => body[field] === undefined))
    return [{ kind: kind.kind, object, message: 'is generated anew: each instance has material of its own' }];
  if (kind.kind === 'apiKey' && body['key'] === undefined)
    return [{ kind: kind.kind, object, field: 'key', message: 'is not in the files: FusionAuth makes one up' }];
  if (kind.kind === 'theme' && body['defaultMessages'] !== undefined) {
    const message = 'must have every message of the default theme: FusionAuth refuses a kickstart that lacks one';
    return [{ kind: kind.kind, object, field: 'defaultMessages', message }];
  }
  return [];
}

function isInTenant(catalog: Catalog, kind: Kind): boolean {
  return kind.scope === 'tenant' || (kind.parent !== undefined && isInTenant(catalog, catalog.kind(kind.parent)));
}

/** One of `requests`, as it stands in the file. */
interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  readonly tenantId?: string;
  readonly contentType?: string;
  readonly body: Json;
}

function writtenRequest(draft: DraftRequest, expressions: ReadonlyMap<string, string>): WrittenRequest {
  const { method, path, tenantId, contentType, body } = draft;
  return {
    method,
    url: `/api/${path.map((step) => expressions.get(step) ?? encodeURIComponent(step)).join('/')}`,
    ...(tenantId !== undefined && { tenantId: expressions.get(tenantId) ?? tenantId }),
    ...(contentType !== undefined && { contentType }),
    body: written(body, expressions),
  };
}

function written(value: Json, expressions: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return expressions.get(value) ?? escapedText(value);
  if (isJsonList(value)) return value.map((item) => written(item, expressions));
  if (!isJsonObject(value)) return value;
  // Ids stand as keys too: those of applications in an identity provider.
  const entries = Object.entries(value).map(
    ([key, item]) => [expressions.get(key) ?? escapedText(key), written(item, expressions)] as const,
  );
  return Object.fromEntries(entries);
}

/** A user with the role that may do everything in the admin UI (FusionAuth docs: kickstart, "Create an admin user"). */
function adminRequest(email: string, secrets: SecretVariables): WrittenRequest {
  const password = secrets.named('KICKSTART_ADMIN_PASSWORD', 'the password of the administrator, of your choice');
  return {
    method: 'POST',
    url: '/api/user/registration',
    tenantId: '#{FUSIONAUTH_TENANT_ID}',
    body: {
      user: { email: escapedText(email), password },
      registration: { applicationId: fusionauthApplicationId, roles: ['admin'] },
    },
  };
}

/** A tenant that others are in without naming it is the Default tenant, where the files do not make it. */
function forcedIds(options: ExportKickstartOptions): ForcedIds {
  const { desired, ownTenantId, tenantManagerApplicationId } = options;
  const isMade = desired.resources.some(({ id }) => id !== undefined && id.toLowerCase() === ownTenantId);
  const defaultTenantId = options.defaultTenantId ?? (isMade ? undefined : ownTenantId);
  return {
    ...(defaultTenantId !== undefined && { defaultTenantId }),
    ...(tenantManagerApplicationId !== undefined && { tenantManagerApplicationId }),
  };
}

function usedCharacters(json: string): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(characterVariables).filter(([name]) => json.includes(`#{${name}}`)));
}
