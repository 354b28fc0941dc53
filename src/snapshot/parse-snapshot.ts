import type { Catalog } from '../catalog/index.js';
import { isJsonObject, type Json, KedgeError, oddInJson } from '../model/index.js';
import type { SnapshotFile } from './snapshot-file.js';

/**
 * Reads the text of a snapshot. Kinds that this catalog has not are left in it, and looked at by nobody.
 * @param from - where the text comes from, for messages.
 * @throws {@link KedgeError} `snapshot/unreadable` with the place of the first thing that is wrong, and
 * `snapshot/other-version`.
 */
export function parseSnapshot(
  text: string,
  { catalog, from }: { readonly catalog: Catalog; readonly from: string },
): SnapshotFile {
  const value = parseJson(text, from);
  const wrong = (pointer: string, why: string): KedgeError => unreadable(from, `${pointer} ${why}`);
  if (!isJsonObject(value) || value['format'] !== 'kedge-snapshot') {
    throw unreadable(from, 'it does not begin with "format": "kedge-snapshot"');
  }
  if (value['version'] !== 1) throw otherVersion(from, value['version']);
  const odd = oddInJson(value);
  if (odd !== undefined) throw unreadable(from, odd);
  const { instance, takenAt, fusionauth, kinds } = value;
  if (typeof instance !== 'string' || !URL.canParse(instance)) throw wrong('/instance', 'must be a URL');
  if (typeof takenAt !== 'string' || Number.isNaN(Date.parse(takenAt))) throw wrong('/takenAt', 'must be an instant');
  if (fusionauth !== null && typeof fusionauth !== 'string') throw wrong('/fusionauth', 'must be a text, or null');
  if (!isJsonObject(kinds)) throw wrong('/kinds', 'must be an object');
  for (const [name, kind] of Object.entries(kinds)) checkKind({ name, kind, catalog, wrong });
  // All that is relied on was looked at just now.
  return value as unknown as SnapshotFile;
}

type Wrong = (pointer: string, why: string) => KedgeError;

function checkKind(input: {
  readonly name: string;
  readonly kind: Json;
  readonly catalog: Catalog;
  readonly wrong: Wrong;
}): void {
  const { name, kind, catalog, wrong } = input;
  if (!catalog.has(name)) return;
  const at = `/kinds/${name}`;
  if (!isJsonObject(kind) || typeof kind['known'] !== 'boolean') throw wrong(at, 'must say whether it is known');
  if (kind['known'] === false) {
    if (typeof kind['why'] !== 'string') throw wrong(`${at}/why`, 'must be a text');
    return;
  }
  const { objects, asked } = kind;
  if (!Array.isArray(objects)) throw wrong(`${at}/objects`, 'must be a list');
  if (catalog.kind(name).reads.byIds !== undefined && !isTexts(asked)) {
    throw wrong(`${at}/asked`, 'must be the list of ids that were asked for');
  }
  const seen = new Set<string>();
  for (const [index, object] of (objects as readonly Json[]).entries()) {
    const place = `${at}/objects/${index}`;
    if (!isJsonObject(object)) throw wrong(place, 'must be an object');
    const { body, parentId, active, secrets } = object;
    if (!isJsonObject(body)) throw wrong(`${place}/body`, 'must be an object');
    const { id } = body;
    if (typeof id !== 'string' || id === '') throw wrong(`${place}/body/id`, 'must be a text');
    if (seen.has(id)) throw wrong(`${place}/body/id`, `is ${id} for the second time`);
    seen.add(id);
    const kept = catalog.kind(name);
    if ((typeof parentId === 'string') !== (kept.parent !== undefined)) {
      throw wrong(`${place}/parentId`, `must be ${kept.parent === undefined ? 'left out' : 'a text'}`);
    }
    if ((typeof active === 'boolean') !== kept.softDelete) {
      throw wrong(`${place}/active`, `must be ${kept.softDelete ? 'true or false' : 'left out'}`);
    }
    if (secrets !== undefined && !isTexts(secrets)) throw wrong(`${place}/secrets`, 'must be a list of texts');
  }
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((item: Json) => typeof item === 'string');
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
    code: 'snapshot/unreadable',
    message: `${from} is no snapshot that kedge can read: ${why}`,
    hint: 'take it again with kedge snapshot; nothing was planned',
    cause,
  });
}

function otherVersion(from: string, version: unknown): KedgeError {
  const said = typeof version === 'number' ? String(version) : 'not a number';
  return new KedgeError({
    code: 'snapshot/other-version',
    message: `${from} is a snapshot of version ${said}, and this kedge reads version 1`,
    hint: 'read it with the kedge that wrote it, or take it again with this one',
  });
}
