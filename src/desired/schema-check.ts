import type { ErrorObject, ValidateFunction } from 'ajv';
import { isJsonObject, type KedgeErrorCode, pathOf, pointerOf, Secret, valueAt } from '../model/index.js';
import { closestText, didYouMean } from './closest.js';

/** One thing that a schema has against a value, in words. */
export interface SchemaFault {
  readonly code: KedgeErrorCode;
  /** JSON Pointer of the value that is wrong; of the field itself when there is no such field. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Checks values against schemas, each compiled once. */
export interface SchemaCheck {
  readonly check: (schema: object, use: { readonly value: unknown; readonly what: string }) => readonly SchemaFault[];
}

let loaded: Promise<SchemaCheck> | undefined;

/** The validator, loaded when the first environment is; what it has compiled serves the next one too. */
export function loadSchemaCheck(): Promise<SchemaCheck> {
  loaded ??= createSchemaCheck();
  return loaded;
}

async function createSchemaCheck(): Promise<SchemaCheck> {
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    verbose: true,
    // What is compiled is run a few times at most: to polish it takes longer than it saves.
    code: { optimize: false },
    // The schemas come with kedge: that they are such is for its own tests to say.
    validateSchema: false,
  });
  // What an editor shows beside a field that is no longer to be used.
  ajv.addKeyword('deprecationMessage');
  const compiled = new WeakMap<object, ValidateFunction>();
  return {
    check: (schema, { value, what }) => {
      let validate = compiled.get(schema);
      if (!validate) {
        validate = ajv.compile(schema);
        compiled.set(schema, validate);
      }
      const plain = withoutSecrets(value);
      if (validate(plain)) return [];
      return faultsOf(validate.errors ?? [], { root: value, what });
    },
  };
}

function faultsOf(
  errors: readonly ErrorObject[],
  context: { readonly root: unknown; readonly what: string },
): readonly SchemaFault[] {
  const said = new Set<string>();
  return errors.flatMap((error) => {
    const value = valueAt(context.root, pathOf(error.instancePath));
    // `null` is owned everywhere: it asks for absence, or for the server's default.
    const fault = value === null ? undefined : faultOf(error, { value, what: context.what });
    // A field that no type has is unknown to its own type as well.
    if (!fault) return [];
    const text = `${fault.code} ${fault.pointer}`;
    if (fault.code === 'desired/unknown-field' && said.has(text)) return [];
    said.add(text);
    return [fault];
  });
}

function faultOf(
  error: ErrorObject,
  context: { readonly value: unknown; readonly what: string },
): SchemaFault | undefined {
  const { value, what } = context;
  const pointer = error.instancePath;
  const params: Readonly<Record<string, unknown>> = error.params;
  const field = (...name: readonly string[]): string => [...pathOf(pointer), ...name].join('.');
  const of = pointer === '' ? what : `${field()} of ${what}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const message = `${what} has no field '${field(name)}'`;
      const hint = didYouMean(name, propertiesOf(error)) ?? propertiesHint(propertiesOf(error));
      return { code: 'desired/unknown-field', pointer: `${pointer}${pointerOf([name])}`, message, hint };
    }
    case 'propertyNames': {
      // The fields there are depend on the type, and this is none of its own.
      const name = String(params['propertyName']);
      const { type } = isJsonObject(value) ? value : {};
      const of = typeof type === 'string' ? `${what}, which is a ${type},` : what;
      const hint = didYouMean(name, allowedNames(error)) ?? propertiesHint(allowedNames(error));
      const message = `${of} has no field '${field(name)}'`;
      return { code: 'desired/unknown-field', pointer: `${pointer}${pointerOf([name])}`, message, hint };
    }
    case 'if':
      // Said by the keyword that failed inside it.
      return undefined;
    case 'required':
      // An entry owns only what it writes; what a create needs is the planner's to ask for.
      if (pointer === '') return undefined;
      return { code: 'desired/missing-field', pointer, message: `${of} needs a ${String(params['missingProperty'])}` };
    case 'type':
      return { code: 'desired/bad-type', pointer, message: `${of} is ${shapeOf(value)}, and must be ${wanted(error)}` };
    case 'enum': {
      if (value instanceof Secret || error.propertyName !== undefined) return undefined;
      const allowed = asList(params['allowedValues']).map(String);
      const hint = typeof value === 'string' ? closestText(value, allowed) : undefined;
      const message = `${of} is ${quoted(value)}, and must be ${orList(allowed)}`;
      return { code: 'desired/bad-enum', pointer, message, hint: hint && `did you mean '${hint}'?` };
    }
    default:
      // Length, pattern and range: a secret is never measured, for its value may not be there.
      if (value instanceof Secret) return undefined;
      return { code: 'desired/bad-value', pointer, message: `${of} ${error.message ?? 'is not allowed'}` };
  }
}

function propertiesOf(error: ErrorObject): readonly string[] {
  // `verbose` puts the schema that holds the keyword here.
  const schema = error.parentSchema as { readonly properties?: object } | undefined;
  return Object.keys(schema?.properties ?? {});
}

function allowedNames(error: ErrorObject): readonly string[] {
  // `verbose` puts the value of the keyword here: { enum: [names] }.
  const schema = error.schema as { readonly enum?: readonly string[] } | undefined;
  return schema?.enum ?? [];
}

function propertiesHint(names: readonly string[]): string | undefined {
  return names.length === 0 || names.length > 12 ? undefined : `the fields are ${names.join(', ')}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

function wanted(error: ErrorObject): string {
  const words = asList(error.params['type']).map((type) => typeWords[String(type)] ?? String(type));
  return words.join(' or ');
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function orList(values: readonly string[]): string {
  const shown = values.map((value) => `'${value}'`);
  return shown.length < 2 ? shown.join('') : `one of ${shown.join(', ')}`;
}

function shapeOf(value: unknown): string {
  if (value instanceof Secret) return 'a secret text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

function quoted(value: unknown): string {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? `'${value}'` : shapeOf(value);
}

/** The value with text in the place of secrets; shared, not copied, where it has none. */
function withoutSecrets(value: unknown): unknown {
  if (value instanceof Secret) return 'secret';
  if (Array.isArray(value)) return mapShared(value, withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const plain = withoutSecrets(item);
    if (plain === item) continue;
    copy ??= { ...value };
    copy[key] = plain;
  }
  return copy ?? value;
}

function mapShared(list: readonly unknown[], map: (item: unknown) => unknown): readonly unknown[] {
  const mapped = list.map(map);
  return mapped.every((item, index) => item === list[index]) ? list : mapped;
}
