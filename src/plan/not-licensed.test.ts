import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { Change, DesiredObject, Licence, Plan, Ref } from '../model/index.js';
import { desiredState, place, wanted } from '../testing/small-catalog.js';
import { findNotLicensed, needsLicence } from './not-licensed.js';

const community: Licence = { licensed: false, features: new Map([['connectors', 'DISABLED']]) };
const starter: Licence = { licensed: true, features: new Map([['connectors', 'DISABLED']]) };
const enterprise: Licence = { licensed: true, features: new Map([['connectors', 'ACTIVE']]) };
const directory: Ref = { kind: 'connector', key: 'directory' };

function planOf(...changes: readonly Change[]): Plan {
  const planned = changes.map((change) => ({ change, after: [], locks: [], risk: 'safe' as const, reasons: [] }));
  return {
    version: 1,
    environment: 'production',
    namespace: '6f1c0e1e-5a0b-4a3e-9d5e-0d9a4c1b2a33',
    instance: 'https://auth.acme.example',
    serverVersion: '1.69.0',
    hashKeyId: 'a-key',
    changes: planned,
    kept: [],
    withheld: [],
    released: [],
    notCompared: [],
    unmanaged: [],
    unknownKinds: [],
    recorded: false,
    digest: '',
  };
}

const create = (ref: Ref, fields: DesiredObject): Change => ({
  op: 'create',
  ref,
  id: '1',
  overlay: { fields, listModes: {} },
  edits: [],
});
const made = planOf(create(directory, { type: 'LDAP' }));
const found = (licence: Licence, plan: Plan = made): readonly string[] =>
  findNotLicensed({ catalog, plan, desired: desiredState([wanted(directory, {})]), licence }).map(
    (finding) => `${finding.at?.line ?? '-'} ${finding.message}`,
  );

describe('what a licence does not include', () => {
  it('is told with its place, and whether there is a licence at all', () => {
    expect(found(community)).toEqual([
      `${place().line} connector/directory needs a licence with connectors, and the instance has no licence`,
    ]);
    expect(found(starter)).toEqual([
      `${place().line} connector/directory needs connectors, which the licence of the instance does not include`,
    ]);
    expect(found(enterprise)).toEqual([]);
  });

  it('has no place where nothing in the files asks for it', () => {
    const other: Ref = { kind: 'entityType', key: 'device' };
    expect(found(community, planOf(create(other, {})))).toEqual([
      '- entityType/device needs a licence with entityManagement, and the instance has no licence',
    ]);
  });

  it('matters only to what is written and is of a licensed kind and type', () => {
    const deleted: Change = { op: 'delete', ref: directory, id: '1', why: 'prune' };
    const kept: Change = { op: 'keep', ref: directory, id: '1', overlay: { fields: {}, listModes: {} } };
    const plans = {
      licensed: made,
      ofAnotherType: planOf(create(directory, { type: 'FusionAuth' })),
      ofNoType: planOf(create(directory, {})),
      deleted: planOf(deleted),
      kept: planOf(kept),
      free: planOf(create({ kind: 'tenant', key: 'acme' }, {})),
    };
    const needed = Object.entries(plans).flatMap(([name, plan]) => (needsLicence({ catalog, plan }) ? [name] : []));
    expect(needed).toEqual(['licensed']);
  });
});
