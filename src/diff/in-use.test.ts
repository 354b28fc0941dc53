import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { DesiredObject, DesiredResource, JsonObject, LiveResource } from '../model/index.js';
import { makePlan } from '../plan/index.js';
import { desiredState, idOf, liveResource, place, wanted } from '../testing/small-catalog.js';
import { diffStates } from './index.js';

/** The plan of burying one object of a kind, where the instance has it and what uses it. */
function planOf(kind: string, live: readonly LiveResource[], resources: readonly DesiredResource[] = []) {
  const named = { name: 'Old' };
  const desired = desiredState(resources, { tombstones: [{ ref: { kind, key: 'old' }, at: place() }] });
  const difference = diffStates({
    catalog,
    hashKey: 'k',
    desired,
    live: {
      serverVersion: '1.69.0',
      kinds: new Map(
        catalog.kinds.map((each) => [
          each.kind,
          {
            known: true,
            resources: [liveResource(kind, idOf(kind, 'old'), named), ...live].filter(
              (item) => item.kind === each.kind,
            ),
          },
        ]),
      ),
    },
  });
  return makePlan({
    catalog,
    desired,
    difference,
    instance: 'https://auth.acme.example',
    serverVersion: undefined,
    hashKey: 'k',
  });
}

/** Not this project's own, so that it is not to be deleted as well. */
const userId = '55555555-5555-4555-8555-555555555555';
const user = (kind: string, body: JsonObject): LiveResource => liveResource(kind, userId, { name: 'User', ...body });
const id = (kind: string): string => idOf(kind, 'old');

describe('what FusionAuth does not delete while something uses it', () => {
  it.each([
    ['connector', user('tenant', { connectorPolicies: [{ connectorId: id('connector'), domains: ['*'] }] })],
    ['emailTemplate', user('tenant', { emailConfiguration: { verificationEmailTemplateId: id('emailTemplate') } })],
    ['form', user('application', { registrationConfiguration: { formId: id('form') } })],
    ['formField', user('form', { steps: [{ fields: [id('formField')] }] })],
    [
      'ipAccessControlList',
      user('tenant', { accessControlConfiguration: { uiIPAccessControlListId: id('ipAccessControlList') } }),
    ],
    ['key', user('webhook', { description: 'User', signatureConfiguration: { signingKeyId: id('key') } })],
    ['messenger', user('tenant', { phoneConfiguration: { messengerId: id('messenger') } })],
    ['theme', user('tenant', { themeId: id('theme') })],
  ])('a %s is kept, and who uses it is named', (kind, by) => {
    const made = planOf(kind, [by]);
    expect(made.changes).toEqual([]);
    expect(made.withheld).toMatchObject([{ code: 'plan/in-use', why: expect.stringMatching(/ is by \S.* User$/) }]);
    expect(planOf(kind, []).changes.map(({ change }) => change.op)).toEqual(['delete']);
  });

  it('is all that the catalog says', () => {
    const kept = catalog.kinds.filter((kind) => kind.keptWhileUsed).map((kind) => kind.kind);
    expect(kept).toEqual([
      'connector',
      'emailTemplate',
      'form',
      'formField',
      'ipAccessControlList',
      'key',
      'messenger',
      'theme',
    ]);
  });

  it('goes with a field that only repeats another one', () => {
    const provider = user('identityProvider', {
      type: 'SAMLv2',
      keyId: id('key'),
      verificationKeyIds: [id('key')],
    });
    const next = '44444444-4444-4444-8444-444444444444';
    const fields: DesiredObject = { name: 'User', type: 'SAMLv2', verificationKeyIds: [next] };
    const resource = wanted({ kind: 'identityProvider', key: 'user' }, fields, { id: userId });
    const made = planOf('key', [provider], [resource]);
    expect(made.withheld).toEqual([]);
    expect(made.changes.map(({ change }) => `${change.op} ${change.ref.kind}`)).toEqual([
      'update identityProvider',
      'delete key',
    ]);
    expect(planOf('key', [provider]).withheld).toMatchObject([{ code: 'plan/in-use' }]);
  });
});
