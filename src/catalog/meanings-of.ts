import {
  canonicalJson,
  type Edit,
  isJsonList,
  isJsonObject,
  type Json,
  jsonEqual,
  pathOf,
  pointerOf,
  type RiskClass,
  valueAt,
} from '../model/index.js';
import { fieldCovers, visitField } from './field-path.js';
import type { Kind } from './kind.js';
import type { Meaning } from './meaning.js';

/** What one edit means for logins. */
export interface ToldMeaning {
  readonly risk: RiskClass;
  readonly text: string;
}

/** In the order of badness. */
const riskClasses: readonly RiskClass[] = ['safe', 'disruptive', 'destructive', 'irreversible'];

/** Longest text of a value in a sentence, and most items of a list. */
const longest = 80;
const mostItems = 5;

/**
 * What these edits of one object mean by the rules of its kind: gravest first, else in the order of the rules.
 * @param nameOf - what an id is called; undefined for what is no id of anything known.
 */
export function meaningsOf(
  kind: Kind,
  edits: readonly Edit[],
  nameOf: (id: string) => string | undefined = () => undefined,
): readonly ToldMeaning[] {
  if (kind.meanings === undefined || edits.length === 0) return [];
  const sides = sidesOf(edits);
  const told = new Map<string, ToldMeaning>();
  for (const rule of kind.meanings) {
    for (const { key, from, to } of [...sides.values(rule, kind), ...sides.secrets(rule)]) {
      const said = judge(rule, { from, to });
      if (!said) continue;
      const text = sentence(rule.says, { ...said, key, nameOf });
      told.set(text, { risk: rule.risk, text });
    }
  }
  return [...told.values()].sort((left, right) => riskClasses.indexOf(right.risk) - riskClasses.indexOf(left.risk));
}

/** A field before and after. */
interface FieldChange {
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** The key of the map that the path goes through; empty where it goes through none. */
  readonly key: string;
}

interface Sides {
  readonly values: (rule: Meaning, kind: Kind) => readonly FieldChange[];
  readonly secrets: (rule: Meaning) => readonly FieldChange[];
}

/** All edits as two partial bodies, so that a rule finds its field whether an edit is of it or of what it lies in. */
function sidesOf(edits: readonly Edit[]): Sides {
  const [before, after]: [Tree, Tree] = [{}, {}];
  const secrets: string[] = [];
  for (const edit of edits) {
    if (edit.secret) {
      secrets.push(edit.pointer);
      continue;
    }
    if (edit.from !== undefined) put(before, pathOf(edit.pointer), edit.from);
    if (edit.to !== undefined) put(after, pathOf(edit.pointer), edit.to);
  }
  return {
    values: (rule, kind) => {
      const pointers = new Set<string>();
      for (const side of [before, after]) visitField(side, rule.path, (_, at) => pointers.add(pointerOf(at)));
      return [...pointers].map((pointer) => {
        const path = pathOf(pointer);
        // Both hold JSON and nothing else.
        const valueIn = (side: Tree): Json | undefined => (valueAt(side, path) ?? valueAt(kind.defaults, path)) as Json;
        return { key: keyOf(rule.path, path), from: valueIn(before), to: valueIn(after) };
      });
    },
    // What the values were is nobody's to know: that they differ is all there is to say.
    secrets: (rule) =>
      secrets
        .filter((pointer) => rule.when === 'changed' && fieldCovers(rule.path, pointer))
        .map((pointer) => ({ key: keyOf(rule.path, pathOf(pointer)), from: false, to: true })),
  };
}

