/**
 * Says what an API key must be permitted to do for an environment's files. Desired state comes in, endpoints with methods
 * and reasons come out. It runs the catalog's own reads and writes against nobody: no network, no list of endpoints.
 */
export { changeNeeds } from './change-needs.js';
export { type KeyPurpose, neededKeys } from './needed-keys.js';
