import { createRequire } from 'node:module';
import { systemRetryClock } from '../live/index.js';
import { createRedactor } from '../model/index.js';
import type { Ports } from './ports.js';

/**
 * Ports of this machine: its clock, chance and waiting, a redactor that knows no secret yet, and kedge's own version.
 * @param options.env - the environment variables that files may name, such as `process.env`.
 */
export function createPorts(options: Pick<Ports, 'env'>): Ports {
  // Our own package.json, which has a version.
  const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string };
  return { env: options.env, clock: systemRetryClock, version, redactor: createRedactor() };
}
