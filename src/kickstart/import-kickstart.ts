import { type Catalog, visitField } from '../catalog/index.js';
import { type Finding, isJsonObject, type Json, KedgeError, type Location, unreachable } from '../model/index.js';
import type { KickstartFiles } from './expressions.js';
import { type ImportedInto, importedFiles, type ImportedKickstart, shownText } from './imported-files.js';
import { type ImportedRequest, readRequest, requestText } from './imported-request.js';
import { JsonFault } from './json-document.js';
import type { KickstartNote } from './kickstart-note.js';
import { createKickstartSecrets, type KickstartSecrets } from './kickstart-secrets.js';
import { type KickstartStart, startKickstart } from './kickstart-start.js';
import type { Made, MadeObjects } from './made-objects.js';
import { type RequestTarget, targetOf } from './request-target.js';

/** What to import, and what into. */
export interface ImportKickstartOptions extends KickstartFiles, ImportedInto {
  /** What the kickstart file is called in messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * The YAML that makes what a kickstart makes. What the environment decides stays so (`!env`, and `!secret env:` at a
 * secret), ids that the kickstart makes up are left to kedge, and users are listed apart. Pure.
 * @throws {@link KedgeError} `kickstart/bad-file` at what cannot be read, and `kickstart/unknown-request` with a finding
 * for each request that is about nothing known.
 */
export function importKickstart(options: ImportKickstartOptions): ImportedKickstart {
  try {
    const start = startKickstart(options);
    const { requests, faults } = readRequests(start);
    const done = carriedOut(options.catalog, start, { requests, faults });
    const files = importedFiles(options, start, done);
    return { ...files, notes: [...done.notes, ...files.notes] };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new KedgeError({
      code: 'kickstart/bad-file',
      message: `${error.pointer === '' ? '' : `${error.pointer}: `}${error.message}`,
      hint: isTerraform(options)
        ? 'this is Terraform configuration: kedge imports kickstarts; let Terraform apply it, then pull the instance'
        : 'correct the kickstart; nothing was written',
      at: error.at,
    });
  }
}

/** True for what people with the Terraform provider have: HCL, JSON in HCL's words, or a state. */
function isTerraform({ file, text }: Pick<ImportKickstartOptions, 'file' | 'text'>): boolean {
  if (/\.tf(?:\.json)?$/.test(file)) return true;
  return /"terraform_version"\s*:/.test(text) || /^(?:resource|provider|terraform|module)\s+(?:"|\{)/m.test(text);
}

/** What came of the requests. */
interface CarriedOut {
  readonly secrets: KickstartSecrets;
  readonly data: readonly ImportedRequest[];
  readonly notes: readonly KickstartNote[];
}

const notImported: Readonly<Record<string, string>> = {
  apiKeys: 'keys that are made before the first request are not imported: they have no id',
  license: 'is for the first start only: not imported',
  licenseId: 'is for the first start only: not imported',
  settings: 'is for the first start only: not imported',
};

/** Requests as they are read, and a finding for each that is none, so that one does not hide the others. */
interface ReadRequests {
  readonly requests: readonly ImportedRequest[];
  readonly faults: readonly Finding[];
}

function readRequests({ requests, expressions }: KickstartStart): ReadRequests {
  const faults: Finding[] = [];
  const read = requests.flatMap((node) => {
    try {
      return [readRequest(node, expressions)];
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      const { at } = error;
      const message = `${error.pointer}: ${error.message}`;
      faults.push({ code: 'kickstart/bad-file', severity: 'error', message, hint: 'correct the kickstart', at });
      return [];
    }
  });
  return { requests: read, faults };
}

/** @throws KedgeError `kickstart/unknown-request`, with all of them. */
function carriedOut(catalog: Catalog, start: KickstartStart, { requests, faults }: ReadRequests): CarriedOut {
  const { expressions, objects, others } = start;
  const done = requests.map((request) => {
    const target = targetOf(request, catalog);
    return { request, target, made: madeOf(target, request, objects) };
  });
  const secrets = secretsOf(catalog, start, requests);
  const shown = shownText(start, secrets);
  const notes: KickstartNote[] = [...others].map(([name, { at }]) => {
    const message = notImported[name] ?? 'is nothing that a kickstart has: not imported';
    return { kind: 'kickstart', object: secrets.safeName(name), message, at };
  });
  const refused: Finding[] = [...faults];
  for (const { made, request } of done) {
    const object = requestText(request, (step) => shown(step) ?? '…');
    const { at, pointer } = request.node;
    const note = (message: string, place: Location = at): void => {
      notes.push({ kind: 'request', object, message, at: place });
    };
    for (const [name, node] of request.strangers)
      note(`${secrets.safeName(name)} means nothing to kedge: not imported`, node.at);
    if (!made.ok) {
      const message = `${pointer}: ${object} ${made.why}`;
      const hint = 'take it out of the kickstart, and make by hand what it makes';
      refused.push({ code: 'kickstart/unknown-request', severity: 'error', message, hint, at });
      continue;
    }
    if (made.note !== undefined) note(made.note);
    for (const name of made.strangers) note(`${secrets.safeName(name)} in its body is not imported`);
    if (expressions.fromEnvironment.has(made.id)) note('its id is from the environment: kedge gives it another');
  }
  if (refused.length > 0) throw refusal(refused);
  return { secrets, notes, data: done.flatMap(({ request, target }) => (target.about === 'data' ? [request] : [])) };
}

/** Carries out what a request says; one about data changes nothing. */
function madeOf(target: RequestTarget, request: ImportedRequest, objects: MadeObjects): Made {
  switch (target.about) {
    case 'data':
      return nothingMade;
    case 'licence':
      return { ...nothingMade, note: 'gives a licence, which is for one instance only: not imported' };
    case 'grant':
      return objects.change('entity', target.entityId, (before) => {
        const grants = before['grants'];
        // `as`: a list inside JSON.
        return { ...before, grants: [...(Array.isArray(grants) ? (grants as readonly Json[]) : []), target.grant] };
      });
    case 'identityProviderType':
      return objects.change('tenantManagerConfiguration', 'tenantManagerConfiguration', (before) => {
        const types = before['identityProviderTypeConfigurations'];
        const changed = { ...(isJsonObject(types) && types), [target.type]: target.configuration };
        return { ...before, identityProviderTypeConfigurations: changed };
      });
    case 'object':
      return objects.write(target, request);
    case 'nothing':
      return { ok: false, why: 'is about nothing that kedge knows' };
    default:
      return unreachable(target);
  }
}

const nothingMade = { ok: true, id: '', strangers: [] } as const;

/** All that a kickstart says at a place for secrets. */
function secretsOf(
  catalog: Catalog,
  { expressions, objects, values }: KickstartStart,
  requests: readonly ImportedRequest[],
): KickstartSecrets {
  const secrets = createKickstartSecrets((text) => {
    const parts = expressions.fromEnvironment.get(text) ?? [text];
    return parts.filter((part) => typeof part === 'string');
  });
  for (const name of ['license', 'licenseId']) secrets.remember(values(name));
  const keys = values('apiKeys');
  // `as`: a list inside JSON.
  for (const item of Array.isArray(keys) ? (keys as readonly Json[]) : [])
    if (isJsonObject(item)) secrets.remember(item['key']);
  for (const { body, steps } of requests) {
    if (steps[0] === 'reactor') secrets.remember(body);
    secrets.rememberFields(body);
  }
  for (const { body, kind } of objects.all()) {
    for (const { path } of catalog.kind(kind).secrets) {
      // Most headers are none, such as the type of the content: those that are have names that say so.
      if (!path.endsWith('{}')) visitField(body, path, (value) => secrets.remember(String(value)));
    }
  }
  return secrets;
}

function refusal(findings: readonly Finding[]): KedgeError {
  const [first] = findings;
  const count = findings.length;
  const message = count === 1 ? (first?.message ?? '') : `${count} requests are not understood; nothing was written`;
  return new KedgeError({ code: 'kickstart/unknown-request', message, findings });
}
