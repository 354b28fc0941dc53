import { Refusal } from '../errors.js';
import type { Instance, Kind } from '../kind.js';
import type { PatchMethod } from '../patch.js';
import type { SwitchQuirk } from './quirk.js';

export const tenantMergePatch: SwitchQuirk<'tenantMergePatchBug'> = {
  switch: 'tenantMergePatchBug',
  values: [
    ['1.48', 'off'],
    // Reported of 1.62.1, and that 1.61.2 was right; of 1.62.0 nothing is said.
    ['1.62.1', 'on'],
    // Nobody has said whether it is still there: UNVERIFIED (switch tenantMergePatchBug).
    ['1.69', 'off'],
  ],
  what: 'A merge-patch of a tenant fails with 500; other kinds take one.',
  source: 'fusionauth-issues #3338, open; whether 1.69 still has it is UNVERIFIED (switch tenantMergePatchBug)',
};

/** @throws {@link Refusal} 500, as reported. */
export function refuseTenantMergePatch({ name }: Kind, method: PatchMethod, { switches }: Instance): void {
  if (name !== 'tenant' || method !== 'merge-patch' || switches.tenantMergePatchBug === 'off') return;
  const message = 'FusionAuth encountered an unexpected error.';
  throw new Refusal(500, { generalErrors: [{ code: '[Exception]', message }] });
}
