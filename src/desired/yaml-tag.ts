import type { ListMode, Location } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import { type ValueTag, valueTags } from './written.js';

const plainTags: ReadonlySet<string> = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`).concat('!'),
);
/** Every tag of the language, for the hint of one that is not. */
const knownTags: readonly string[] = [...valueTags, 'append', 'remove', 'only', 'atLeast', 'unset'];

/** Where a tag stands, and on what. */
export interface TagUse {
  readonly at: Location;
  readonly shape: 'a map' | 'a list' | 'text';
  readonly findings: FindingList;
}

/** Reports a tag that there is not, or that stands on something it cannot stand on. */
export function checkTag(tag: string | undefined, use: TagUse): void {
  if (tag === undefined || plainTags.has(tag)) return;
  const name = tag.startsWith('!') ? tag.slice(1) : undefined;
  if (name === undefined || !knownTags.includes(name)) {
    const shown = name === undefined ? tag.replace('tag:yaml.org,2002:', '!!') : tag;
    badTag(`there is no tag ${shown}`, use, `the tags are ${knownTags.map((known) => `!${known}`).join(', ')}`);
    return;
  }
  const wants = isValueTag(name) ? 'text' : name === 'unset' ? 'nothing' : 'a list';
  badTag(`!${name} takes ${wants}, not ${use.shape}`, use);
}

function badTag(message: string, use: TagUse, hint?: string): void {
  use.findings.add({ code: 'desired/bad-tag', message, hint, at: use.at });
}

/** How a list or map with this tag owns the live one. */
export function modeOf(tag: string | undefined): ListMode | undefined {
  return tag === '!only' ? 'only' : tag === '!atLeast' ? 'atLeast' : undefined;
}

/** True for a tag, without its `!`, that stands for a value. */
export function isValueTag(name: string): name is ValueTag {
  // `includes` asks for one of the tags; any text may be looked for among them.
  return (valueTags as readonly string[]).includes(name);
}
