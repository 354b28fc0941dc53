import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

import { knownErrors, openSchemas, textSchemas } from './known-errors.js';

/** FusionAuth's own OpenAPI file, version 1.69.0, beside a checkout of this project. It is not part of it. */
const file = fileURLToPath(new URL('../../../shared/reference/openapi.yaml', import.meta.url));

export const hasOpenApi: boolean = existsSync(file);

/** One operation of the file. */
export interface Operation {
  readonly method: string;
  /** `/api/tenant/{tenantId}` */
  readonly path: string;
  readonly operationId: string;
  /** Name of the schema of the answer with status 200; undefined for an empty body. */
  readonly answer: string | undefined;
}

export interface OpenApi {
  readonly operations: readonly Operation[];
  /** What is wrong with a value that should be of a schema, one line each. */
  readonly problems: (schema: string, value: unknown) => readonly string[];
}

type Json = Record<string, any>;

/** Reads the file, with the errors that it is known to have put right. */
export function readOpenApi(): OpenApi {
  const document: Json = parse(readFileSync(file, 'utf8'));
  const schemas: Json = document['components'].schemas;
  for (const { schema, property, is } of knownErrors) {
    if (schemas[schema] === undefined) throw new Error(`known error in ${schema}, which the file does not have`);
    schemas[schema].properties = { ...schemas[schema].properties, [property]: is };
  }
  for (const name of Object.keys(textSchemas)) schemas[name] = { type: 'string' };
  for (const name of Object.keys(openSchemas)) schemas[name].additionalProperties = true;
  for (const schema of Object.values(schemas)) strict(schema);
  const ajv = new Ajv({ strict: false, allErrors: true, formats, inlineRefs: false });
  ajv.addSchema({ $id: 'openapi', components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();
  return {
    operations: operationsOf(document),
    problems: (name, value) => {
      const validate = compiled.get(name) ?? ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
      compiled.set(name, validate);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
      );
    },
  };
}

const formats = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  int64: true,
  int32: true,
  date: /^\d{4}-\d{2}-\d{2}$/,
  URI: true,
  double: true,
} as const;

/**
 * The file says `type: object` where any JSON value may stand (`data` maps), and leaves open what else an object may have:
 * here a field that the file does not name is an error, so that nothing of the sandbox's own gets into an answer.
 */
function strict(schema: Json): void {
  if (schema['properties'] !== undefined && schema['additionalProperties'] === undefined) {
    schema['additionalProperties'] = false;
  }
  const extra = schema['additionalProperties'];
  if (typeof extra === 'object' && extra.type === 'object' && extra.properties === undefined) {
    schema['additionalProperties'] = true;
  }
  // An object of one type also fits classes of other types that have the same fields.
  if (schema['oneOf'] !== undefined) {
    schema['anyOf'] = schema['oneOf'];
    delete schema['oneOf'];
    delete schema['discriminator'];
  }
  for (const inner of Object.values<Json>(schema['properties'] ?? {})) strict(inner);
  if (typeof schema['items'] === 'object') strict(schema['items']);
}

function operationsOf(document: Json): readonly Operation[] {
  return Object.entries<Json>(document['paths']).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: String(operation['operationId']),
      answer: answerOf(operation),
    })),
  );
}

function answerOf(operation: Json): string | undefined {
  const content: Json | undefined = operation['responses']?.['200']?.content;
  const reference: unknown = Object.values<Json>(content ?? {})[0]?.['schema']?.$ref;
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}
