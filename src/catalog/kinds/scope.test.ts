import { describe, expect, it } from 'vitest';
import { KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { canonicalBody } from '../canonical-body.js';
import { scope } from './scope.js';

const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';

describe('scope', () => {
  it('is written under its application', async () => {
    const { client, calls } = fakeClient({
      createOAuthScope: { scope: { id: ID } },
      updateOAuthScope: { scope: { id: ID } },
      deleteOAuthScope: undefined,
    });
    const target = { client, id: ID, parentId: APP };
    await scope.writes.create(target, { name: 'orders' });
    await scope.writes.update(target, { name: 'orders' });
    await scope.writes.delete(target);
    expect(calls.map((call) => call.args)).toEqual([
      [APP, ID, { scope: { name: 'orders' } }],
      [APP, ID, { scope: { name: 'orders' } }],
      [APP, ID],
    ]);
  });

  it('is read under its application', async () => {
    const { client, calls } = fakeClient({ retrieveOAuthScope: { scope: { id: ID } } });
    expect(await scope.reads.get(client, { id: ID, parentId: APP })).toEqual({ id: ID });
    expect(calls[0]?.args).toEqual([APP, ID]);
    const gone = fakeClient({ retrieveOAuthScope: new KedgeError({ code: 'live/not-found', message: 'gone' }) });
    expect(await scope.reads.get(gone.client, { id: ID })).toBeUndefined();
  });

  it('with another name is another scope: an update cannot rename it', () => {
    expect(scope.immutable.map((field) => field.path)).toEqual(['name']);
  });

  it('has trimmed texts; one that is blank stays one that is asked for', () => {
    const written = { name: ' orders ', description: ' ', defaultConsentMessage: ' See orders ' };
    expect(canonicalBody(scope, written)).toEqual({
      name: 'orders',
      description: '',
      defaultConsentMessage: 'See orders',
    });
  });
});
