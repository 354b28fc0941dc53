import { describe, expect, it } from 'vitest';
import { findingLines, loadAcme, loadMain } from '../testing/acme-repository.js';

describe('what says nothing beside something else', () => {
  const sink = 'webhooks:\n  sink:\n    url: https://siem.acme.example\n    global: true\n    tenantIds: [main]\n';

  it('is a warning at its place, with what to take out', async () => {
    const result = await loadMain(sink);
    expect(result.ok && result.warnings).toMatchObject([
      {
        code: 'desired/no-effect',
        severity: 'warning',
        message: "tenantIds of the webhook 'sink' says nothing beside global: true, which is for all tenants",
        hint: 'take out tenantIds, or global to have events of these tenants only',
        at: { file: 'environments/production/main.yaml', line: 6, col: 16 },
      },
    ]);
  });

  it('is gone where a higher layer takes it out', async () => {
    const result = await loadAcme({
      'environments/base/main.yaml': `version: 1\n${sink}`,
      'environments/production/main.yaml': 'version: 1\nwebhooks: { sink: { tenantIds: !unset } }\n',
    });
    expect(findingLines(result)).toEqual([]);
    expect(result.ok && result.warnings).toEqual([]);
  });
});
