import type { Probe } from '../probe.js';
import { secretProbes } from './secrets.js';
import { tenantProbes } from './tenants.js';
import { writeProbes } from './writes.js';

export const probes: readonly Probe[] = [...writeProbes, ...tenantProbes, ...secretProbes];
