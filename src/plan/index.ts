/**
 * A difference and a policy come in, an ordered, checked and digested plan goes out. Pure. It is the one thing that is
 * shown, reviewed and performed: apply does nothing that is not in it.
 */
export { makePlan, type PlanInput } from './make-plan.js';
export { findNotLicensed, needsLicence } from './not-licensed.js';
export { countChanges, hasDifferences, writes } from './plan-queries.js';
export { findTooNew } from './too-new.js';
