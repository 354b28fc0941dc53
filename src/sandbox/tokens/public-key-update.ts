import { valueAt } from '../fields.js';
import type { Instance, Told, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { tokenSettings, type Issuer } from './token-settings.js';

type Moment = 'after' | 'before' | 'refused';

/**
 * `jwt.public-key.update` for an application whose tokens are to be signed by another key pair. Source: FusionAuth docs
 * extend/events-and-webhooks/events/jwt-public-key-update: "applications that may have been affected by a configuration
 * change"; release notes 1.30: "a public / private keypair used for signing may have been updated".
 */
export function applicationKeyUpdates(moment: Moment, application: StoredObject, write: Write): readonly Told[] {
  const { instance, previous } = write;
  const tenant = instance.store.get('tenant', String(application['tenantId']));
  if (moment !== 'before' || previous === undefined || tenant === undefined) return [];
  const before = publicKeys({ tenant, application: previous }, instance);
  return before === publicKeys({ tenant, application }, instance) ? [] : [told([application.id])];
}

/** The same for a tenant: its applications that have no token configuration of their own. */
export function tenantKeyUpdates(moment: Moment, tenant: StoredObject, { instance, previous }: Write): readonly Told[] {
  if (moment !== 'before' || previous === undefined) return [];
  const before = publicKeys({ tenant: previous, application: undefined }, instance);
  if (before === publicKeys({ tenant, application: undefined }, instance)) return [];
  const affected = [...instance.store.all('application')].filter(
    (application) => application['tenantId'] === tenant.id && valueAt(application, 'jwtConfiguration.enabled') !== true,
  );
  return [{ ...told(affected.map(({ id }) => id)), tenantId: tenant.id }];
}

function told(applicationIds: readonly string[]): Told {
  return { type: 'jwt.public-key.update', unlinked: true, fields: { applicationIds } };
}

function publicKeys(issuer: Issuer, { store }: Instance): string {
  const settings: Fields = tokenSettings(issuer);
  const keys = ['accessTokenKeyId', 'idTokenKeyId'].map(
    (name) => store.get('key', String(settings[name]))?.['publicKey'],
  );
  return JSON.stringify(keys.map((key) => key ?? null));
}
