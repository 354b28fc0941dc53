import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { type DesiredState, type DesiredValue, type LiveResource, Secret, valueAt } from '../model/index.js';
import { arbitraryInstance, secretMark } from '../pull/testing/arbitrary-instance.js';
import { ids, liveStateOf } from '../pull/testing/harbour-instance.js';
import { changesOf, loadPulled, namespace, pull } from '../pull/testing/pulled-repository.js';
import { lawRuns } from '../testing/law-runs.js';
import { exportKickstart } from './export-kickstart.js';
import { importKickstart } from './import-kickstart.js';

describe('the laws of kickstarts', () => {
  it('what is exported and imported again is the same desired state', { timeout: 60_000 }, async () => {
    const styles = fc.constantFrom('comment' as const, 'env' as const);
    await fc.assert(
      fc.asyncProperty(arbitraryInstance, styles, fc.boolean(), async (resources, style, includes) => {
        const live = liveStateOf(resources.filter(isComplete));
        const pulled = pull(live, { secrets: style });
        const secrets = Object.fromEntries(pulled.secrets.map(({ name }) => [name, `${secretMark}${name}`]));
        const desired = await loadPulled(pulled.files, secrets);
        const { text, files } = roundTrip(desired, includes);
        const again = await loadPulled(files, secrets);
        expect(statesOf(again)).toEqual(statesOf(desired));
        // A secret that the law makes up is another than the instance's.
        const changes = style === 'comment' ? changesOf(again, live) : [];
        expect(changes).toEqual([]);
        expect(text + JSON.stringify([...files])).not.toContain(secretMark);
      }),
      { numRuns: lawRuns.exportedIsImportedAsItWas },
    );
  });
});

function roundTrip(desired: DesiredState, includes: boolean) {
  const forced = { defaultTenantId: ids.defaultTenant };
  const { files, text } = exportKickstart({ catalog, desired, apiKeySource: 'env:KEY', includes, ...forced });
  const read = (path: string): string => {
    const found = files.get(path);
    if (found === undefined) throw new Error('there is no such file');
    return found;
  };
  const imported = importKickstart({
    catalog,
    file: 'kickstart.json',
    text,
    environment: 'production',
    namespace,
    read,
  });
  return { text, files: imported.files };
}

/** An instance may have what no create takes: an object without something that its kind needs. */
function isComplete({ body, kind: name }: LiveResource): boolean {
  const kind = catalog.kind(name);
  const { type } = body;
  const required = [...kind.required, ...((typeof type === 'string' && kind.types?.[type]?.required) || [])];
  return required.every((path) => {
    const value = valueAt(body, path.split('.'));
    if (Array.isArray(value)) return value.length > 0;
    return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
  });
}

/** What is asked for, secrets by where they come from. */
function statesOf({ resources }: DesiredState): unknown {
  return resources.map(({ fields, id, ref }) => ({ kind: ref.kind, key: ref.key, id, fields: told(fields) }));
}

function told(value: DesiredValue): unknown {
  if (value instanceof Secret) return `secret ${value.source}`;
  if (Array.isArray(value)) return (value as readonly DesiredValue[]).map(told);
  // JSON has no negative zero.
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, told(item)]));
}
