import { valueAt, withValueAt } from '../fields.js';
import type { Answer, Call } from '../kind.js';
import { generateKey } from '../keys/generate.js';
import { isBlank, isRecord } from './normal-text.js';
import { undocumentedText } from '../undocumented-text.js';

const enabled = 'application.samlv2Configuration.enabled';
const keyId = 'application.samlv2Configuration.keyId';

/**
 * Carries out a write of an application. Where it switches SAML on without naming a key, a key is made and named first.
 * Source: FusionAuth docs apis/applications, `samlv2Configuration.keyId`; the name of such a key is
 * UNVERIFIED (switch undocumentedTexts).
 */
export async function withSamlKey(call: Call, write: (call: Call) => Promise<Answer>): Promise<Answer> {
  const { body, instance } = call;
  const named = !isBlank(valueAt(body, keyId)) || !isBlank(valueAt(presentOf(call), 'samlv2Configuration.keyId'));
  if (!isRecord(body) || valueAt(body, enabled) !== true || named) return write(call);
  const { store, now } = instance;
  const id = instance.uuid();
  const issuer = textAt(body, 'application.samlv2Configuration.issuer');
  const material = await generateKey({ id, algorithm: 'RS256', length: 2048, issuer, now: now() });
  const instant = now();
  const name = undocumentedText(`SAML v2 for ${textAt(body, 'application.name')} ${id}`, instance.switches);
  store.put('key', { id, name, ...material, insertInstant: instant, lastUpdateInstant: instant });
  try {
    return await write({ ...call, body: withValueAt(body, keyId, id) });
  } catch (error) {
    // A write that is refused leaves no key behind.
    store.remove('key', id);
    throw error;
  }
}

function textAt(body: unknown, path: string): string {
  const value = valueAt(body, path);
  return typeof value === 'string' && value !== '' ? value : 'FusionAuth';
}

function presentOf({ instance, params }: Call): unknown {
  const id = params['applicationId'];
  return id === undefined ? undefined : instance.store.get('application', id);
}
