import type { ApplicationOAuthScopeRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, trimmed } from '../normal-text.js';
import { scopeSince } from '../since.generated.js';
import { asRequest, oneOf, orAbsent } from '../wire.js';
import { parentOf } from './role.js';

/** A custom OAuth scope of an application. Its update body has no name: the name stays what it was on create. */
export const scope: Kind = {
  kind: 'scope',
  collection: 'scopes',
  clientType: 'ApplicationOAuthScope',
  title: 'scope',
  scope: 'child',
  parent: 'application',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'applicationId', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [
    { path: 'name', lost: 'clients that ask for the old scope are refused, and given consents are forgotten' },
  ],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name'],
  defaults: { required: false },
  builtIns: [],
  files: [],
  listRequests: 0,
  since: scopeSince,
  licence: { feature: 'advancedOAuthScopesCustomScopes', source: 'FusionAuth docs: apis/scopes' },
  reads: {
    list: async () => [],
    get: async (client, { id, parentId }) => {
      const answer = await orAbsent(client.retrieveOAuthScope(parentId ?? '', id));
      return answer && oneOf(answer.response, 'scope');
    },
  },
  writes: {
    create: async (target, body) => {
      const request = asRequest<ApplicationOAuthScopeRequest>({ scope: body });
      return oneOf((await target.client.createOAuthScope(parentOf(target), target.id, request)).response, 'scope');
    },
    update: async (target, body) => {
      const request = asRequest<ApplicationOAuthScopeRequest>({ scope: body });
      return oneOf((await target.client.updateOAuthScope(parentOf(target), target.id, request)).response, 'scope');
    },
    delete: async (target) => {
      await target.client.deleteOAuthScope(parentOf(target), target.id);
    },
  },
  traps: ['Its update has no name: a renamed scope is another scope.'],
  // A blank text becomes none: empty and absent are one.
  canonical: normalized(trimmed('name', 'description', 'defaultConsentDetail', 'defaultConsentMessage')),
  softDelete: false,
  deleteMeans: 'clients that ask for this scope are refused, and given consents are forgotten',
  meanings: [
    {
      path: 'name',
      when: 'changed',
      risk: 'disruptive',
      says: 'clients must ask for {to}: those that ask for {from} are refused',
    },
    { path: 'required', when: 'turned-on', risk: 'disruptive', says: 'users must give this consent to go on' },
  ],
  sources: ['FusionAuth docs: apis/scopes', 'fusionauth-java-client ApplicationOAuthScope.normalize()'],
};
