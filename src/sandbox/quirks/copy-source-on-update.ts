import { madeUpError } from '../errors.js';
import type { Instance, Kind } from '../kind.js';
import type { Fields } from '../store.js';
import type { SwitchQuirk } from './quirk.js';

export const copySourceOnUpdate: SwitchQuirk<'copySourceOnUpdate'> = {
  switch: 'copySourceOnUpdate',
  values: [
    ['1.12', 'ignored'],
    ['1.46', 'refused'],
  ],
  what: '`sourceTenantId`, and its like of other kinds, in a PUT or PATCH is answered 400.',
  source: 'fusionauth-issues #2340, open since 1.46',
};

/** The message is the reported one, the code UNVERIFIED (switch undocumentedErrors). @throws {@link Refusal} 400. */
export function refuseCopySource({ copy }: Kind, envelope: Fields, { switches }: Instance): void {
  if (copy === undefined || switches.copySourceOnUpdate === 'ignored') return;
  if (envelope[copy.parameter] === undefined || envelope[copy.parameter] === null) return;
  throw madeUpError(
    'invalid',
    copy.parameter,
    `The [${copy.parameter}] property should not be specified on a PATCH or PUT request. This property may only be used on a POST request.`,
  );
}
