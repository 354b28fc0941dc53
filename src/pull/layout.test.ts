import { describe, expect, it } from 'vitest';
import type { LiveResource } from '../model/index.js';
import { freshResources, ids, live, liveStateOf } from './testing/harbour-instance.js';
import { changesOf, loadPulled, pull } from './testing/pulled-repository.js';

const yard = '0a1b2c3d-0000-4000-8000-000000000011';
const crew = live('tenant', ids.crew, { name: 'Crew', issuer: 'crew.test', themeId: ids.defaultTheme });
const other = live('tenant', yard, { name: 'Yard', issuer: 'yard.test', themeId: ids.defaultTheme });
const booking = live('application', ids.booking, { name: 'Booking', tenantId: ids.crew });
let made = 0;

/** One object of its kind, beside two tenants and an application of one of them. */
function one(kind: string, body: Record<string, unknown>): LiveResource {
  made += 1;
  // A body in a test is JSON.
  return live(kind, `0a1b2c3d-0000-4000-8000-0000000001${made.toString(16).padStart(2, '0')}`, body as never);
}

function byTenant(...resources: readonly LiveResource[]): ReadonlyMap<string, string> {
  return pull(liveStateOf([...freshResources(), ...resources]), { layout: 'tenant' }).files;
}

describe('one file for each tenant', () => {
  it('has the tenant first, then what is of it, with roles inside their application', async () => {
    const state = liveStateOf([
      ...freshResources(),
      booking,
      live('role', ids.bookingAdmin, { name: 'admin', isSuperRole: true, isDefault: false }, ids.booking),
      one('group', { name: 'Officers', tenantId: ids.crew, roleIds: [ids.bookingAdmin] }),
      crew,
    ]);
    const { files } = pull(state, { layout: 'tenant' });
    expect([...files.keys()]).toEqual(['tenant-crew.yaml']);
    expect(files.get('tenant-crew.yaml')).toMatch(
      /^# yaml-language-server: \$schema=..\/..\/schemas\/kedge.schema.json\nversion: 1\n\ntenants:\n  crew:\n[^]*\n\napplications:\n  booking:\n[^]*    roles:\n[^]*\n\ngroups:\n  officers:\n/,
    );
    expect(changesOf(await loadPulled(files), state)).toEqual([]);
  });

  it('has the same text whatever other tenants there are', () => {
    const alone = byTenant(crew, booking);
    const together = byTenant(other, one('application', { name: 'Cranes', tenantId: yard }), booking, crew);
    expect([...together.keys()]).toEqual(['tenant-crew.yaml', 'tenant-yard.yaml']);
    expect(together.get('tenant-crew.yaml')).toBe(alone.get('tenant-crew.yaml'));
  });

  it('holds the applications of the Default tenant, which itself is not written', () => {
    const files = byTenant(one('application', { name: 'Portal', tenantId: ids.defaultTenant }));
    expect([...files.keys()]).toEqual(['tenant-default.yaml']);
    expect(files.get('tenant-default.yaml')).toContain('tenantId: builtin:default-tenant');
  });

  it('is told from the file of a kind that has the same name', () => {
    const named = live('tenant', ids.crew, { ...crew.body, name: 'Manager Configuration' });
    const manager = live('tenantManagerConfiguration', 'tenantManagerConfiguration', { brandName: 'Harbour' });
    const files = byTenant(named, manager);
    expect([...files.keys()]).toEqual(['tenant-manager-configuration-2.yaml', 'tenant-manager-configuration.yaml']);
  });

  it.each<readonly [string, string, string, Record<string, unknown>]>([
    ['a webhook of one tenant', 'tenant-crew.yaml', 'webhook', { tenantIds: [ids.crew] }],
    ['a webhook of two tenants', 'webhooks.yaml', 'webhook', { tenantIds: [ids.crew, yard] }],
    ['a webhook of no tenant', 'webhooks.yaml', 'webhook', { tenantIds: [] }],
    ['a webhook of every tenant', 'webhooks.yaml', 'webhook', { tenantIds: [ids.crew], global: true }],
    ['a webhook of a tenant that is not shown', 'webhooks.yaml', 'webhook', { tenantIds: [ids.bookingAdmin] }],
    ['a provider of a tenant', 'tenant-crew.yaml', 'identityProvider', { tenantId: ids.crew.toUpperCase() }],
    ['a provider with settings for one tenant', 'tenant-crew.yaml', 'identityProvider', perTenant(ids.crew)],
    ['a provider with settings for two', 'identity-providers.yaml', 'identityProvider', perTenant(ids.crew, yard)],
    [
      "a provider with settings for one tenant and for another's application",
      'identity-providers.yaml',
      'identityProvider',
      { ...perTenant(yard), applicationConfiguration: { [ids.booking]: { enabled: true } } },
    ],
    [
      'a provider with settings for a tenant and its application',
      'tenant-crew.yaml',
      'identityProvider',
      { ...perTenant(ids.crew), applicationConfiguration: { [ids.booking]: { enabled: true } } },
    ],
    ['an email template', 'email-templates.yaml', 'emailTemplate', { defaultSubject: 'Welcome' }],
  ])('%s stands in %s', (_, file, kind, body) => {
    const type = kind === 'identityProvider' ? { type: 'Google', enabled: true } : { url: 'https://siem.test' };
    const collection = { webhook: 'webhooks', identityProvider: 'identityProviders' }[kind] ?? 'emailTemplates';
    const files = byTenant(crew, other, booking, one(kind, { name: 'One', ...type, ...body }));
    const holders = [...files].filter(([, text]) => text.includes(`\n${collection}:\n`)).map(([path]) => path);
    expect(holders).toEqual([file]);
  });
});

function perTenant(...tenants: readonly string[]): Record<string, unknown> {
  const settings = { limitUserLinkCount: { enabled: true, maximumLinks: 2 } };
  return { tenantConfiguration: Object.fromEntries(tenants.map((id) => [id, settings])) };
}
