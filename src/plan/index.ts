/**
 * A difference and a policy come in, an ordered, checked and digested plan goes out. Pure. It is the one thing that is
 * shown, reviewed and performed: apply does nothing that is not in it.
 */
export { checkGuards } from './check-guards.js';
export { driftMeans } from './drift-means.js';
export { desiredDigest } from './desired-digest.js';
export { findUnsaved } from './find-unsaved.js';
export { makePlan, type PlanInput } from './make-plan.js';
export { digestOfFiled, filedPlan, type FiledPlan, type PlanFile, secretSources, unfiledPlan } from './plan-file.js';
export { findNotLicensed, licensedFeature, needsLicence } from './not-licensed.js';
export { countChanges, hasDifferences, writes } from './plan-queries.js';
export { movedFields, seenFields, type SeenFields } from './seen-fields.js';
export { findTooNew } from './too-new.js';
export type { Risk } from './judge-risk.js';
