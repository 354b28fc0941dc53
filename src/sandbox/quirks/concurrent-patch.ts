import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../errors.js';
import type { Instance, Kind } from '../kind.js';
import type { StoredObject } from '../store.js';
import type { SwitchQuirk } from './quirk.js';

export const concurrentPatch: SwitchQuirk<'concurrentPatch'> = {
  switch: 'concurrentPatch',
  values: [['1.48', 'lost']],
  what: 'Of PATCHes of one object at the same time only the last is kept, and all are answered 200.',
  source: 'fusionauth-issues #3206, open; seen on 1.60.1',
};

export const identityProviderPatch: SwitchQuirk<'identityProviderPatch'> = {
  switch: 'identityProviderPatch',
  values: [
    ['1.48', 'lost'],
    ['1.65', 'conflict'],
  ],
  what: 'A PATCH of an identity provider that another one overtook is answered 409.',
  source: 'fusionauth-issues #3386, fixed in 1.65',
};

/** How long a PATCH is between its read and its write: what a database would take, and enough for others to come in. */
const betweenMs = 10;

/**
 * The object that a PATCH is written over, once others have had the time to write too. What the PATCH has read before is
 * what it was computed from, so that the fields others changed meanwhile go back (`lost`), or it is refused (`conflict`,
 * by `lastUpdateInstant`; the code is UNVERIFIED (switch undocumentedErrors)).
 * @param read - reads the object again. @throws {@link Refusal} 409.
 */
export async function overtaken(
  previous: StoredObject,
  { kind, instance, read }: { readonly kind: Kind; readonly instance: Instance; readonly read: () => StoredObject },
): Promise<StoredObject> {
  const { concurrentPatch: usual, identityProviderPatch: special } = instance.switches;
  const outcome = kind.name === 'identityProvider' ? special : usual;
  if (outcome === 'serial') return previous;
  await sleep(betweenMs);
  const present = read();
  if (outcome === 'lost' || present['lastUpdateInstant'] === previous['lastUpdateInstant']) return present;
  const message = `The ${kind.label} with Id [${previous.id}] was changed since it was read. Retry the request.`;
  throw new Refusal(
    409,
    { generalErrors: [{ code: '[Conflict]', message }] },
    { generalErrors: [{ code: '[Unknown]', message }] },
  );
}
