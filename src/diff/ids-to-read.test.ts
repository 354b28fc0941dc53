import { expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import type { ApplyRecord, DesiredState } from '../model/index.js';
import { desiredState, idOf, namespace, place, wanted } from '../testing/small-catalog.js';
import { idsToRead } from './index.js';

const RADAR = '33333333-3333-4333-8333-33333333333A';
const SONAR = '44444444-4444-4444-8444-444444444444';
const radar = { kind: 'entity', key: 'radar' };

function record(...objects: readonly (readonly [kind: string, id: string])[]): ApplyRecord {
  return {
    version: 1,
    namespace,
    environment: 'production',
    instant: 1,
    planDigest: 'sha256:0',
    objects: objects.map(([kind, id]) => ({ kind, key: 'radar', id, adopted: false, paths: {} })),
  };
}

function read(desired: DesiredState, was?: ApplyRecord): Record<string, readonly string[]> {
  return Object.fromEntries(idsToRead({ catalog, desired, record: was }));
}

it('asks for what the files name: by its id as the server writes it, and by the one an apply gives it', () => {
  expect(read(desiredState([wanted(radar, { name: 'Radar' }, { id: RADAR })]))).toEqual({
    entity: [RADAR.toLowerCase(), idOf('entity', 'radar')].toSorted(),
  });
  expect(read(desiredState([wanted({ kind: 'apiKey', key: 'deploy' }, {})]))).toEqual({
    apiKey: [idOf('apiKey', 'deploy')],
  });
});

it('asks for nothing of a kind that can be listed', () => {
  const tenant = wanted({ kind: 'tenant', key: 'main' }, { name: 'Main' }, { id: SONAR });
  expect(read(desiredState([tenant]), record(['tenant', SONAR]))).toEqual({});
});

it('asks for what is buried, and for what had another key before', () => {
  const moved = [{ kind: 'entity', from: 'sonar', to: 'radar', at: place() }];
  expect(read(desiredState([], { tombstones: [{ ref: radar, at: place() }], moved }))).toEqual({
    entity: [idOf('entity', 'radar'), idOf('entity', 'sonar')].toSorted(),
  });
});

it('asks for what is only looked up where the files say its id, and for nothing where they say a name', () => {
  const existing = (match: Readonly<Record<string, string>>) =>
    desiredState([], { existing: [{ ref: radar, match, at: place() }] });
  expect(read(existing({ id: SONAR }))).toEqual({ entity: [SONAR] });
  expect(read(existing({ name: 'Sonar' }))).toEqual({});
});

it('asks once for what the record knows as well, and not for a kind of another kedge', () => {
  const desired = desiredState([wanted(radar, { name: 'Radar' })]);
  const was = record(['entity', idOf('entity', 'radar')], ['entity', SONAR], ['passkeyPolicy', SONAR]);
  expect(read(desired, was)).toEqual({ entity: [idOf('entity', 'radar'), SONAR].toSorted() });
});
