export { declaredTwice } from './declared-twice.js';
/**
 * Turns a live instance into the YAML a person would have written for it. Comes in: live state, as read, with every
 * secret in clear. Goes out: text of files, and notes on what was left out. It must never let a secret into either, never
 * write what the server fills in by itself, and never drop anything without a note.
 */
export type { KnownSecrets, SecretStyle } from './known-secrets.js';
export type { PullLayout } from './layout.js';
export { type PulledFiles, pullFiles, type PullOptions, type WantedSecret } from './pull-files.js';
export { type UpdatedFiles, updateFiles } from './in-place/update-files.js';
export type { PulledEdit } from './in-place/to-write.js';
export type { UpdateOptions } from './in-place/update-options.js';
export { type PulledText, textsOf } from './text-files.js';
export type { PullNote, PullNoteReason } from './pull-note.js';
