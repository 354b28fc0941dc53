import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { createBundledSchemas } from './schema-source.js';

describe('the bundled schemas', () => {
  it('are JSON Schemas, which is not asked again when they are used', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    ajv.addKeyword('deprecationMessage');
    const schemas = createBundledSchemas();
    const all = [schemas.environment(), ...catalog.kinds.map(({ kind }) => schemas.kind(kind))];
    expect(all.length).toBeGreaterThan(25);
    for (const schema of all) {
      void ajv.validateSchema(schema);
      expect(ajv.errors ?? []).toEqual([]);
    }
  });
});