/** What a rule says of a change, if it is the change that it is about. */
function judge(
  rule: Meaning,
  { from, to }: Omit<FieldChange, 'key'>,
): { readonly from?: Json; readonly to?: Json; readonly items: readonly Json[] } | undefined {
  const values = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), items: [] };
  const when = (holds: boolean): typeof values | undefined => (holds ? values : undefined);
  switch (rule.when) {
    case 'loses':
    case 'gains': {
      const [more, fewer] = rule.when === 'loses' ? [from, to] : [to, from];
      const known = new Set(itemsOf(fewer).map((item) => identity(item, rule.by)));
      const items = itemsOf(more).filter((item) => !known.has(identity(item, rule.by)));
      return items.length === 0 ? undefined : { ...values, items: items.map((item) => named(item, rule.by)) };
    }
    case 'altered': {
      const before = new Map(itemsOf(from).map((item) => [identity(item, rule.by), item]));
      const items = itemsOf(to).filter((item) => {
        const old = before.get(identity(item, rule.by));
        return old !== undefined && !jsonEqual(old, item);
      });
      return items.length === 0 ? undefined : { ...values, items: items.map((item) => named(item, rule.by)) };
    }
    case 'reordered': {
      const [old, now] = [from, to].map((side) => itemsOf(side).map((item) => identity(item, rule.by)));
      const kept = (list: readonly string[] = [], other: readonly string[] = []): readonly string[] =>
        list.filter((item) => other.includes(item));
      return when(canonicalJson(kept(old, now)) !== canonicalJson(kept(now, old)));
    }
    case 'lowered':
    case 'raised': {
      const [old, now] = [from, to].map((side) => (rule.ranks ? rankIn(rule.ranks, side) : side));
      if (typeof old !== 'number' || typeof now !== 'number') return undefined;
      return when(rule.when === 'lowered' ? now < old : now > old);
    }
    case 'turned-on':
      return when(from !== true && to === true);
    case 'turned-off':
      return when(from === true && to !== true);
    case 'becomes':
      return when(to === rule.value && from !== rule.value);
    case 'changed':
      return when(!jsonEqual(from ?? null, to ?? null));
  }
}

function rankIn(ranks: readonly string[], value: Json | undefined): number | undefined {
  const rank = typeof value === 'string' ? ranks.indexOf(value) : -1;
  return rank === -1 ? undefined : rank;
}

/** The items of a list, or the keys of a map. */
function itemsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  if (isJsonList(value)) return value;
  return isJsonObject(value) ? Object.keys(value) : [];
}

function identity(item: Json, by: string | undefined): string {
  return canonicalJson(named(item, by));
}

function named(item: Json, by: string | undefined): Json {
  return by !== undefined && isJsonObject(item) ? (item[by] ?? item) : item;
}

/** The sentence of a rule with the values in it. */
function sentence(
  says: string,
  values: {
    readonly from?: Json;
    readonly to?: Json;
    readonly items: readonly Json[];
    readonly key: string;
    readonly nameOf: (id: string) => string | undefined;
  },
): string {
  const { from, to, items, key, nameOf } = values;
  const texts: Readonly<Record<string, string>> = {
    from: textOf(from, nameOf),
    to: textOf(to, nameOf),
    key: textOf(key, nameOf),
    items: `${items
      .slice(0, mostItems)
      .map((item) => textOf(item, nameOf))
      .join(', ')}${items.length > mostItems ? ` and ${items.length - mostItems} more` : ''}`,
  };
  return says
    .replaceAll(/\[([^\]]*)\]/g, (_, clause: string) => (from === undefined || from === null ? '' : clause))
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => texts[name] ?? '');
}

function textOf(value: Json | undefined, nameOf: (id: string) => string | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  const text = typeof value === 'string' ? (nameOf(value) ?? value) : canonicalJson(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The last key of a map that a path goes through. */
function keyOf(path: string, at: readonly string[]): string {
  const steps = path.replaceAll('{}', '.{}').split('.');
  const place = steps.lastIndexOf('{}');
  return place === -1 ? '' : (at[place] ?? '');
}

/** A partial body on its way. */
interface Tree {
  [name: string]: Json;
}

/** Puts a value at a path. What an edit holds is not changed: an edit within another's value copies what lies on the way. */
function put(tree: Tree, path: readonly string[], value: Json): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    define(tree, name, value);
    return;
  }
  const inner = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const next: Tree = isJsonObject(inner) ? { ...inner } : {};
  put(next, rest, value);
  define(tree, name, next);
}

/** Own, whatever it is called: a key `__proto__` of the instance's is data. */
function define(tree: Tree, name: string, value: Json): void {
  Object.defineProperty(tree, name, { value, enumerable: true, writable: true, configurable: true });
}
