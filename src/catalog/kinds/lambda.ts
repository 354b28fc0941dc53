import type { LambdaRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { lambdaSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A lambda: JavaScript that FusionAuth runs while it makes tokens or links identities. Its name need not be unique. */
export const lambda: Kind = {
  kind: 'lambda',
  collection: 'lambdas',
  title: 'lambda',
  scope: 'instance',
  naturalKey: [],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: ['enabled'],
  immutable: [
    {
      path: 'type',
      lost: 'every application, tenant or identity provider that runs this lambda must be pointed to the new one',
    },
  ],
  secrets: [],
  lists: [],
  completeMaps: [],
  children: [],
  required: ['name', 'type', 'body'],
  defaults: { engineType: 'GraalJS', debug: false },
  builtIns: [],
  // FusionAuth docs: kickstart (default lambdas).
  shipped: ({ name }) =>
    typeof name === 'string' && /^(?:Default .+ provided by FusionAuth$|\[FusionAuth Default\] )/.test(name),
  files: [{ path: 'body', extension: 'js' }],
  since: lambdaSince,
  reads: {
    list: async (client) => listOf((await client.retrieveLambdas()).response, 'lambdas'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveLambda(id));
      return answer && oneOf(answer.response, 'lambda');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createLambda(id, asRequest<LambdaRequest>({ lambda: body }))).response, 'lambda'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateLambda(id, asRequest<LambdaRequest>({ lambda: body }))).response, 'lambda'),
    delete: async ({ client, id }) => {
      await client.deleteLambda(id);
    },
  },
  traps: ['Its name need not be unique: one that was made elsewhere is found by its id only.'],
  softDelete: false,
  recreatable: true,
  deleteMeans: 'tokens and identity links are made without it from then on',
  meanings: [
    {
      path: 'body',
      when: 'changed',
      risk: 'disruptive',
      says: 'what it puts into tokens, or lets through, may be another from the next login on',
    },
  ],
  sources: ['FusionAuth docs: apis/lambdas', 'fusionauth-java-client Lambda'],
};
