import type { World } from '../../contract/resources.js';

/**
 * A sample request of FusionAuth's public documentation: the same fields with values of the same kind, names and ids our
 * own. Samples: `astro/src/content/json/**` of github.com/FusionAuth/fusionauth-site; no text of them is here.
 */
export interface DocumentedExample {
  /** The sample request below that folder; or, where it is not to be had, the page of the docs that lists its fields. */
  readonly sample: string;
  /** The sample answer to it, where there is one. */
  readonly answer?: string;
  /** The call, with ids of the world in braces: `PUT /api/tenant/{otherTenantId}`. */
  readonly call: string;
  readonly ofTenant?: true;
  readonly body: (world: World, n: number) => object;
  /** Dotted paths of the request that no answer shows. */
  readonly hidden?: readonly string[];
  /** What the sample answer has beyond the request: what the server makes up, or fills in. */
  readonly shown?: (world: World) => object;
  /** Where the answer is empty, and what it made is read elsewhere. */
  readonly readBack?: string;
}
