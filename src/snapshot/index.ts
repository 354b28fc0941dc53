/**
 * An instance as one file. Live state comes in, as read, with every secret in clear; a document goes out that holds all of
 * it but the secrets, and comes back as live state that a plan can be made from without network. It must never let a secret
 * into the document, and never take a document that is not whole for an instance.
 */
export { liveStateOf, notAsked } from './live-state.js';
export { makeSnapshot, type MadeSnapshot } from './make-snapshot.js';
export { movedObjects } from './moved-objects.js';
export { parseSnapshot } from './parse-snapshot.js';
export { createSecretNet } from './secret-net.js';
export type { SnapshotFile, SnapshotKind, SnapshotObject } from './snapshot-file.js';
export { snapshotText } from './snapshot-text.js';
