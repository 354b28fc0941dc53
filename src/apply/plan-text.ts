import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';
import type { Catalog } from '../catalog/index.js';
import { canonicalJson, isJsonObject, KedgeError, oddInJson } from '../model/index.js';
import { digestOfFiled, type PlanFile } from '../plan/index.js';

/** The text of a plan file: indented, fields in alphabetical order below the head. Equal plans give equal bytes. */
export function planText(file: PlanFile): string {
  const { plan, ...head } = file;
  return `${JSON.stringify({ ...head, plan: JSON.parse(canonicalJson(plan)) as unknown }, null, 2)}\n`;
}

/**
 * Reads the text of a plan file: its shape by the published schema, its digest, and that this catalog knows its kinds.
 * @param by.from - where the text comes from, for messages.
 * @throws {@link KedgeError} `plan/unreadable` with what is wrong.
 */
export async function parsePlanText(
  text: string,
  { catalog, from }: { readonly catalog: Catalog; readonly from: string },
): Promise<PlanFile> {
  const value = parseJson(text, from);
  if (!isJsonObject(value) || value['format'] !== 'kedge-plan') {
    throw unreadable(from, 'it does not say "format": "kedge-plan"');
  }
  if (value['version'] !== 1) throw unreadable(from, 'this kedge reads plans of version 1, and it is of another');
  const odd = oddInJson(value);
  if (odd !== undefined) throw unreadable(from, odd);
  const fault = await schemaFault(value);
  if (fault !== undefined) throw unreadable(from, fault);
  // Just checked against the schema that is generated from this type.
  const file = value as unknown as PlanFile;
  if (digestOfFiled(file.plan) !== file.plan.digest)
    throw unreadable(from, 'its digest is not that of what it holds: it was edited');
  for (const { change } of [...file.plan.changes, ...file.plan.kept.map((kept) => ({ change: kept }))]) {
    if (!catalog.has(change.ref.kind)) throw unreadable(from, `this kedge knows no kind '${change.ref.kind}'`);
  }
  return file;
}

let validator: Promise<(value: unknown) => string | undefined> | undefined;

/** The first thing that the schema has against a value, in words. */
async function schemaFault(value: unknown): Promise<string | undefined> {
  validator ??= createValidator();
  return (await validator)(value);
}

async function createValidator(): Promise<(value: unknown) => string | undefined> {
  const { Ajv } = await import('ajv');
  const schema = createRequire(import.meta.url)('../../schemas/plan.schema.json') as object;
  const validate = new Ajv({ strict: true, allowUnionTypes: true, code: { optimize: false } }).compile(schema);
  return (item) => (validate(item) ? undefined : faultText(validate.errors ?? []));
}

/** Of alternatives that all failed, the deepest place says most. */
function faultText(errors: readonly ErrorObject[]): string {
  const [first] = [...errors].sort((left, right) => right.instancePath.length - left.instancePath.length);
  return `${first?.instancePath ?? ''} ${first?.message ?? 'is not as the schema says'}`.trim();
}

function parseJson(text: string, from: string): unknown {
  try {
    // A file that an editor has put a byte order mark before is still JSON to whoever reads it.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (cause) {
    throw unreadable(from, 'it is not JSON, or not all of it', cause);
  }
}

function unreadable(from: string, why: string, cause?: unknown): KedgeError {
  return new KedgeError({
    code: 'plan/unreadable',
    message: `${from} is no plan that kedge can perform: ${why}`,
    hint: 'make it again with kedge plan -o; nothing was written',
    cause,
  });
}
