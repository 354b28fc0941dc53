import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { type DesiredState, isUuid, refText } from '../model/index.js';
import { lawRuns } from '../testing/law-runs.js';
import { logicalKeys } from './logical-keys.js';
import { arbitraryInstance, secretMark } from './testing/arbitrary-instance.js';
import { liveStateOf } from './testing/harbour-instance.js';
import { changesOf, loadPulled, pull } from './testing/pulled-repository.js';

/** What is said of each object, wherever it stands. */
function contentOf({ resources }: DesiredState): Readonly<Record<string, unknown>> {
  return Object.fromEntries(resources.map(({ ref, fields }) => [refText(ref), fields]));
}

/** Kinds that nobody lists: an instance shows none of them by itself. */
const unlisted = new Set(['apiKey', 'entity']);

describe('the laws of pull', () => {
  it('are tried on every kind that can be listed', () => {
    const seen = new Set(fc.sample(arbitraryInstance, 30).flatMap((resources) => resources.map(({ kind }) => kind)));
    expect(catalog.kinds.map(({ kind }) => kind).filter((kind) => !seen.has(kind) && !unlisted.has(kind))).toEqual([]);
  });

  it('files that are loaded again change nothing on the instance they came from', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInstance, async (resources) => {
        const live = liveStateOf(resources);
        expect(changesOf(await loadPulled(pull(live).files), live)).toEqual([]);
      }),
      { numRuns: lawRuns.pulledIsInStep },
    );
  }, 120_000);

  it('so do files of a tenant each, which say the same as files of a kind each', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInstance, async (resources) => {
        const live = liveStateOf(resources);
        const [byKind, byTenant] = [pull(live), pull(live, { layout: 'tenant' })];
        const desired = await loadPulled(byTenant.files);
        expect(changesOf(desired, live)).toEqual([]);
        expect(contentOf(desired)).toEqual(contentOf(await loadPulled(byKind.files)));
        expect(byTenant.notes).toEqual(byKind.notes);
        expect(byTenant.files.has('tenants.yaml')).toBe(false);
      }),
      { numRuns: lawRuns.pulledByTenantIsInStep },
    );
  }, 120_000);

  it('no secret is in any file or note', () => {
    fc.assert(
      fc.property(arbitraryInstance, (resources) => {
        const { files, notes } = pull(liveStateOf(resources));
        expect(JSON.stringify([[...files], notes])).not.toContain(secretMark);
      }),
      { numRuns: lawRuns.pulledShowsNoSecret },
    );
  });

  it('the order in which the instance lists its objects does not count', () => {
    fc.assert(
      fc.property(arbitraryInstance, fc.infiniteStream(fc.nat()), (resources, chance) => {
        const shuffled = resources
          .map((item) => ({ item, at: chance.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        for (const layout of ['kind', 'tenant'] as const) {
          const [once, twice] = [pull(liveStateOf(resources), { layout }), pull(liveStateOf(shuffled), { layout })];
          expect([...twice.files]).toEqual([...once.files]);
          expect(twice.notes).toEqual(once.notes);
        }
      }),
      { numRuns: lawRuns.pulledInAnyOrder },
    );
  });

  it('logical keys are unique and valid, whatever things are called', () => {
    const named = fc.record({ id: fc.uuid(), name: fc.oneof(fc.string({ unit: 'binary' }), fc.uuid()) });
    fc.assert(
      fc.property(fc.uniqueArray(named, { selector: (item) => item.id, maxLength: 12 }), (objects) => {
        const keys = [...logicalKeys(objects, 'thing').values()];
        expect(new Set(keys).size).toBe(objects.length);
        for (const key of keys) {
          expect(key).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
          expect(isUuid(key)).toBe(false);
        }
      }),
      { numRuns: lawRuns.pulledKeysAreValid },
    );
  });
});
