import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { createFolderSource, loadEnvironment, type LoadResult } from '../../src/desired/index.js';
import { locationText } from '../../src/model/index.js';

const repository = new URL('../..', import.meta.url).pathname;

/** Loads an environment of this project's own example, with secrets as a CI job would give them. */
function load(environment: string): Promise<LoadResult> {
  return loadEnvironment({
    source: createFolderSource(repository),
    environment,
    catalog,
    env: {
      HALCYON_READ_KEY: 'read',
      HALCYON_SIEM_TOKEN: 'token',
      HALCYON_SMTP_PASSWORD: 'password',
      HALCYON_STAGING_KEY: 'staging',
      HALCYON_WRITE_KEY: 'write',
    },
    secrets: 'resolve',
    writeKey: true,
  });
}

describe('the example in environments/', () => {
  it.each(['staging', 'production'])('%s loads without a finding', async (environment) => {
    const result = await load(environment);
    const findings = result.ok ? result.warnings : result.findings;
    expect(findings.map((item) => `${item.at ? locationText(item.at) : ''} ${item.code} ${item.message}`)).toEqual([]);
    expect(result.ok).toBe(true);
  });

  it('staging owns no user of the mail server, and production does', async () => {
    const mail = await Promise.all(
      ['staging', 'production'].map(async (environment) => {
        const result = await load(environment);
        const tenant = result.ok && result.desired.resources.find((item) => item.ref.key === 'crew');
        return tenant && Object.keys(tenant.fields['emailConfiguration'] ?? {});
      }),
    );
    expect(mail[0]).not.toContain('username');
    expect(mail[1]).toContain('username');
  });
});
