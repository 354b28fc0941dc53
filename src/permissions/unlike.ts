import { isJsonList, isJsonObject, type Json } from '../model/index.js';

/**
 * A value of the same shape that differs wherever it can: an object that a write of the given one changes in every part.
 * Every list and every map inside has something besides, so that what is to be taken away is taken away.
 */
export function unlike(value: Json): Json {
  if (isJsonList(value)) return [...value.map(unlike), {}];
  if (isJsonObject(value)) {
    return {
      ...Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unlike(item)] as const)),
      Other: {},
    };
  }
  switch (typeof value) {
    case 'boolean':
      return !value;
    case 'number':
      return value + 1;
    default:
      return 'other';
  }
}
