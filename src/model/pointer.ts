/** One step of a JSON Pointer: an object key, or a list index as text. */
export type PointerPath = readonly string[];

/** Writes a JSON Pointer (RFC 6901) from its unescaped steps; the empty path is the whole document, `""`. */
export function pointerOf(path: PointerPath): string {
  let pointer = '';
  for (const step of path) pointer += `/${escaped(step)}`;
  return pointer;
}

/** Most steps have nothing to escape, and a plan writes pointers by the ten thousand. */
function escaped(step: string): string {
  return step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}

/** Reads the unescaped steps of a JSON Pointer (RFC 6901). */
export function pathOf(pointer: string): PointerPath {
  if (pointer === '') return [];
  const steps = pointer.slice(1).split('/');
  return pointer.includes('~') ? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : steps;
}

/** The value at a path inside objects and lists, or undefined where a step is missing. Own properties only. */
export function valueAt(root: unknown, path: PointerPath): unknown {
  let value: unknown = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    // `value` is a non-null object that owns `step`; only its index signature is unknown to the compiler.
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
