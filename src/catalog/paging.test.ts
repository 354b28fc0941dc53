import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/index.js';
import { everyPage } from './paging.js';

/** A search that answers one of these after the other, and the rows that were asked for. */
function searching(...answers: readonly unknown[]) {
  const rows: number[] = [];
  const every = (): Promise<readonly JsonObject[]> =>
    everyPage('groups', async ({ startRow }) => {
      rows.push(startRow);
      return { response: answers[rows.length - 1] };
    });
  return { every, rows };
}

describe('what can only be searched for', () => {
  it('is read from page to page, until there is as much as the search says', async () => {
    const { every, rows } = searching(
      { groups: [{ id: 'a' }, { id: 'b' }], total: 3 },
      { groups: [{ id: 'c' }], total: 3 },
    );
    expect(await every()).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    expect(rows).toEqual([0, 2]);
  });

  it('is one page where the search says no total', async () => {
    const { every, rows } = searching({ groups: [{ id: 'a' }] });
    expect(await every()).toEqual([{ id: 'a' }]);
    expect(rows).toEqual([0]);
  });

  it('is never less than there is said to be: an empty page too early is a failure', async () => {
    const { every } = searching({ groups: [{ id: 'a' }], total: 2 }, { groups: [], total: 2 });
    await expect(every()).rejects.toMatchObject({
      code: 'live/bad-response',
      message: 'the search of groups said there are 2 and gave 1',
    });
  });
});
