import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Kind } from '../../catalog/index.js';
import { type DesiredResource, refText } from '../../model/index.js';
import { isAllOwn, isForEach, type Known, placeOf } from './known-state.js';
import { leave } from './refusals.js';
import type { SourceFile } from './source-file.js';
import { addDrop, listChange, type PulledEdit, type ToWrite } from './to-write.js';

/** Something that the files declare and the instance does not have. */
export function takeGone(known: Known, out: ToWrite, resource: DesiredResource): void {
  const kind = known.options.catalog.kind(resource.ref.kind);
  const parentGone = resource.parent && !known.options.difference.live.has(refText(resource.parent));
  // Its parent says it for all that is in it.
  if (parentGone === true) {
    out.left.add(refText(resource.ref));
    return;
  }
  const place = prunable(known, kind, resource);
  if (!known.options.prune || !place) {
    const why = known.options.prune
      ? 'its entry is not in a file of this environment alone'
      : 'pull --prune takes it out';
    const message = `is not on the instance: the entry stays, and a plan makes it (${why})`;
    leave(out, { ref: resource.ref, reason: 'gone', message, at: resource.at });
    return;
  }
  const edit: PulledEdit = { ref: resource.ref, what: 'removed', at: resource.at };
  if (place.in === 'list') {
    const change = listChange(out, place.source, place.list);
    change.drop.add(place.index);
    change.origins.push({ edit });
    return;
  }
  addDrop(out, place.source, { map: place.map, pair: place.pair, edit });
}

function prunable(
  known: Known,
  kind: Kind,
  resource: DesiredResource,
):
  | { readonly in: 'list'; readonly source: SourceFile; readonly list: YAMLSeq; readonly index: number }
  | { readonly in: 'map'; readonly source: SourceFile; readonly map: YAMLMap; readonly pair: Pair<Node, Node | null> }
  | undefined {
  if (isForEach(resource.ref) || kind.scope === 'singleton') return undefined;
  if (!isAllOwn(known, resource)) return undefined;
  const place = placeOf(known, resource.at);
  if (kind.scope === 'child') {
    const holder = place && place.source.holderOf(place.node);
    if (!place || holder?.in !== 'list' || place.source.isRepeated(place.node)) return undefined;
    return { in: 'list', source: place.source, list: holder.list, index: holder.list.items.indexOf(place.node) };
  }
  const entry = known.own.entry(kind, resource.ref.key);
  const holder = entry && entry.source.holderOf(entry.node);
  if (!entry || holder?.in !== 'pair' || entry.source.isRepeated(entry.node)) return undefined;
  // In a file every key and value is a node.
  return { in: 'map', source: entry.source, map: holder.map, pair: holder.pair as Pair<Node, Node | null> };
}
