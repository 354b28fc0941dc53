import { type BuiltIn, type Catalog, hasDetail, type Kind, type ReadClient, visitField } from '../catalog/index.js';
import { declaredKinds, idsToRead, ownsDetail } from '../diff/index.js';
import { createReader, createReadClient, rehearse } from '../live/index.js';
import type { DesiredState, JsonObject, KindName, Permission } from '../model/index.js';
import { licensedFeature } from '../plan/index.js';
import type { EnvironmentNeeds } from './environment-needs.js';
import type { NeedList } from './need-list.js';

/** Any object: what it is called does not matter to nobody. */
export const anyId = '00000000-0000-4000-8000-000000000000';

/** What a plan or drift of these files asks. Kinds that the files have nothing to do with are left out: they stay unknown. */
export async function addPlanNeeds(needs: NeedList, of: EnvironmentNeeds): Promise<void> {
  const { catalog, desired } = of;
  await addCommonNeeds(needs, of);
  for (const [name, does] of kindsToList(of)) await addList(needs, catalog.kind(name), does);
  const detailed = desired.resources.filter((item) => ownsDetail(catalog.kind(item.ref.kind), item.fields));
  for (const name of new Set(detailed.map((item) => item.ref.kind)))
    await addGet(needs, catalog.kind(name), 'read by id');
  if (desired.resources.some((item) => licensedFeature(catalog.kind(item.ref.kind), item.fields) !== undefined)) {
    needs.add(await asked(catalog, (reader) => reader.licence()), { subject: 'licence', does: 'read' });
  }
}

/** What a reading of the whole instance asks. @param of.detail - which kinds are read by id as well. */
export async function addWholeNeeds(
  needs: NeedList,
  of: EnvironmentNeeds & { readonly detail: 'all' | 'fields' },
): Promise<void> {
  const { catalog, desired } = of;
  await addCommonNeeds(needs, of);
  const looked = idsToRead({ catalog, desired });
  for (const kind of catalog.kinds) {
    if (kind.parent !== undefined) continue;
    if (kind.reads.byIds && !looked.has(kind.kind)) continue;
    await addList(needs, kind, ['read']);
    const isDetailed = of.detail === 'all' ? hasDetail(kind) : kind.detailFields !== undefined;
    if (isDetailed) await addGet(needs, kind, 'read by id');
  }
}

/** What every reading command asks besides the kinds. */
async function addCommonNeeds(needs: NeedList, of: EnvironmentNeeds): Promise<void> {
  const { catalog } = of;
  needs.add(await asked(catalog, (reader) => reader.serverVersion()), {
    subject: 'version of FusionAuth',
    does: 'read',
  });
  if (!of.recordInInstance) return;
  const { namespace, environment } = of.desired;
  const record = await asked(catalog, (reader) => reader.readRecord({ namespace, environment, recordKey: '' }));
  needs.add(record, { subject: 'record of the last apply', does: 'searched for' });
}

/** Notes what reading one object of a kind asks. */
export async function addGet(needs: NeedList, kind: Kind, does: string): Promise<void> {
  needs.add(await getting(kind), { subject: kind.title, does });
}

/** The permissions that reading one object of a kind by id needs. */
export async function getting(kind: Kind): Promise<readonly Permission[]> {
  return reading((client) => kind.reads.get(client, { id: anyId, parentId: anyId }));
}

async function addList(needs: NeedList, kind: Kind, reasons: readonly string[]): Promise<void> {
  const { byIds, list } = kind.reads;
  const permissions = await reading((client) => (byIds ? byIds(client, [anyId]) : list(client)));
  for (const does of reasons) needs.add(permissions, { subject: kind.title, does });
}

/** The kinds that a plan lists, and what for. A child kind is listed with its parent. */
function kindsToList(of: EnvironmentNeeds): ReadonlyMap<KindName, readonly string[]> {
  const { catalog, desired } = of;
  const found = new Map<KindName, Set<string>>();
  const add = (name: KindName, why: string): void => {
    const top = topOf(catalog, name);
    found.set(top, (found.get(top) ?? new Set()).add(why));
  };
  const declared = declaredKinds(desired);
  for (const name of declared.keys()) add(name, 'read');
  if (
    desired.resources.some(({ ref, fields }) => catalog.kind(ref.kind).scope === 'tenant' && !('tenantId' in fields))
  ) {
    if (of.defaultTenantId === undefined) add('tenant', 'searched for the tenant that is meant where none is named');
  }
  // What is read anyhow needs no other reason.
  const others = new Map<KindName, Set<string>>();
  const search = (name: KindName, builtIn: BuiltIn): void => {
    const top = topOf(catalog, name);
    if (!found.has(top)) others.set(top, (others.get(top) ?? new Set()).add(`searched for the ${builtIn.name}`));
  };
  for (const { kind, builtIn } of builtInsOf(catalog, desired)) {
    if ('id' in builtIn.find) continue;
    search(kind.kind, builtIn);
    const bodies = (name: KindName): readonly JsonObject[] => {
      search(name, builtIn);
      return [];
    };
    builtIn.find.byRole({ bodies });
  }
  return new Map([...found, ...others].map(([name, why]) => [name, [...why]]));
}

/** The built-ins that these files may mean: those of a declared kind, which must never be pruned, and those they name. */
function builtInsOf(
  catalog: Catalog,
  desired: DesiredState,
): readonly { readonly kind: Kind; readonly builtIn: BuiltIn }[] {
  const declared = new Set(declaredKinds(desired).keys());
  const named = new Set<string>();
  const note = (value: unknown): void => {
    if (typeof value === 'string' && value.startsWith('builtin:')) named.add(value.slice('builtin:'.length));
  };
  for (const { ref, id, fields } of desired.resources) {
    note(id);
    for (const { path } of catalog.kind(ref.kind).refs) visitField(fields, path, note);
  }
  return catalog.kinds.flatMap((kind) =>
    kind.builtIns
      .filter(({ name }) => declared.has(kind.kind) || named.has(name))
      .map((builtIn) => ({ kind, builtIn })),
  );
}

function topOf(catalog: Catalog, name: KindName): KindName {
  const { parent } = catalog.kind(name);
  return parent === undefined ? name : topOf(catalog, parent);
}

async function reading(use: (client: ReadClient) => Promise<unknown>): Promise<readonly Permission[]> {
  return rehearse(async (transport) => use(await createReadClient(transport)));
}

async function asked(
  catalog: Catalog,
  use: (reader: ReturnType<typeof createReader>) => Promise<unknown>,
): Promise<readonly Permission[]> {
  return rehearse((transport) => use(createReader({ transport, catalog })));
}
