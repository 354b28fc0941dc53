import { describe, expect, it } from 'vitest';
import type { LiveResource } from '../../model/index.js';
import { ids, live } from '../testing/harbour-instance.js';
import { booking, crew, type Files, instance, pulled } from '../testing/updated-repository.js';

const own = 'environments/production';
const yardId = '0a1b2c3d-0000-4000-8000-000000000011';
const cranesId = '0a1b2c3d-0000-4000-8000-000000000012';
const newId = '0a1b2c3d-0000-4000-8000-000000000013';
const yard = live('tenant', yardId, { name: 'Yard', themeId: ids.defaultTheme });
const cranes = live('application', cranesId, { name: 'Cranes', tenantId: yardId });
const portal = live('application', newId, { name: 'Portal', tenantId: ids.crew });
const officers = live('group', newId, { name: 'Officers', tenantId: ids.crew });
const ofCrew = live('webhook', newId, { url: 'https://siem.test', tenantIds: [ids.crew] });
const ofAll = live('webhook', newId, { url: 'https://siem.test', global: true });
const anyTenant = live('application', newId, { name: 'Console', universalConfiguration: { universal: true } });
const claims = live('lambda', newId, { name: 'Claims', type: 'JWTPopulate', engineType: 'GraalJS', body: 'x\n' });

const crewEntry = `  crew: { id: ${ids.crew}, themeId: builtin:default-theme, name: Crew }\n`;
const yardEntry = `  yard: { id: ${yardId}, themeId: builtin:default-theme, name: Yard }\n`;
const bookingEntry = `  booking: { id: ${ids.booking}, tenantId: crew, name: Booking }\n`;
const cranesEntry = `  cranes: { id: ${cranesId}, tenantId: yard, name: Cranes }\n`;

