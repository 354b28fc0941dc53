import { expect, test } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { Change } from '../model/index.js';
import { changeNeeds } from './change-needs.js';

function deletion(kind: string): Change {
  return { op: 'delete', ref: { kind, key: 'crew' }, id: 'crew', why: 'prune' };
}

test('a delete needs a read by id and the delete', async () => {
  expect(await changeNeeds(catalog, deletion('webhook'))).toEqual([
    { endpoint: '/api/webhook', method: 'GET' },
    { endpoint: '/api/webhook', method: 'DELETE' },
  ]);
});

test('for an API key nothing is certain: a key manager may be refused one key, for what that may do, and not another', async () => {
  expect(await changeNeeds(catalog, deletion('apiKey'))).toEqual([]);
});
