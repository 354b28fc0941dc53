import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { DesiredObject, DesiredResource, Ref } from '../model/index.js';
import { desiredState, place, wanted } from '../testing/small-catalog.js';
import { findTooNew } from './too-new.js';

const found = (serverVersion: string, ...resources: readonly DesiredResource[]): readonly string[] =>
  findTooNew({ catalog, desired: desiredState(resources), serverVersion }).map((finding) => finding.message);
const web: Ref = { kind: 'application', key: 'web' };
const application = (fields: DesiredObject): DesiredResource => wanted(web, { name: 'Web', ...fields });

describe('what a server is too old for', () => {
  it('is a field that came later, however deep, and is none from that version on', () => {
    const resource = application({ oauthConfiguration: { authorizedResourceUris: ['https://api.acme.example'] } });
    expect(found('1.62.1', resource)).toEqual([
      'application/web oauthConfiguration.authorizedResourceUris is there since FusionAuth 1.67, and the instance is 1.62.1',
    ]);
    expect(found('1.67.0', resource)).toEqual([]);
    expect(found('1.69.0', resource)).toEqual([]);
  });

  it('is a value that came later, and not the others of its field', () => {
    const policy = (loginPolicy: string): DesiredResource => application({ multiFactorConfiguration: { loginPolicy } });
    expect(found('1.62.1', policy('ChallengeOnHighRisk'))).toEqual([
      'application/web multiFactorConfiguration.loginPolicy: ChallengeOnHighRisk is there since FusionAuth 1.68, and the instance is 1.62.1',
    ]);
    expect(found('1.62.1', policy('Required'))).toEqual([]);
  });

  it('is an event that came later', () => {
    const sink = wanted(
      { kind: 'webhook', key: 'sink' },
      { eventsEnabled: { 'entity.create': true, 'user.create': true } },
    );
    expect(found('1.65.0', sink)).toEqual([
      'webhook/sink eventsEnabled.entity.create is there since FusionAuth 1.69, and the instance is 1.65.0',
    ]);
  });

  it('is a field in an item of a list', () => {
    const form = wanted({ kind: 'form', key: 'join' }, { steps: [{ fields: [] }, { type: 'verifyEmail' }] });
    expect(found('1.61.0', form)).toEqual([
      'form/join steps.1.type is there since FusionAuth 1.62, and the instance is 1.61.0',
    ]);
  });

  it('is a whole kind, said once', () => {
    const tenantManager = wanted(
      { kind: 'tenantManagerConfiguration', key: 'instance' },
      { brandName: 'Acme', attributeFormId: 'join' },
    );
    expect(found('1.64.1', tenantManager)).toEqual([
      'tenantManagerConfiguration/instance is there since FusionAuth 1.65, and the instance is 1.64.1',
    ]);
  });

  it('is nothing that is written as null: a server without the field has no value for it', () => {
    expect(found('1.62.1', application({ baseURL: null }))).toEqual([]);
  });

  it('is not known of a version that cannot be read', () => {
    expect(found('nightly', application({ baseURL: 'https://login.acme.example' }))).toEqual([]);
  });

  it('is pointed to where it was written, or where the nearest thing around it was', () => {
    const at = { ...place(), line: 7 };
    const inner: DesiredResource = {
      ...application({ oauthConfiguration: { authorizedResourceUris: [] } }),
      locations: new Map([['/oauthConfiguration', at]]),
    };
    const outer = application({ baseURL: 'https://login.acme.example' });
    const findings = findTooNew({ catalog, desired: desiredState([inner, outer]), serverVersion: '1.62' });
    expect(findings.map((finding) => finding.at)).toEqual([at, outer.at]);
  });
});
