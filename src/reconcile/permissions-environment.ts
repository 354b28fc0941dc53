import { catalog } from '../catalog/index.js';
import { createFolderSource, loadEnvironment } from '../desired/index.js';
import { createReader } from '../live/index.js';
import {
  type Finding,
  isJsonObject,
  isUuid,
  KedgeError,
  type KeyLimits,
  missingPermissions,
  type NeededKey,
  type Permission,
} from '../model/index.js';
import { type KeyPurpose, neededKeys } from '../permissions/index.js';
import type { EnvironmentTarget } from './ports.js';
import { filesError, withSession } from './session.js';

/** What the permissions are wanted for. */
export interface PermissionsInput extends EnvironmentTarget {
  readonly purpose: KeyPurpose;
  /**
   * The id of the API key in use, to be compared with what it needs: the one the command writes with, or else reads with. It
   * is read with itself, which only a key manager may.
   */
  readonly checkId?: string | undefined;
}

/** The least keys of an environment. */
export interface PermissionsResult {
  readonly environment: string;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly purpose: KeyPurpose;
  /** One; two for an apply of an environment that has a key of its own to write with. */
  readonly keys: readonly NeededKey[];
  /** What the key that was asked for lacks; only where one was. */
  readonly checked?: { readonly id: string; readonly lacks: readonly Permission[]; readonly notManager: boolean };
  readonly findings: readonly Finding[];
}

/**
 * Works out the least API keys for a command from the files, without network and without the values of secrets. With
 * `checkId` it reads that key and says what it lacks.
 * @throws {@link KedgeError} of the files, `permissions/key-unreadable`, and what reading an instance throws.
 */
export async function permissionsOf(input: PermissionsInput): Promise<PermissionsResult> {
  const { root, ports, purpose, environment: name } = input;
  const loaded = await loadEnvironment({
    source: createFolderSource(root),
    environment: name,
    catalog,
    env: ports.env,
    secrets: 'declare',
    writeKey: purpose === 'apply',
  });
  if (!loaded.ok) throw filesError(name, loaded.findings);
  const { environment, desired, warnings } = loaded;
  const keys = await neededKeys({
    catalog,
    desired,
    purpose,
    defaultTenantId: environment.instance.tenantId,
    recordInInstance: environment.recordKey !== undefined && environment.recordInInstance,
    writeKey: environment.instance.writeKey !== undefined,
  });
  const result = { environment: name, instance: environment.instance.url, purpose, keys, findings: warnings };
  const key = keys.at(-1);
  if (input.checkId === undefined || key === undefined) return result;
  const { limits, keyManager } = await readKey(input, input.checkId);
  const lacks = missingPermissions(key, limits);
  return { ...result, checked: { id: input.checkId, lacks, notManager: key.keyManager.length > 0 && !keyManager } };
}

/** What a key may do, asked with itself. */
async function readKey(
  input: PermissionsInput,
  id: string,
): Promise<{ readonly limits: KeyLimits; readonly keyManager: boolean }> {
  if (!isUuid(id))
    throw unreadable(`'${id}' is no id of an API key`, 'FusionAuth shows the id under Settings, API Keys');
  const write = input.purpose === 'apply';
  return withSession(input, { write }, async (session) => {
    const reader = write ? createReader({ transport: session.openWriteTransport(), catalog }) : session.reader;
    const found = (await reader.lookUp(new Map([['apiKey', [id]]]))).get('apiKey');
    if (found?.known !== true) {
      const hint =
        'a key that is no key manager cannot be asked: compare what is printed without --check with the key in FusionAuth';
      throw unreadable(`the API key ${id} cannot be read: ${found?.why ?? 'nobody answered'}`, hint);
    }
    const [key] = found.resources;
    if (key === undefined)
      throw unreadable(`the instance has no API key ${id}`, 'FusionAuth shows the id under Settings, API Keys');
    return { limits: limitsIn(key.body['permissions']), keyManager: key.body['keyManager'] === true };
  });
}

/** No endpoints at all mean all of them (FusionAuth docs: apis/api-keys). */
function limitsIn(permissions: unknown): KeyLimits {
  const endpoints = isJsonObject(permissions) ? permissions['endpoints'] : undefined;
  if (!isJsonObject(endpoints) || Object.keys(endpoints).length === 0) return undefined;
  const methodsOf = (methods: unknown): readonly string[] =>
    Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : [];
  return Object.fromEntries(Object.entries(endpoints).map(([endpoint, methods]) => [endpoint, methodsOf(methods)]));
}

function unreadable(message: string, hint: string): KedgeError {
  return new KedgeError({ code: 'permissions/key-unreadable', message, hint });
}
