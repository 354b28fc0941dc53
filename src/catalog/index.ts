/**
 * What kedge knows about each kind of FusionAuth configuration, as data: one file per kind in `kinds/`, asked by every
 * other room. It talks to nobody: the client calls in it are run by `live/` only.
 */
export * from './canonical-body.js';
export * from './catalog.js';
export { hasDetail } from './detail.js';
export * from './field-path.js';
export * from './kind.js';
export * from './kind-type.js';
export type * from './kinds.generated.js';
export * from './meaning.js';
export * from './meanings-of.js';
export { keyManagerEndpoint } from './kinds/api-key.js';
export * from './owned-value.js';
export { messagesOf, messageText, withMissingMessages } from './message-text.js';
export { readableBody } from './readable-body.js';
export { singletonKey } from './singleton.js';
export { withoutCopies } from './wire.js';
