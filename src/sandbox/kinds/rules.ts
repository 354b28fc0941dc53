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

const tokens = 'jwtConfiguration';

/** Lifetimes of tokens. Source: FusionAuth docs apis/tenants and apis/applications, `jwtConfiguration`. */
export function tokenProblems(object: Fields): readonly Problem[] {
  const maximum = `${tokens}.refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes`;
  const problems = numberProblems(object, {
    [`${tokens}.refreshTokenOneTimeUseConfiguration.gracePeriodInSeconds`]: { min: 0, max: 86_400 },
    [`${tokens}.refreshTokenTimeToLiveInMinutes`]: { min: 1 },
    [`${tokens}.timeToLiveInSeconds`]: { min: 1 },
    [maximum]: { min: 1 },
  });
  const limited = valueAt(object, `${tokens}.refreshTokenExpirationPolicy`) === 'SlidingWindowWithMaximumLifetime';
  const window = Number(valueAt(object, `${tokens}.refreshTokenTimeToLiveInMinutes`));
  if (!limited || problems.length > 0 || Number(valueAt(object, maximum)) >= window) return problems;
  const message = 'The maximum must not be less than the refresh token’s time to live.';
  return [{ field: maximum, kind: 'invalid', message }];
}
