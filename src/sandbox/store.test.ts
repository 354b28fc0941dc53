import { expect, test } from 'vitest';

import { Store } from './store.js';

const crewOf = (...groups: string[]): { memberships: { groupId: string }[] } => ({
  memberships: groups.map((groupId) => ({ groupId })),
});
const idsIn = (store: Store, group: string): readonly string[] =>
  store.findAll('user', 'memberships.*.groupId', group).map(({ id }) => id);

const crewStore = (): Store => new Store(new Map([['user', [{ field: 'memberships.*.groupId' }]]]));

test('an object is found by each value in its list, and no longer by one that it has lost', () => {
  const store = crewStore();
  store.put('user', { id: 'monica', ...crewOf('deck', 'bridge') });
  store.put('user', { id: 'richard', ...crewOf('deck') });
  expect([idsIn(store, 'deck'), idsIn(store, 'bridge')]).toEqual([['monica', 'richard'], ['monica']]);
  store.put('user', { id: 'monica', ...crewOf('engine') });
  expect([idsIn(store, 'deck'), idsIn(store, 'bridge'), idsIn(store, 'engine')]).toEqual([['richard'], [], ['monica']]);
  store.remove('user', 'richard');
  expect(idsIn(store, 'deck')).toEqual([]);
});

test('an object keeps its place among others of one value when it is changed', () => {
  const store = crewStore();
  for (const id of ['monica', 'richard', 'jared']) store.put('user', { id, ...crewOf('deck') });
  store.put('user', { id: 'monica', ...crewOf('deck', 'bridge') });
  expect(idsIn(store, 'deck')).toEqual(['monica', 'richard', 'jared']);
});

test('looking for 20,000 objects of one value, and taking them out, takes no time that grows with their square', () => {
  const store = crewStore();
  const start = performance.now();
  for (let id = 0; id < 20_000; id += 1) store.put('user', { id: String(id), ...crewOf('deck') });
  expect(idsIn(store, 'deck')).toHaveLength(20_000);
  for (let id = 0; id < 20_000; id += 1) store.remove('user', String(id));
  expect(performance.now() - start).toBeLessThan(3000);
});
