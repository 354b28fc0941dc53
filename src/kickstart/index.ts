/**
 * FusionAuth's own format for a first start, out of the files and into them. Comes in: a desired state, or the text of a
 * kickstart.json. Goes out: the text of the other, with the files it includes, and notes on what it cannot say. It must
 * never let a secret into either, and never drop anything without a note. Pure.
 */
export { type ExportedKickstart, exportKickstart, type ExportKickstartOptions } from './export-kickstart.js';
export { importKickstart, type ImportKickstartOptions } from './import-kickstart.js';
export type { ImportedKickstart } from './imported-files.js';
export type { ForcedIds } from './fresh-install.js';
export type { KickstartNote } from './kickstart-note.js';
export type { EnvironmentVariable } from './secret-variables.js';
export { wholeMessages } from './whole-messages.js';
