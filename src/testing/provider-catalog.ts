import { type Catalog, catalog, createCatalog, type Kind } from '../catalog/index.js';
import { createBundledSchemas, type SchemaSource } from '../desired/index.js';

/** A kind with a map whose keys are ids of applications, as identity providers have one. */
const provider: Kind = {
  ...catalog.kind('webhook'),
  kind: 'provider' as Kind['kind'],
  collection: 'providers',
  title: 'provider',
  scope: 'instance',
  naturalKey: ['name'],
  refs: [{ path: 'applicationConfiguration{key}', kind: 'application' }],
  secrets: [],
};

/** The whole catalog and that kind. */
export const withProviders: Catalog = createCatalog([...catalog.kinds, provider]);

const bundled = createBundledSchemas();

/** The bundled schemas, and one for that kind that allows everything. */
export const schemas: SchemaSource = {
  ...bundled,
  kind: (kind) => (kind === 'provider' ? { type: 'object' } : bundled.kind(kind)),
};
