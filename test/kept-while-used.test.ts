import { describe, expect, it } from 'vitest';
import { catalog } from '../src/catalog/index.js';
import { kinds as sandboxKinds } from '../src/sandbox/kinds/registry.js';

/** `a.b[].c` and `a.b{}.c` as the sandbox writes them: `a.b.*.c`. */
const dotted = (path: string): string => path.replaceAll(/\[\]|\{\}/g, '.*');

/** True where the first path leads to what the second one names; `*` stands for any step. */
function covers(place: string, path: string): boolean {
  const [steps, named] = [place.split('.'), path.split('.')];
  return steps.length === named.length && steps.every((step, index) => step === '*' || step === named[index]);
}

describe.each(catalog.kinds.filter((kind) => kind.keptWhileUsed).map((kind) => kind.kind))(
  'a %s, which is kept while it is used,',
  (name) => {
    const places = sandboxKinds.find((kind) => kind.name === name)?.usedAt ?? [];
    const refs = catalog.kinds.flatMap((kind) =>
      kind.refs.filter((ref) => ref.kind === name).map((ref) => ({ kind: kind.kind, path: dotted(ref.path) })),
    );

    it('is used in the sandbox wherever kedge says so', () => {
      expect(refs.length).toBeGreaterThan(0);
      const unknown = refs.filter(
        (ref) => !places.some((place) => place.kind === ref.kind && covers(place.path, ref.path)),
      );
      expect(unknown).toEqual([]);
    });

    it('is used in the sandbox nowhere else, but for what repeats another field', () => {
      const unknown = places.filter(
        ({ kind, path }) =>
          !refs.some((ref) => ref.kind === kind && covers(path, ref.path)) &&
          !(catalog.has(kind) && catalog.kind(kind).mirrors.some((mirror) => dotted(mirror) === path)),
      );
      expect(unknown).toEqual([]);
    });
  },
);
