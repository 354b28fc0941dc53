/**
 * How deep objects and lists may stand inside each other in a request. Source: Jackson, with which the server reads JSON
 * (`StreamReadConstraints.DEFAULT_MAX_DEPTH`, since 2.15).
 */
export const deepestJson = 1000;

/** Whether a value is nested deeper than {@link deepestJson}. Not recursive: it is asked before anything that is. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestJson) return true;
    level = level.flatMap((item) => Object.values(item).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
