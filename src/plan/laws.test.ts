import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffStates } from '../diff/index.js';
import {
  type DesiredState,
  isJsonObject,
  type Json,
  type JsonObject,
  type LiveState,
  type Plan,
  valueAt,
} from '../model/index.js';
import { lawRuns } from '../testing/law-runs.js';
import { performed } from '../testing/pure-server.js';
import { liveState, smallCatalog } from '../testing/small-catalog.js';
import { smallStates } from '../testing/small-states.js';
import { makePlan } from './index.js';

const empty = liveState([]);

function plan(desired: DesiredState, live: LiveState): Plan {
  const difference = diffStates({ catalog: smallCatalog, desired, live, hashKey: 'laws' });
  return makePlan({
    catalog: smallCatalog,
    desired,
    difference,
    instance: 'https://auth.acme.example',
    serverVersion: '1.69.0',
    hashKey: 'laws',
  });
}

/** An application cannot change its tenant: two generated states may ask for it, which is a refusal, not a law. */
const movesNoApplication = (a: DesiredState, b: DesiredState): boolean =>
  a.resources.every((resource) => {
    const other = b.resources.find((item) => item.ref.kind === resource.ref.kind && item.ref.key === resource.ref.key);
    return resource.ref.kind !== 'application' || !other || other.fields['tenantId'] === resource.fields['tenantId'];
  });

const REDIRECTS = ['oauthConfiguration', 'redirects'];

function withExtraRedirect(body: JsonObject): JsonObject {
  const list = valueAt(body, REDIRECTS);
  const before: readonly Json[] = Array.isArray(list) ? list : [];
  const oauth = isJsonObject(body['oauthConfiguration']) ? body['oauthConfiguration'] : {};
  return { ...body, oauthConfiguration: { ...oauth, redirects: [...before, 'https://evil.example'] } };
}

/** Looks at the fields themselves, without the differ: a differ that is blind would find every plan empty. */
function unmet(desired: DesiredState, live: LiveState): readonly string[] {
  const read = live.kinds.get('application');
  const bodies = read?.known ? read.resources : [];
  return desired.resources.flatMap(({ ref, fields }) => {
    if (ref.kind !== 'application') return [];
    const resource = bodies.find((item) => item.body['name'] === ref.key && item.active !== false);
    const sorted = (list: unknown): string => JSON.stringify(Array.isArray(list) ? list.map(String).sort() : []);
    const redirects = valueAt(fields, REDIRECTS);
    const wrong = redirects !== undefined && sorted(redirects) !== sorted(valueAt(resource?.body, REDIRECTS));
    const data = isJsonObject(fields['data']) ? Object.entries(fields['data']) : [];
    const off = data.filter(([key, value]) => (valueAt(resource?.body, ['data', key]) ?? null) !== value);
    return [...(wrong ? [`${ref.key} redirects`] : []), ...off.map(([key]) => `${ref.key} data ${key}`)];
  });
}

describe('laws of a plan', { timeout: 120_000 }, () => {
  it('what was applied is in step: apply(plan(a)), then plan(a) is empty', () => {
    fc.assert(
      fc.property(smallStates, (a) => {
        const again = plan(a, performed(plan(a, empty), empty));
        expect(again.changes).toEqual([]);
        expect(again.withheld).toEqual([]);
        expect(again.kept).toHaveLength(a.resources.length);
      }),
      { numRuns: lawRuns.appliedIsInStep },
    );
  });

  it('from any state to any other: apply(plan(b)) over a, then plan(b) is empty', () => {
    fc.assert(
      fc.property(smallStates, smallStates, (a, b) => {
        fc.pre(movesNoApplication(a, b));
        const inA = performed(plan(a, empty), empty);
        const inB = performed(plan(b, inA), inA);
        const again = plan(b, inB);
        expect(again.changes).toEqual([]);
        expect(again.withheld).toEqual([]);
        expect(unmet(b, inB)).toEqual([]);
      }),
      { numRuns: lawRuns.fromAnyStateToAnyOther },
    );
  });

  it('the order of the files and of the lists the instance answers with does not matter, to the byte', () => {
    fc.assert(
      fc.property(smallStates, smallStates, (a, b) => {
        fc.pre(movesNoApplication(a, b));
        const live = performed(plan(a, empty), empty);
        const reversed: LiveState = {
          ...live,
          kinds: new Map(
            [...live.kinds]
              .toReversed()
              .map(([kind, read]) => [
                kind,
                read.known ? { known: true, resources: read.resources.toReversed() } : read,
              ]),
          ),
        };
        const backwards = { ...b, resources: b.resources.toReversed(), childLists: b.childLists.toReversed() };
        expect(JSON.stringify(plan(backwards, reversed))).toBe(JSON.stringify(plan(b, live)));
      }),
      { numRuns: lawRuns.orderDoesNotMatter },
    );
  });

  it('one owned field moved behind its back is one update with one edit, and putting it right is one write', () => {
    fc.assert(
      fc.property(smallStates, fc.nat(), (a, which) => {
        const live = performed(plan(a, empty), empty);
        const read = live.kinds.get('application');
        const owners = a.resources.filter((resource) => valueAt(resource.fields, REDIRECTS) !== undefined);
        const owner = owners[which % Math.max(owners.length, 1)];
        fc.pre(owner !== undefined && read?.known === true);
        const tampered = liveState(
          [...live.kinds.values()]
            .flatMap((kind) => (kind.known ? kind.resources : []))
            .map((item) =>
              item.kind === 'application' && item.body['name'] === owner?.ref.key
                ? { ...item, body: withExtraRedirect(item.body) }
                : item,
            ),
        );
        const found = plan(a, tampered);
        expect(found.changes.map(({ change }) => [change.op, change.ref.key])).toEqual([['update', owner?.ref.key]]);
        expect(found.changes[0]?.change).toMatchObject({ edits: [{ pointer: '/oauthConfiguration/redirects' }] });
        expect(plan(a, performed(found, tampered)).changes).toEqual([]);
      }),
      { numRuns: lawRuns.oneMovedFieldIsOneUpdate },
    );
  });

  it('a plan never mentions a field that the files do not own', () => {
    fc.assert(
      fc.property(
        smallStates,
        fc.dictionary(fc.constantFrom('mystery', 'unknown', 'later'), fc.integer()),
        (a, extra) => {
          const live = performed(plan(a, empty), empty);
          const tampered: LiveState = {
            ...live,
            kinds: new Map(
              [...live.kinds].map(([kind, read]) => [
                kind,
                read.known
                  ? {
                      known: true,
                      resources: read.resources.map((item) => ({ ...item, body: { ...item.body, ...extra } })),
                    }
                  : read,
              ]),
            ),
          };
          expect(plan(a, tampered).changes).toEqual([]);
        },
      ),
      { numRuns: lawRuns.onlyOwnedFieldsAreMentioned },
    );
  });
});
