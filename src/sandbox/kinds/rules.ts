import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Fields } from '../store.js';
import { isBlank } from './normal-text.js';

/** The least and the most a number may be. */
export interface NumberRule {
  readonly min: number;
  readonly max?: number;
}

/** Numbers out of their range; a number that is not there is not looked at. */
export function numberProblems(object: Fields, rules: Readonly<Record<string, NumberRule>>): readonly Problem[] {
  return Object.entries(rules).flatMap(([field, { min, max = Number.MAX_SAFE_INTEGER }]) => {
    const value = valueAt(object, field);
    if (typeof value !== 'number' || (value >= min && value <= max)) return [];
    const range = max === Number.MAX_SAFE_INTEGER ? `be greater than ${min - 1}` : `be between ${min} and ${max}`;
    return [{ field, kind: 'invalid', message: `The ${field} must ${range}.` }];
  });
}

/** Fields that another one makes necessary. */
export function needs(
  object: Fields,
  {
    when,
    fields,
    kind = 'missing',
  }: { readonly when: boolean; readonly fields: readonly string[]; readonly kind?: string },
): readonly Problem[] {
  if (!when) return [];
  return fields
    .filter((field) => isBlank(valueAt(object, field)))
    .map((field) => ({ field, kind, message: `The ${field} is required by what else is set.` }));
}

/** Most texts are columns of 191 characters (FusionAuth docs, limitations). */
export function lengthProblems(object: Fields, fields: readonly string[], longest = 191): readonly Problem[] {
  return fields.flatMap((field) => {
    const value = valueAt(object, field);
    if (typeof value !== 'string' || value.length <= longest) return [];
    return [{ field, kind: 'tooLong', message: `The ${field} may have ${longest} characters.` }];
  });
}
