import type { Catalog } from '../catalog/index.js';
import { type Location, pathOf, type Policy, pointerOf, Secret, valueAt } from '../model/index.js';
import { parseApprovalPolicy } from './approval-settings.js';
import { didYouMean } from './closest.js';
import type { EnvironmentFile } from './environment-file.js';
import type { Environment } from './environment.js';
import type { FindingList } from './finding-list.js';
import { parseGuards } from './guard-settings.js';
import { mergeWritten } from './layer-merge.js';
import type { Layer } from './layers.js';
import { fullKey } from './references.js';
import type { SchemaCheck } from './schema-check.js';
import type { SchemaSource } from './schema-source.js';
import { sealAt } from './secret-fields.js';
import { checkUrl, checkUuid, parseWay } from './settings-values.js';
import { noLocals, type Resolver } from './value-resolver.js';
import { emptyMap, type Written, type WrittenEntry, type WrittenMap, writtenEntryAt } from './written.js';

/** The settings of an environment and the layers below it, laid over each other but not yet resolved. */
export interface WrittenSettings {
  readonly map: WrittenMap;
  readonly variables: ReadonlyMap<string, WrittenEntry>;
}

/** Settings that stand for a secret, by pointer. */
const secretPointers = [
  '/instance/apiKey',
  '/instance/writeKey',
  '/instance/clientCertificate/key',
  '/instance/proxy/password',
  '/record/key',
];

/** Merges settings, lowest layer first. Without `writeKey` the key that can write is dropped before anything reads it. */
export function mergeSettings(
  layers: readonly Layer[],
  context: { readonly writeKey: boolean; readonly findings: FindingList },
): WrittenSettings {
  let merged: Written = emptyMap({ file: '', line: 1, col: 1 });
  for (const { settings } of layers) {
    if (!settings) continue;
    merged = mergeWritten(merged, settings, { findings: context.findings, named: new Map() }) ?? merged;
  }
  // A map laid over a map is a map.
  const entries = new Map((merged as WrittenMap).entries);
  const variables = entries.get('variables')?.value;
  for (const name of ['variables', 'extends', 'version']) entries.delete(name);
  const instance = entries.get('instance');
  if (!context.writeKey && instance?.value.shape === 'map') {
    const kept = new Map(instance.value.entries);
    kept.delete('writeKey');
    entries.set('instance', { ...instance, value: { ...instance.value, entries: kept } });
  }
  if (variables && variables.shape !== 'map') {
    const message = 'variables is a map of names to values';
    context.findings.add({ code: 'desired/bad-type', message, at: variables.at });
  }
  return {
    map: { shape: 'map', at: merged.at, patches: false, entries },
    variables: variables?.shape === 'map' ? variables.entries : new Map(),
  };
}

/** What parsing settings needs. */
export interface SettingsContext {
  readonly environment: string;
  readonly project: string;
  readonly resolver: Resolver;
  readonly schemas: SchemaSource;
  readonly schemaCheck: SchemaCheck;
  readonly catalog: Catalog;
  readonly findings: FindingList;
}