function repository(files: { readonly [name: string]: string }): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${own}/${name}`, `version: 1\n${text}`]));
}

/** A file for each tenant, as a pull names them. */
const perTenant = repository({
  'tenant-crew.yaml': `tenants:\n${crewEntry}applications:\n${bookingEntry}`,
  'tenant-yard.yaml': `tenants:\n${yardEntry}applications:\n${cranesEntry}`,
});
/** The same, under names of somebody's own. */
const namedOtherwise = repository({
  'crew.yaml': `tenants:\n${crewEntry}applications:\n${bookingEntry}`,
  'yard.yaml': `tenants:\n${yardEntry}applications:\n${cranesEntry}`,
});
const perKind = repository({
  'apps.yaml': `applications:\n${bookingEntry}${cranesEntry}`,
  'tenants.yaml': `tenants:\n${crewEntry}${yardEntry}`,
});
const alone = repository({ 'all.yaml': `tenants:\n${crewEntry}applications:\n${bookingEntry}` });

/** The names of the files that change when the instance has this besides. */
async function changed(
  files: Files,
  more: readonly LiveResource[],
  options: Parameters<typeof pulled>[2] = {},
): Promise<readonly string[]> {
  const state =
    files === alone ? instance(crew(), booking(), ...more) : instance(crew(), yard, booking(), cranes, ...more);
  const after = await pulled(files, state, options);
  const paths = Object.keys(after).filter((path) => after[path] !== files[path]);
  return paths.map((path) => path.slice(own.length + 1)).sort();
}

describe('something new', () => {
  it.each<readonly [string, Files, LiveResource, string]>([
    ['of a kind that its tenant has there', perTenant, portal, 'tenant-crew.yaml'],
    ['of another kind', perTenant, officers, 'tenant-crew.yaml'],
    ['that names one tenant', perTenant, ofCrew, 'tenant-crew.yaml'],
    ['of a tenant, in files of other names', namedOtherwise, officers, 'crew.yaml'],
    ['of every tenant', perTenant, ofAll, 'webhooks.yaml'],
    ['of no tenant, where a tenant has others of its kind', namedOtherwise, anyTenant, 'applications.yaml'],
    ['of a tenant, in files per kind', perKind, portal, 'apps.yaml'],
    ['of a new kind, in files per kind', perKind, officers, 'groups.yaml'],
    ['of no tenant, where all is in one file', alone, anyTenant, 'all.yaml'],
    ['of a new kind, beside one file', alone, officers, 'groups.yaml'],
  ])('%s goes where the files are laid out for it', async (_, files, object, name) => {
    expect(await changed(files, [object])).toEqual([name]);
  });

  it('of a new tenant gets a file of that tenant, where others have theirs', async () => {
    const mates = live('tenant', newId, { name: 'Mates', themeId: ids.defaultTheme });
    const crane = live('application', '0a1b2c3d-0000-4000-8000-000000000014', { name: 'Crane', tenantId: newId });
    for (const files of [perTenant, namedOtherwise])
      expect(await changed(files, [mates, crane])).toEqual(['tenant-mates.yaml']);
    expect(await changed(perKind, [mates, crane])).toEqual(['apps.yaml', 'tenants.yaml']);
    expect(await changed(alone, [mates, crane])).toEqual(['all.yaml']);
  });

  it('of a new tenant gets another name where a file has that one', async () => {
    const mates = live('tenant', newId, { name: 'Mates', themeId: ids.defaultTheme });
    const crane = live('application', '0a1b2c3d-0000-4000-8000-000000000014', { name: 'Crane', tenantId: newId });
    const files = {
      ...repository({ 'tenant-mates.yaml': `applications:\n${cranesEntry}tenants:\n${yardEntry}` }),
      ...repository({
        'tenant-crew.yaml': `tenants:\n${crewEntry}applications:\n${bookingEntry}`,
      }),
    };
    expect(await changed(files, [mates, crane])).toEqual(['tenant-mates-2.yaml']);
  });

  it('goes beside others of its tenant and kind before the file of the tenant', async () => {
    const groupId = '0a1b2c3d-0000-4000-8000-000000000015';
    const mates = live('group', groupId, { name: 'Mates', tenantId: ids.crew });
    const groups = repository({ 'groups.yaml': `groups:\n  mates: { id: ${groupId}, tenantId: crew, name: Mates }\n` });
    expect(await changed({ ...perTenant, ...groups }, [mates, officers])).toEqual(['groups.yaml']);
  });

  it('goes where its kind is, although tenants have files, where its tenant has none', async () => {
    const apps = {
      ...repository({
        'apps.yaml': `tenants:\n${yardEntry}applications:\n${cranesEntry}lambdas:\n  claims: { id: ${newId}, name: Claims, type: JWTPopulate, engineType: GraalJS, body: "x\\n" }\n`,
      }),
      ...repository({ 'tenant-crew.yaml': `tenants:\n${crewEntry}applications:\n${bookingEntry}` }),
    };
    const winch = live('application', '0a1b2c3d-0000-4000-8000-000000000016', {
      name: 'Winch',
      tenantId: ids.defaultTenant,
    });
    expect(await changed(apps, [claims, winch])).toEqual(['apps.yaml']);
  });

  it('does not move a tenant that lost what was declared of it', async () => {
    const files = repository({
      'crew.yaml': `tenants:\n${crewEntry}lambdas:\n  claims: { id: ${newId}, name: Claims, type: JWTPopulate, engineType: GraalJS, body: "x\\n" }\n`,
      'more.yaml': `tenants:\n${yardEntry}applications:\n${bookingEntry}${cranesEntry}`,
    });
    expect(await changed(files, [claims, live('group', cranesId, { name: 'Officers', tenantId: ids.crew })])).toEqual([
      'groups.yaml',
    ]);
  });
});

describe('--layout', () => {
  it.each<readonly ['kind' | 'tenant', Files, LiveResource, string]>([
    ['kind', perTenant, portal, 'applications.yaml'],
    ['kind', perKind, portal, 'apps.yaml'],
    ['tenant', perKind, portal, 'tenant-crew.yaml'],
    ['tenant', perTenant, portal, 'tenant-crew.yaml'],
    ['tenant', perKind, ofAll, 'webhooks.yaml'],
  ])('%s decides where something new goes, and moves nothing', async (layout, files, object, name) => {
    expect(await changed(files, [object], { layout })).toEqual([name]);
  });

  it('tenant puts all that is new of a tenant into one file', async () => {
    const two = [portal, live('group', cranesId, { name: 'Officers', tenantId: ids.crew })];
    expect(await changed(perKind, two, { layout: 'tenant' })).toEqual(['tenant-crew.yaml']);
  });
});
