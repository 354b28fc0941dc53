/**
 * Desired state and live state come in, changes with their edits go out. Pure: no I/O, no clock, no randomness; the same
 * input gives the same bytes, whatever its order. It never decides whether a change may happen: that is the plan's.
 */
export type { DiffInput } from './diff-input.js';
export { declaredKinds } from './declared-kinds.js';
export { diffStates, ownsDetail, resourcesToDetail } from './diff-states.js';
export { idsToRead } from './ids-to-read.js';
export { missingMessages } from './missing-messages.js';
export { unresolvedOverlay } from './overlay-of.js';
export { indexLive, type LiveIndex, naturalKeyOf } from './live-index.js';
export { usersOfDeleted } from './users-of-deleted.js';
