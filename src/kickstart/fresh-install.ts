import type { Catalog } from '../catalog/index.js';
import { derivedId, type JsonObject, type LiveKind, type LiveResource, type LiveState } from '../model/index.js';

/** An instance as a kickstart meets it, with ids that stand for what FusionAuth calls its own. */
export interface FreshInstall {
  readonly live: LiveState;
  /** Id → the variable that stands for it in a kickstart. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Ids of an instance that its copy shall have too: a kickstart can force these two. */
export interface ForcedIds {
  readonly defaultTenantId?: string | undefined;
  readonly tenantManagerApplicationId?: string | undefined;
}

/** The application that the admin UI logs in to; the same id on every instance (FusionAuth docs: core concepts). */
export const fusionauthApplicationId = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
/** Fixed, while the id of the Tenant Manager is not (FusionAuth docs: core concepts, roles). */
const tenantManagerAdminRoleId = '631ecd9d-8d40-4c13-8277-80cedb823714';
const born = 1;

/** Lambdas that FusionAuth makes by itself, and has a variable for (FusionAuth docs, kickstart, "Default entities"). */
const lambdas: readonly (readonly [type: string, name: string])[] = [
  ['AppleReconcile', 'Apple'],
  ['FacebookReconcile', 'Facebook'],
  ['GoogleReconcile', 'Google'],
  ['OpenIDReconcile', 'OpenID Connect'],
  ['SAMLv2Reconcile', 'SAML v2'],
  ['TwitterReconcile', 'Twitter'],
];

/** A stand-in for an id that only the install itself will know. */
export function placeholderId(kind: string, key: string): string {
  return derivedId({ namespace: 'a fresh install', kind, key });
}

/**
 * What is there when a kickstart begins, as far as the files can refer to it or change it. Bodies are bare on purpose:
 * whatever the files say of a built-in is written, whether or not a fresh install has it already.
 * Source: FusionAuth docs, kickstart ("Environment Variables") and core concepts.
 */
export function freshInstall(catalog: Catalog, forced: ForcedIds): FreshInstall {
  const variables = new Map<string, string>();
  const resources: LiveResource[] = [];
  const add = (kind: string, id: string, body: JsonObject, more: Partial<LiveResource> = {}): void => {
    resources.push({ kind, id, body: { ...body, id }, detailed: true, ...more });
  };
  const named = (kind: string, variable: string, id = placeholderId(kind, variable)): string => {
    variables.set(id, `#{${variable}}`);
    return id;
  };
  const tenantId = named('tenant', 'FUSIONAUTH_TENANT_ID', forced.defaultTenantId);
  const managerId = named('application', 'TENANT_MANAGER_ID', forced.tenantManagerApplicationId);
  const signingKeyId = named('key', 'FUSIONAUTH_DEFAULT_SIGNING_KEY_ID');
  add('tenant', tenantId, { name: 'Default', insertInstant: born });
  add('application', fusionauthApplicationId, { name: 'FusionAuth', tenantId }, { active: true });
  add('application', managerId, { name: 'Tenant manager', tenantId }, { active: true });
  add('role', tenantManagerAdminRoleId, { name: 'admin' }, { parentId: managerId });
  add('key', signingKeyId, { insertInstant: born });
  for (const [type, name] of [
    ['adminUser', 'User'],
    ['adminRegistration', 'Registration'],
  ] as const) {
    const id = named('form', `FUSIONAUTH_FORM[${type}]_ID`);
    add('form', id, { name: `Default Admin ${name} provided by FusionAuth`, type });
  }
  for (const [type, name] of lambdas) {
    const id = named('lambda', `FUSIONAUTH_LAMBDA[${type}]_ID`);
    add('lambda', id, { name: `Default ${name} Reconcile provided by FusionAuth`, type });
  }
  for (const kind of catalog.kinds) {
    if (kind.scope === 'singleton') add(kind.kind, kind.kind, {});
    for (const { find } of kind.builtIns) {
      if ('id' in find && !resources.some((item) => item.kind === kind.kind && item.id === find.id))
        add(kind.kind, find.id, {});
    }
  }
  const kinds = new Map<string, LiveKind>(
    catalog.kinds.map(({ kind }) => [
      kind,
      { known: true, resources: resources.filter((resource) => resource.kind === kind) },
    ]),
  );
  return { live: { serverVersion: undefined, kinds }, variables };
}