/** Resolves and checks settings; undefined after findings. */
export function parseSettings(settings: WrittenSettings, context: SettingsContext): Environment | undefined {
  const { findings, environment } = context;
  const before = findings.errors();
  const { value, locations, unresolved } = context.resolver.resolve(settings.map, noLocals);
  const at = (pointer: string): Location => locations.get(pointer) ?? settings.map.at;
  for (const fault of context.schemaCheck.check(context.schemas.environment(), { value, what: 'environment.yaml' })) {
    const { pointer, ...rest } = fault;
    const key = fault.code === 'desired/unknown-field' ? writtenEntryAt(settings.map, pointer)?.keyAt : undefined;
    if (!unresolved.has(pointer)) findings.add({ ...rest, at: key ?? at(pointer) });
  }
  const secrets = new Map<string, Secret>();
  for (const pointer of secretPointers) {
    const what = `${pathOf(pointer).join('.')} of environment.yaml`;
    const sealed = sealAt(valueAt(value, pathOf(pointer)), {
      written: settings.map,
      path: pathOf(pointer),
      what,
      findings,
    });
    if (sealed instanceof Secret) secrets.set(pointer, sealed);
  }
  // The schema has just been asked; where it had something to say, nothing of this is given out.
  const file = value as unknown as Omit<EnvironmentFile, 'version'>;
  if (file.instance === undefined) {
    const message = `the environment '${environment}' has no instance`;
    const hint = 'write instance: with url and apiKey, or name an environment that has one: a layer has none';
    findings.add({ code: 'desired/missing-field', message, hint, at: settings.map.at });
  }
  if (findings.errors() > before || file.instance === undefined) return undefined;
  const url = checkUrl(file.instance.url, { at: at('/instance/url'), findings });
  const { tenantId, ca, clientCertificate, timeoutMs, timeouts, requestsPerSecond, concurrency } = file.instance;
  if (tenantId !== undefined)
    checkUuid(tenantId, { name: 'instance.tenantId', at: at('/instance/tenantId'), findings });
  const namespace = file.identity?.namespace;
  if (namespace !== undefined)
    checkUuid(namespace, { name: 'identity.namespace', at: at('/identity/namespace'), findings });
  const way = parseWay(file.instance, { password: secrets.get('/instance/proxy/password'), at, findings });
  const policy = parsePolicy(file.policy, { ...context, at });
  const guards = parseGuards(file.policy, { ...context, at });
  const approvals = parseApprovalPolicy(file.policy, { written: settings.map, findings, at });
  const apiKey = secrets.get('/instance/apiKey');
  const key = secrets.get('/instance/clientCertificate/key');
  const writeKey = secrets.get('/instance/writeKey');
  const recordKey = secrets.get('/record/key');
  if (!apiKey) {
    const message = 'instance.apiKey is empty';
    findings.add({
      code: 'desired/missing-secret',
      message,
      hint: 'write !secret env:NAME',
      at: at('/instance/apiKey'),
    });
  }
  if (findings.errors() > before || !apiKey || url === undefined) return undefined;
  return {
    name: environment,
    instance: {
      url,
      apiKey,
      ...(writeKey && { writeKey }),
      ...(tenantId !== undefined && { tenantId: tenantId.toLowerCase() }),
      ...(ca !== undefined && { ca }),
      ...(clientCertificate && key && { clientCertificate: { cert: clientCertificate.cert, key } }),
      ...way,
      timeoutMs: timeoutMs ?? 30_000,
      ...(timeouts && { timeouts }),
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
      concurrency: concurrency ?? 8,
    },
    ...(file.fusionauth !== undefined && { fusionauth: file.fusionauth }),
    policy,
    guards,
    ...(approvals && { approvals }),
    namespace: (namespace ?? context.project).toLowerCase(),
    ...(recordKey && { recordKey }),
    recordInInstance: file.record?.instance ?? true,
  };
}

function parsePolicy(
  file: EnvironmentFile['policy'],
  context: SettingsContext & { readonly at: (pointer: string) => Location },
): Policy {
  const { catalog, findings, at } = context;
  const kindOf = (collection: string): string | undefined =>
    catalog.kinds.find((kind) => kind.collection === collection)?.kind;
  const collections = catalog.kinds.map((kind) => kind.collection);
  const prune = new Set<string>();
  for (const [collection, rules] of Object.entries(file?.kinds ?? {})) {
    const kind = kindOf(collection);
    if (kind !== undefined && rules.prune === true) prune.add(kind);
    if (kind !== undefined) continue;
    const message = `policy.kinds has no collection '${collection}'`;
    const hint = didYouMean(collection, collections);
    findings.add({ code: 'desired/unknown-field', message, hint, at: at(pointerOf(['policy', 'kinds', collection])) });
  }
  const protect = (file?.protect ?? []).flatMap((text, index) => {
    const place = at(`/policy/protect/${index}`);
    const [collection = '', ...key] = text.split('/');
    const kind = kindOf(collection);
    if (kind !== undefined && key.length > 0)
      return [{ ref: { kind, key: fullKey(catalog, kind, key.join('/')) }, at: place }];
    const message = `policy.protect takes <collection>/<logical key>, not '${text}'`;
    const hint = didYouMean(collection, collections) ?? 'such as tenants/main';
    findings.add({ code: 'desired/unknown-reference', message, hint, at: place });
    return [];
  });
  return { prune, protect };
}
