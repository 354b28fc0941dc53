import { deleteObject } from '../crud.js';
import { madeUp, type Problem } from '../errors.js';
import { valueAt, withValueAt } from '../fields.js';
import { ipv4Number } from '../ip-access.js';
import type { Instance, Kind } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, withoutNullItems } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { ipAccessControlListPlaces } from './uses.js';

/**
 * Ranges of IPv4 addresses, each allowed or blocked. There is a search and no list of all. Source: FusionAuth docs
 * apis/ip-acl; fusionauth-java-client's `IPAccessControlList`.
 */
export const ipAccessControlList: Kind = {
  name: 'ipAccessControlList',
  label: 'IP Access Control List',
  path: '/api/ip-acl',
  one: 'ipAccessControlList',
  many: 'ipAccessControlLists',
  idParameter: 'ipAccessControlListId',
  operations: ['create', 'patch', 'read', 'search', 'update'],
  scope: 'global',
  shape: 'IPAccessControlList',
  defaults: () => ({ entries: [] }),
  required: ['name'],
  unique: [{ field: 'name' }],
  usedAt: ipAccessControlListPlaces,
  normalise: normalList,
  validate: (list) => [...lengthProblems(list, ['name']), ...madeUp(entryProblems(list))],
  search: {
    criteria: { name: 'text' },
    columns: {
      name: 'name',
      id: 'id',
      insertInstant: 'insertInstant',
      lastUpdateInstant: 'lastUpdateInstant',
    },
    orderBy: 'name ASC',
  },
  afterDelete: detach,
  routes: [
    {
      method: 'DELETE',
      path: '/api/ip-acl/:ipAccessControlListId',
      endpoint: '/api/ip-acl',
      scope: 'global',
      handle: (call) => {
        const { ipAclDelete } = call.instance.switches;
        const usedAt = ipAclDelete === 'detached' ? apiKeyPlaces : ipAccessControlListPlaces;
        return deleteObject({ ...ipAccessControlList, usedAt }, call);
      },
    },
  ],
};

/** Without its list a key would let everybody in; tenants and applications may lose theirs. */
const apiKeyPlaces = ipAccessControlListPlaces.filter(({ kind }) => kind === 'apiKey');

/** "Deleting an IP ACL will remove it from any tenants and/or applications it was assigned" (FusionAuth docs apis/ip-acl). */
function detach({ id }: StoredObject, { store }: Instance): void {
  const path = 'accessControlConfiguration.uiIPAccessControlListId';
  for (const kind of ['tenant', 'application']) {
    for (const object of store.all(kind)) {
      if (valueAt(object, path) === id) store.put(kind, { ...withValueAt(object, path, undefined), id: object.id });
    }
  }
}

/**
 * Of the entries for all other addresses the first is kept, without an end; entries are sorted as texts, so that it comes
 * first. Empty `data` is not there. Source: `normalize()` and field initialisers of fusionauth-java-client's
 * `IPAccessControlList` and `IPAccessControlEntry`.
 */
function normalList({ data, ...list }: Fields): Fields {
  const entries: readonly Fields[] = withoutNullItems(list['entries'])
    .filter((entry) => isRecord(entry))
    .map((entry) => ({ ...entry, action: entry['action'] ?? 'Block' }));
  const others = entries.filter(isForAllOthers).slice(0, 1);
  const ranges = entries.filter((entry) => !isForAllOthers(entry));
  const sorted = [...others.map((entry) => ({ ...entry, endIPAddress: undefined })), ...ranges].toSorted(
    (left: Fields, right: Fields) =>
      compareTexts(left['startIPAddress'], right['startIPAddress']) ||
      compareTexts(left['endIPAddress'], right['endIPAddress']),
  );
  return { ...list, entries: sorted, ...(isRecord(data) && Object.keys(data).length > 0 ? { data } : {}) };
}

function isForAllOthers(entry: Fields): boolean {
  return entry['startIPAddress'] === '*';
}

/** Nothing comes last. */
function compareTexts(left: unknown, right: unknown): number {
  if (typeof left !== 'string' || typeof right !== 'string') return Number(isBlank(left)) - Number(isBlank(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Source: FusionAuth docs apis/ip-acl, request body; the codes are
 * UNVERIFIED (switch undocumentedErrors).
 */
function entryProblems(list: StoredObject): readonly Problem[] {
  const entries = withoutNullItems(list['entries']).filter((entry) => isRecord(entry));
  if (entries.length === 0) return [{ field: 'entries', kind: 'missing', message: 'The entries are required.' }];
  const problems = entries.flatMap((entry, index) => (isForAllOthers(entry) ? [] : rangeProblems(entry, index)));
  if (entries.some(isForAllOthers)) return problems;
  const message = 'One entry must have the start [*], for all other addresses.';
  return [...problems, { field: 'entries', kind: 'invalid', message }];
}

function rangeProblems(entry: Fields, index: number): readonly Problem[] {
  const problems = (['startIPAddress', 'endIPAddress'] as const).flatMap((name): readonly Problem[] => {
    const field = `entries[${index}].${name}`;
    const address = entry[name];
    if (isBlank(address)) return [{ field, kind: 'blank', message: `The ${field} is required.` }];
    if (ipv4Number(String(address)) !== undefined) return [];
    return [{ field, kind: 'invalid', message: `The ${field} [${String(address)}] is no IPv4 address.` }];
  });
  if (problems.length > 0) return problems;
  const [start, end] = [entry['startIPAddress'], entry['endIPAddress']].map((address) => ipv4Number(String(address)));
  if (Number(end) >= Number(start)) return [];
  const field = `entries[${index}].endIPAddress`;
  return [{ field, kind: 'invalid', message: `The ${field} must not be less than the start.` }];
}
