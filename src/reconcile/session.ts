import { join } from 'node:path';
import { catalog } from '../catalog/index.js';
import { createFolderSource, type Environment, type FileSource, loadEnvironment } from '../desired/index.js';
import { createReader, type Reader, type Transport } from '../live/index.js';
import { type DesiredState, type Finding, KedgeError, type Secret, secretValues } from '../model/index.js';
import type { EnvironmentTarget } from './ports.js';
import { rereadKey } from './reread-key.js';
import { createTransports } from './transports.js';

/** One environment, loaded, with the way to its instance open. */
export interface Session {
  readonly target: EnvironmentTarget;
  readonly environment: Environment;
  readonly desired: DesiredState;
  readonly warnings: readonly Finding[];
  readonly reader: Reader;
  /** The folder of receipts, `.kedge/`. */
  readonly directory: string;
  /** The way to write; opened on the first call, with the write key where there is one. */
  readonly openWriteTransport: () => Transport;
  /** The instance's URL, without credentials. */
  readonly url: string;
  /** Every secret value that the files gave. */
  readonly secrets: readonly string[];
  readonly requestCount: () => number;
  readonly close: () => Promise<void>;
}

/** How much of an environment a session is for. */
export interface SessionOptions {
  /** Loads the write key too; a reading command never does. */
  readonly write: boolean;
  /** Where the files come from; the target's root unless given. */
  readonly source?: FileSource;
}

/**
 * Loads an environment and opens the way to its instance; nothing is connected yet.
 * @throws {@link KedgeError} with all findings where the files are not in order.
 */
async function openSession(target: EnvironmentTarget, options: SessionOptions): Promise<Session> {
  const { root, ports } = target;
  const loaded = await loadEnvironment({
    source: options.source ?? createFolderSource(root),
    environment: target.environment,
    catalog,
    env: ports.env,
    secrets: 'resolve',
    writeKey: options.write,
  });
  if (!loaded.ok) throw filesError(target.environment, loaded.findings);
  const { environment, desired } = loaded;
  const secrets = secretsOf(environment, desired);
  ports.redactor.add(secrets);
  const open = createTransports({ environment, ports, secrets });
  const reread = (name: 'apiKey' | 'writeKey', value: Secret): (() => Promise<string | undefined>) | undefined =>
    rereadKey(target, { name, value, source: options.source });
  const { apiKey } = environment.instance;
  const reading = open(apiKey, reread('apiKey', apiKey));
  let writing: Transport | undefined;
  return {
    target,
    environment,
    desired,
    warnings: loaded.warnings,
    reader: createReader({ transport: reading, catalog }),
    directory: join(root, '.kedge'),
    openWriteTransport: () => {
      const { writeKey } = environment.instance;
      if (writeKey === undefined) return reading;
      return (writing ??= open(writeKey, reread('writeKey', writeKey)));
    },
    url: reading.url,
    secrets,
    requestCount: () => reading.requestCount() + (writing?.requestCount() ?? 0),
    close: async () => {
      await Promise.all([reading.close(), writing?.close()]);
    },
  };
}

/** Opens a session for as long as `use` takes. */
export async function withSession<T>(
  target: EnvironmentTarget,
  options: SessionOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(target, options);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** What is thrown where files are not in order: every finding, under the code of the first. */
export function filesError(environment: string, findings: readonly Finding[]): KedgeError {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  return new KedgeError({
    code: first?.code ?? 'desired/empty',
    message:
      errors.length === 1
        ? (first?.message ?? '')
        : `the files of '${environment}' have ${errors.length} errors; nothing was read or written`,
    findings,
  });
}

/** Every secret value that this run knows. */
export function secretsOf(environment: Environment, desired: DesiredState): readonly string[] {
  const { apiKey, writeKey, clientCertificate, proxy } = environment.instance;
  const password = proxy === 'environment' ? undefined : proxy?.password;
  const settings = [apiKey, writeKey, clientCertificate?.key, password, environment.recordKey];
  const found = settings.flatMap((secret) => (secret === undefined ? [] : [secret.reveal()]));
  for (const resource of desired.resources) found.push(...secretValues(resource.fields));
  return found;
}
