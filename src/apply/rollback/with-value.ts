import { type DesiredObject, type DesiredValue, isDesiredObject } from '../../model/index.js';

/** The fields with this value at these steps. */
export function withValue(fields: DesiredObject, path: readonly string[], value: DesiredValue): DesiredObject {
  const [step = '', ...rest] = path;
  const under = fields[step];
  const inner = under !== undefined && isDesiredObject(under) ? under : {};
  return { ...fields, [step]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
