import { describe, expect, it } from 'vitest';
import { findingLines, loadMain, resourcesOf } from '../testing/acme-repository.js';
import { refusesMains } from '../testing/bad-input.js';

const web = 'applications:\n  web: { name: Web, tenantId: main, roles: [{ name: admin }, { name: ops/lead }] }\n';

describe('checkReferences', () => {
  refusesMains({
    'a key that is nearly right is told the right one': [
      'applications:\n  web: { name: Web, tenantId: mian }\n',
      "3:31 desired/unknown-reference tenantId of the application 'web' names the tenant 'mian', and there is none (did you mean 'main'?)",
    ],
    'a key like no other is told where to declare it': [
      'applications:\n  web: { name: Web, tenantId: elsewhere }\n',
      "3:31 desired/unknown-reference tenantId of the application 'web' names the tenant 'elsewhere', and there is none (declare it under tenants or existing.tenants, or write its id)",
    ],
    'a role that its application does not have is shown in its list': [
      `groups:\n  crew: { name: Crew, tenantId: main, roleIds: [web/admn, web/zzzzzz] }\n${web}`,
      "3:49 desired/unknown-reference roleIds.0 of the group 'crew' names the role 'web/admn', and there is none (did you mean 'web/admin'?)",
      '3:59 desired/unknown-reference',
    ],
    'a built-in that is none is told the nearest one': [
      'applications:\n  web: { name: Web, tenantId: "builtin:default-tenan" }\n',
      "3:31 desired/unknown-reference tenantId of the application 'web' names 'builtin:default-tenan', and there is no such built-in (did you mean 'builtin:default-tenant'?)",
    ],
    'a built-in of another kind is named as what it is': [
      'applications:\n  web: { name: Web, tenantId: "builtin:default-theme" }\n',
      "3:31 desired/unknown-reference tenantId of the application 'web' takes a tenant, and builtin:default-theme is a theme",
    ],
    'a built-in of a kind that has none is told so, and where to declare one': [
      `${web}groups:\n  crew: { name: Crew, tenantId: main, roleIds: ["builtin:captain"] }\n`,
      "5:49 desired/unknown-reference roleIds.0 of the group 'crew' names 'builtin:captain', and there is no such built-in",
    ],
  });

  it('ids, keys in either form, built-ins and existing objects are all references', async () => {
    const result = await loadMain(
      `${web}  portal: { name: Portal, tenantId: "builtin:default-tenant", themeId: brand }
  shop: { name: Shop, tenantId: 11111111-0000-4000-8000-000000000001, themeId: null }
groups:
  crew: { name: Crew, tenantId: main, roleIds: [web/admin, web/roles/admin, web/roles/ops/lead] }
existing: { themes: { brand: { name: Corporate } } }
`,
    );
    expect(resourcesOf(result)['group/crew']?.fields['roleIds']).toEqual([
      'web/admin',
      'web/roles/admin',
      'web/roles/ops/lead',
    ]);
  });

  it('a value that could not be made is no wrong reference as well', async () => {
    const result = await loadMain('applications:\n  web: { name: Web, tenantId: !var nobody }\n');
    expect(findingLines(result).map((line) => line.split(' ')[1])).toEqual(['desired/missing-variable']);
  });
});
