/**
 * Plans, drift, findings, errors and outcomes come in; text for people and JSON for programs go out, as strings. Pure: it
 * prints nothing, asks no clock and no terminal, and shows a secret only as where it comes from. What comes from files and
 * instances is data: in text every control character of it is made visible.
 */
export {
  applyReport,
  driftReport,
  type EnvironmentResult,
  errorReport,
  filesReport,
  permissionsReport,
  planReport,
  renderJson,
  validateReport,
} from './json-report.js';
export type * from './json-shapes.js';
export { renderDrift } from './render-drift.js';
export { renderBug, renderError } from './render-error.js';
export { type FindingOptions, renderFindings } from './render-findings.js';
export { renderGuards } from './render-guards.js';
export { countOutcomes, outcomeSummary, renderOutcome, renderOutcomes } from './render-outcomes.js';
export type { PermissionsView } from './permissions-view.js';
export { renderPermissions } from './render-permissions.js';
export { planSummary, renderPlan } from './render-plan.js';
export { renderStanding } from './render-standing.js';
export { counted, type TextOptions } from './text-style.js';
export { visibleText } from './visible-text.js';
export type { DriftMeans } from './drift-words.js';
