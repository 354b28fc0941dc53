import { canonicalJson, type LiveResource, type LiveState } from '../model/index.js';

/**
 * What is not the same in two reads of one instance: `tenant 3f1c…` for an object that came, went or changed, `tenant` for
 * a kind that was known in one of them only, `the server's version`. Empty when nothing moved.
 */
export function movedObjects(before: LiveState, after: LiveState): readonly string[] {
  const moved: string[] = before.serverVersion === after.serverVersion ? [] : ["the server's version"];
  for (const kind of new Set([...before.kinds.keys(), ...after.kinds.keys()])) {
    const [left, right] = [before.kinds.get(kind), after.kinds.get(kind)];
    if (left?.known !== right?.known) moved.push(kind);
    if (left?.known !== true || right?.known !== true) continue;
    const was = new Map(left.resources.map((resource) => [resource.id, resource]));
    for (const resource of right.resources) {
      const earlier = was.get(resource.id);
      was.delete(resource.id);
      if (earlier === undefined || textOf(earlier) !== textOf(resource)) moved.push(`${kind} ${resource.id}`);
    }
    for (const id of was.keys()) moved.push(`${kind} ${id}`);
  }
  return moved;
}

function textOf({ body, parentId, active }: LiveResource): string {
  return canonicalJson([body, parentId ?? null, active ?? null]);
}
