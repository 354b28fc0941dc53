import { createRequire } from 'node:module';
import type { KindName } from '../model/index.js';

/** The JSON Schemas (draft-07) that fields and settings are checked with. */
export interface SchemaSource {
  readonly kind: (kind: KindName) => object;
  readonly environment: () => object;
}

/** The schemas that come with kedge, generated from FusionAuth's own types; each is loaded when it is first needed. */
export function createBundledSchemas(): SchemaSource {
  // `require` reads JSON of this package without a warning; import attributes still print one on Node 20.
  const load = createRequire(import.meta.url);
  const schema = (name: string): object => load(`../../schemas/${name}.schema.json`) as object;
  return {
    kind: (kind) => schema(`kinds/${kind}`),
    environment: () => schema('environment'),
  };
}
