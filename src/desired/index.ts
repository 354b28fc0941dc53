/**
 * Turns a repository's YAML into the desired state, with the place of every value, or tells everything that is wrong
 * with it at once. Files come in through a {@link FileSource} only; nothing here reaches the network or runs what a
 * file says.
 */
export { type CheckEnvironmentsOptions, type CheckedEnvironments, checkEnvironments } from './check-environments.js';
export type { Environment, Instance } from './environment.js';
export type * from './environment-file.js';
export type { FileRead, FileSource, FolderEntry } from './file-source.js';
export { createFolderSource, findRepository } from './folder-source.js';
export type { Limits } from './limits.js';
export { loadEnvironment, type LoadOptions, type LoadResult } from './load-environment.js';
export { createMemorySource } from './memory-source.js';
export { createBundledSchemas, type SchemaSource } from './schema-source.js';
