/**
 * The words of kedge as types, with the pure functions that belong to them. Nothing comes in but values, nothing goes
 * out but values: no I/O, no clock, no randomness, and no import from any other room.
 */
export * from './approval.js';
export * from './change.js';
export * from './derived-id.js';
export * from './desired-state.js';
export * from './difference.js';
export * from './digest.js';
export * from './drift.js';
export * from './error-code.js';
export * from './error.js';
export * from './finding.js';
export * from './guard.js';
export * from './json.js';
export * from './kebab-case.js';
export * from './licence.js';
export * from './live-state.js';
export * from './location.js';
export * from './outcome.js';
export * from './overlay.js';
export * from './permissions.js';
export * from './plan.js';
export * from './pointer.js';
export * from './record-entry.js';
export * from './record.js';
export * from './redactor.js';
export * from './ref.js';
export * from './secret.js';
export * from './standing.js';
export * from './version-range.js';
