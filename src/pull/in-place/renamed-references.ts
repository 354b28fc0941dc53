import { isScalar, Scalar } from 'yaml';
import { visitField } from '../../catalog/index.js';
import { type DesiredResource, pointerOf, refText } from '../../model/index.js';
import { replaceScalar } from './edits.js';
import { type Known, placeOf } from './known-state.js';
import { addSplices, type ToWrite } from './to-write.js';

/** Writes the new name of a child wherever the files refer to it. */
export function renameReferences(known: Known, out: ToWrite): void {
  if (known.renamed.size === 0) return;
  for (const resource of known.options.desired.resources) renameIn(known, out, resource);
}

function renameIn(known: Known, out: ToWrite, resource: DesiredResource): void {
  const kind = known.options.catalog.kind(resource.ref.kind);
  const change = known.options.difference.changes.find(({ ref }) => refText(ref) === refText(resource.ref));
  const edited = change && 'edits' in change ? change.edits.map(({ pointer }) => pointer) : [];
  for (const field of kind.refs) {
    visitField(resource.fields, field.path, (value, path) => {
      const name = typeof value === 'string' ? known.renamed.get(refText({ kind: field.kind, key: value })) : undefined;
      const pointer = pointerOf(path);
      if (name === undefined || edited.some((one) => pointer === one || pointer.startsWith(`${one}/`))) return;
      const at = resource.locations.get(pointer);
      const place = at && placeOf(known, at);
      // What stands elsewhere still says the old name: the files will not load, and nothing will be written.
      if (!place || !isScalar(place.node) || place.source.isRepeated(place.node)) return;
      const result = replaceScalar(place.source, place.node, new Scalar(name));
      if (!result.ok) return;
      addSplices(out, place.source, result.splices);
      out.edits.push({ ref: resource.ref, field: path.join('.'), what: 'changed', at });
    });
  }
}
