import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalar, parseDocument, Scalar, visit } from 'yaml';
import type { Json, LiveResource } from '../../model/index.js';
import { arbitraryInstance, secretMark } from '../testing/arbitrary-instance.js';
import { freshResources, liveStateOf } from '../testing/harbour-instance.js';
import { lawRuns } from '../../testing/law-runs.js';
import { pull } from '../testing/pulled-repository.js';
import { type Files, planOf, update } from '../testing/updated-repository.js';
import { readSource } from './source-file.js';

const folder = 'environments/production';

/** An endless supply of numbers below a bound, for what is made of a value after it is drawn. */
type Chance = (below: number) => number;
/** Seeded, so that a failed run can be run again. */
function chanceOf(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
}

/** The same YAML as other people write it: quotes, brackets, other indents, comments everywhere, `\r\n`, a byte order mark. */
function restyled(text: string, roll: Chance): string {
  const document = parseDocument(text, { logLevel: 'silent', keepSourceTokens: false });
  visit(document, {
    Scalar: (key, node, path) => {
      if (typeof node.value !== 'string' || node.tag !== undefined || path.length < 3) return;
      if (roll(4) === 0) node.type = roll(2) === 0 ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE;
      if (key !== 'key' && /[\r\n]/.test(node.value))
        node.type = roll(2) === 0 ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL;
      // Of a block that begins with a space the library gets the indent wrong where it is not two.
      if (/[\r\n]/.test(node.value) && /^\s|\r/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
    Map: (_, node, path) => {
      if (path.length > 5 && !node.comment && roll(4) === 0) node.flow = true;
    },
    Seq: (_, node) => {
      if (roll(3) === 0) node.flow = false;
    },
  });
  visit(document, { Map: (_, node) => void (node.flow === true && (node.comment = null)) });
  const plain = document.toString({
    doubleQuotedMinMultiLineLength: 1e9,
    lineWidth: 0,
    indent: roll(2) === 0 ? 2 : 4,
    indentSeq: roll(2) === 0,
  });
  const commented = withComments(plain, roll);
  const ended = roll(5) === 0 ? commented.trimEnd() : commented;
  const broken = roll(3) === 0 ? ended.replaceAll('\n', '\r\n') : ended;
  return roll(5) === 0 ? `\uFEFF${broken}` : broken;
}

/** Comments on lines of their own, and behind whatever a comment can stand behind. */
function withComments(text: string, roll: Chance): string {
  const source = readSource('x.yaml', text);
  const inside = new Set<number>();
  const document = parseDocument(text, { logLevel: 'silent' });
  visit(document, {
    Node: (_, node) => {
      const range = 'range' in node ? node.range : undefined;
      if (!range) return;
      const [from, to] = [source.place(range[0]).line, source.place(Math.max(range[0], range[1] - 1)).line];
      const isBlock = isScalar(node) && String(node.type).startsWith('BLOCK_');
      const isWhole = isScalar(node) || ('flow' in node && node.flow === true);
      if (isWhole) for (let line = from + 1; line <= to; line += 1) inside.add(line);
      if (isWhole && !isBlock && to > from) inside.add(-from);
    },
  });
  let count = 0;
  const lines = text.split('\n').flatMap((line, index) => {
    const number = index + 1;
    if (inside.has(number)) return [line];
    const indent = /^ */.exec(line)?.[0] ?? '';
    const above = roll(3) === 0 ? [`${indent}# above ${(count += 1)}`] : [];
    const canEnd = line.trim() !== '' && !line.includes('#') && !inside.has(-number);
    return [...above, canEnd && roll(3) === 0 ? `${line} # beside ${(count += 1)}` : line];
  });
  return lines.join('\n');
}

/** The instance some time later: objects have the fields of others, some are new, some are gone. */
function later(before: readonly LiveResource[], other: readonly LiveResource[], roll: Chance): readonly LiveResource[] {
  const fresh = new Set(freshResources().map(({ kind, id }) => `${kind}:${id}`));
  const single = new Set(['systemConfiguration', 'integrations', 'tenantManagerConfiguration']);
  const own = (list: readonly LiveResource[]): readonly LiveResource[] =>
    list.filter(({ kind, id }) => !fresh.has(`${kind}:${id}`));
  const ids = new Map<string, string>();
  const groups = byParent(own(other));
  const mine = byParent(own(before));
  const sorted = [...groups].sort(([a], [b]) => Number(/ \S+ $/.test(a)) - Number(/ \S+ $/.test(b)));
  for (const [group, list] of sorted) {
    const [kind = '', parent = '', type = ''] = group.split(' ');
    const there = mine.get(`${kind} ${ids.get(parent) ?? parent} ${type}`) ?? [];
    for (const [index, item] of list.entries()) ids.set(item.id, there[index]?.id ?? item.id);
  }
  const mapped = (value: unknown): unknown =>
    JSON.parse([...ids].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
  const result = new Map(before.map((item) => [`${item.kind}:${item.id}`, item]));
  for (const item of own(other)) {
    // An id is replaced by an id: the shape stays.
    const next = mapped(item) as LiveResource;
    if (single.has(item.kind) || roll(3) > 0) result.set(`${next.kind}:${next.id}`, next);
  }
  const reached = new Set(ids.values());
  const gone = own(before).filter(({ id, kind }) => !reached.has(id) && !single.has(kind) && roll(2) === 0);
  // What something still refers to cannot be deleted, and what is inside goes with it.
  for (const item of gone) {
    const parts = [...result.values()].filter(({ id, parentId }) => id === item.id || parentId === item.id);
    const rest = JSON.stringify([...result.values()].filter((one) => !parts.includes(one)));
    if (parts.some(({ id }) => rest.includes(id))) continue;
    for (const part of parts) result.delete(`${part.kind}:${part.id}`);
  }
  return withUniqueNames([...result.values()].filter(hasParent), before);

  function hasParent(item: LiveResource): boolean {
    return item.parentId === undefined || [...result.values()].some(({ id }) => id === item.parentId);
  }
}

function byParent(resources: readonly LiveResource[]): ReadonlyMap<string, readonly LiveResource[]> {
  const groups = new Map<string, LiveResource[]>();
  for (const item of resources) {
    // No object becomes one of another type.
    const { type = '' } = item.body;
    const group = `${item.kind} ${item.parentId ?? ''} ${typeof type === 'string' ? type : ''}`;
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  return groups;
}

/**
 * No server has two objects of one name where a name is a natural key. A name that another object had before is one that no
 * plan can tell whose it is.
 */
function withUniqueNames(resources: readonly LiveResource[], before: readonly LiveResource[]): readonly LiveResource[] {
  const nameIn = ({ kind, parentId, body }: LiveResource, name: unknown = body['name'] ?? body['code']): string =>
    `${kind} ${parentId} ${typeof name === 'string' ? name.trim().toLowerCase() : ''}`;
  const owners = new Map(before.map((item) => [nameIn(item), item.id]));
  return resources.map((item) => {
    const field = typeof item.body['name'] === 'string' ? 'name' : 'code';
    const name: Json | undefined = item.body[field];
    if (typeof name !== 'string') return item;
    let free = name;
    const isFree = (): boolean => (owners.get(nameIn(item, free)) ?? item.id) === item.id;
    for (let count = 2; !isFree(); count += 1) free = `${name} ${count}`;
    owners.set(nameIn(item, free), item.id);
    return { ...item, body: { ...item.body, [field]: free } };
  });
}

/** The comments of each file, in their order. */
function comments(files: Files): Readonly<Record<string, readonly string[]>> {
  const yaml = Object.entries(files).filter(([path]) => path.endsWith('.yaml'));
  return Object.fromEntries(
    yaml.map(([path, text]) => [path, [...text.matchAll(/# (?:above|beside) \d+/g)].map(([comment]) => comment)]),
  );
}

describe('the laws of a pull on top of files', () => {
  it('holds for any style of the files and any change of the instance', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInstance, arbitraryInstance, fc.nat(), async (before, other, seed) => {
        const roll = chanceOf(seed);
        const files: Record<string, string> = {};
        for (const [path, text] of pull(liveStateOf(before)).files)
          files[`${folder}/${path}`] = path.endsWith('.yaml') ? restyled(text, roll) : text;
        expect(await planOf(files, liveStateOf(before))).toEqual([]);
        expect([...(await update(files, liveStateOf(before))).files]).toEqual([]);
        const live = liveStateOf(later(before, other, roll));
        const updated = await update(files, live, { prune: true });
        expect(updated.findings).toEqual([]);
        const after = await planOf(updated.all, live);
        expect(after.filter((change) => !isLeft(change, updated.left))).toEqual([]);
        expect(comments(updated.all)).toMatchObject(comments(files));
        expect([...(await update(updated.all, live, { prune: true })).files]).toEqual([]);
        expect(JSON.stringify([[...updated.files], updated.notes])).not.toContain(secretMark);
      }),
      { numRuns: lawRuns.updatedIsInStep, endOnFailure: true },
    );
  }, 120_000);
});

function isLeft(
  change: { readonly ref: { readonly kind: string; readonly key: string } },
  left: ReadonlySet<string>,
): boolean {
  const text = `${change.ref.kind}/${change.ref.key}`;
  return [...left].some((item) => item === text || item.startsWith(`${text} `));
}
