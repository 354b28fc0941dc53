import { describe, expect, test } from 'vitest';
import { changesOf, useRepository } from './support/repository.js';

const repository = useRepository();
const { call } = repository;
const application = (key: string, more = ''): string =>
  `applications:\n  ${key}: { name: Web, roles: [{ name: admin }], data: { site: north }${more} }`;
const webhook = (key: string): string =>
  `webhooks:\n  ${key}: { url: "https://siem.example", connectTimeout: 1000, readTimeout: 1000, global: true }`;
const both = ['with the record', 'without a record'];

async function forgetIf(record: string): Promise<void> {
  if (record === 'without a record') await repository.forget();
}

async function web(): Promise<any> {
  const { applications } = await call('GET', '/api/application');
  return applications.find(({ tenantId, name }: any) => tenantId !== undefined && name === 'Web');
}

describe.each(both)('%s', (record) => {
  test('another logical key with moved: changes nothing, also of what has no name and of what is in it', async () => {
    await repository.files(`${application('portal')}\n${webhook('old')}`);
    await repository.settle();
    const { id } = await web();
    await forgetIf(record);
    await repository.files(`${application('web')}\n${webhook('sink')}
moved:
  - { kind: application, from: portal, to: web }
  - { kind: webhook, from: old, to: sink }`);
    repository.writes();
    expect(changesOf(await repository.plan())).toEqual([]);
    await repository.settle();
    expect(repository.writes()).toEqual([]);
    expect((await web()).id).toBe(id);
  });

  test('another logical key without moved: is found by its name, and nothing is written', async () => {
    await repository.files(application('portal'));
    await repository.settle();
    await forgetIf(record);
    await repository.files(application('web'));
    expect(changesOf(await repository.plan())).toEqual(record === 'with the record' ? [] : ['adopt application/web']);
    repository.writes();
    await repository.settle();
    expect(repository.writes()).toEqual([]);
  });

  test('another name is one update of the same object', async () => {
    await repository.files(application('web'));
    await repository.settle();
    const { id } = await web();
    await forgetIf(record);
    await repository.files(application('web').replace('name: Web', 'name: Harbour'));
    expect(changesOf(await repository.plan())).toEqual(['update application/web: /name']);
    await repository.settle();
    expect((await call('GET', `/api/application/${id}`)).application.name).toBe('Harbour');
  });

  test('a role keeps its id, and its users keep it, with was:', async () => {
    await repository.files(application('web'));
    await repository.settle();
    const [before] = (await web()).roles;
    await forgetIf(record);
    await repository.files(application('web').replace('{ name: admin }', '{ name: captain, was: admin }'));
    expect(changesOf(await repository.plan())).toEqual(['update role/web/roles/captain: /name']);
    await repository.settle();
    expect((await web()).roles).toMatchObject([{ id: before.id, name: 'captain' }]);
    await repository.settle();
  });

  test('a scope that was called otherwise is planned as a replacement, with what it costs, and nothing is written', async () => {
    const scopes = (scope: string): string => application('web', `, scopes: [${scope}]`);
    await repository.files(scopes('{ name: read, defaultConsentMessage: Read }'));
    await repository.settle();
    await forgetIf(record);
    await repository.files(scopes('{ name: watch, was: read, defaultConsentMessage: Read }'));
    repository.writes();
    const { plan } = await repository.apply();
    expect(plan.withheld).toMatchObject([{ code: 'plan/immutable-field', change: { op: 'replace' } }]);
    expect(repository.writes()).toEqual([]);
  });

  test('a resource that moves to another file, or to a layer below, changes nothing', async () => {
    await repository.files(`${application('web')}\n${webhook('sink')}`);
    await repository.settle();
    await forgetIf(record);
    await repository.files(application('web'));
    await repository.write({ 'environments/harbour/webhooks.yaml': webhook('sink') });
    expect(changesOf(await repository.plan())).toEqual([]);
    await repository.write({
      'environments/harbour/environment.yaml': `extends: base
instance: { url: "${repository.sandbox().url}", apiKey: !secret env:KEDGE_API_KEY }`,
      'environments/harbour/webhooks.yaml': null,
      'environments/base/main.yaml': `${application('web').replace('north', 'south')}\n${webhook('sink')}`,
    });
    await repository.files('applications:\n  web: { data: { site: north } }');
    expect(changesOf(await repository.plan())).toEqual([]);
    await repository.settle();
    expect(changesOf(await repository.plan())).toEqual([]);
  });
});

test('two files that define one key are refused before anything is read, with both places', async () => {
  await repository.files(application('web'));
  await repository.write({ 'environments/harbour/more.yaml': application('web') });
  await expect(repository.plan()).rejects.toMatchObject({
    code: 'desired/duplicate-key',
    message: expect.stringMatching(/environments\/harbour\/\w+\.yaml:3:3/),
  });
  expect(repository.sandbox().requests().total).toBe(0);
});
