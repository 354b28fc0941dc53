import type { Kind } from './kind.js';

/** True for a kind of which a read by id gives something that its list leaves out. */
export function hasDetail(kind: Kind): boolean {
  return kind.detailFields !== undefined || kind.secrets.some((secret) => secret.readBack === 'get');
}
