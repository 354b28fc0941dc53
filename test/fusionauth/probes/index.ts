import type { Probe } from '../probe.js';
import { configurationProbes } from './configuration.js';
import { entityProbes } from './entities.js';
import { eventProbes } from './events.js';
import { keyProbes } from './keys.js';
import { providerProbes } from './providers.js';
import { searchProbes } from './searches.js';
import { secretProbes } from './secrets.js';
import { tenantProbes } from './tenants.js';
import { undocumentedProbes } from './undocumented.js';
import { userProbes } from './users.js';
import { writeProbes } from './writes.js';

/** What is of a fresh install goes first: others write where it looks. */
export const probes: readonly Probe[] = [
  ...configurationProbes,
  ...undocumentedProbes,
  ...writeProbes,
  ...tenantProbes,
  ...secretProbes,
  ...keyProbes,
  ...providerProbes,
  ...entityProbes,
  ...searchProbes,
  ...userProbes,
  ...eventProbes,
];
