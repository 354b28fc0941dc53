import type { JsonObject } from '../model/index.js';
import { isJsonObject, KedgeError } from '../model/index.js';
import { listOf } from './wire.js';

/** Objects asked for in one search request. */
const pageSize = 500;

/**
 * Every object of a kind that can only be searched for, page by page until the total is reached.
 * @param wrapper - the field of the answer that holds the page.
 * @throws {@link KedgeError} `live/bad-response` when a page is empty before the total is reached: what is missing must
 * not look like what is not there.
 */
export async function everyPage(
  wrapper: string,
  search: (page: {
    readonly numberOfResults: number;
    readonly orderBy: string;
    readonly startRow: number;
  }) => Promise<{ readonly response: unknown }>,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (;;) {
    const { response } = await search({ numberOfResults: pageSize, orderBy: 'name ASC', startRow: found.length });
    const page = listOf(response, wrapper);
    found.push(...page);
    const total = isJsonObject(response) ? response['total'] : undefined;
    if (typeof total !== 'number' || found.length >= total) return found;
    if (page.length === 0) {
      throw new KedgeError({
        code: 'live/bad-response',
        message: `the search of ${wrapper} said there are ${total} and gave ${found.length}`,
        hint: 'run it again; if it stays, the search index of this instance is out of step',
      });
    }
  }
}
