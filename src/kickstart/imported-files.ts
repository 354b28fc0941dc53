import type { Catalog, Kind } from '../catalog/index.js';
import { type JsonObject, type LiveKind, type LiveResource, valueAt } from '../model/index.js';
import { pullFiles, type PulledFiles, type PullNote, type SecretStyle, type WantedSecret } from '../pull/index.js';
import { dataRequest, type ShownText } from './data-requests.js';
import { kickstartText, onlyVariable, yamlExpression } from './environment-text.js';
import type { ImportedRequest } from './imported-request.js';
import type { KickstartNote } from './kickstart-note.js';
import type { KickstartSecrets } from './kickstart-secrets.js';
import type { KickstartStart } from './kickstart-start.js';

/** A kickstart as files. Holds no secret. */
export interface ImportedKickstart {
  /** Path within the environment's folder → text. */
  readonly files: ReadonlyMap<string, string>;
  /** The requests that are about data, such as users, as a text of JSON; undefined where there are none. */
  readonly data: string | undefined;
  readonly notes: readonly KickstartNote[];
  /** What to provide before the files can be used. */
  readonly secrets: readonly WantedSecret[];
}

/** Where the files go, and how they own secrets. */
export interface ImportedInto {
  readonly catalog: Catalog;
  readonly environment: string;
  /** Ids that are derived from it need no `id:`. */
  readonly namespace: string;
  /** A comment for each secret that is written in clear unless it is `env`: then each is owned as `!secret env:NAME`. */
  readonly secrets?: SecretStyle | undefined;
}

/** Writes what the requests made, and lists apart those about data. */
export function importedFiles(
  into: ImportedInto,
  start: KickstartStart,
  of: { readonly secrets: KickstartSecrets; readonly data: readonly ImportedRequest[] },
): ImportedKickstart {
  const { catalog, environment, namespace } = into;
  const { expressions, objects } = start;
  const { fromEnvironment, random } = expressions;
  const looseIds = new Set([...objects.looseIds, ...random, ...fromEnvironment.keys()]);
  const notes: KickstartNote[] = [];
  const resources = objects.all().map((item) => withSafeName(catalog.kind(item.kind), item, of.secrets, notes));
  const kinds = new Map<string, LiveKind>(
    catalog.kinds.map(({ kind }) => [kind, { known: true, resources: resources.filter((item) => item.kind === kind) }]),
  );
  const variables = new Map(
    [...fromEnvironment].flatMap(([text, parts]) => {
      const name = onlyVariable(parts);
      return name === undefined ? [] : [[text, name] as const];
    }),
  );
  const pulled = pullFiles({
    catalog,
    live: { serverVersion: undefined, kinds },
    environment,
    namespace,
    looseIds,
    secrets: into.secrets,
    known: { placesIn: of.secrets.placesIn, variables },
    expressions: new Map([...fromEnvironment].map(([text, parts]) => [text, yamlExpression(parts)])),
  });
  notes.push(...pulledNotes(pulled, start), ...unfoundNotes(catalog, pulled, looseIds));
  notes.push(...environmentNotes(pulled, start));
  const keys = new Map([...pulled.keys].map(([object, key]) => [object.slice(object.indexOf(':') + 1), key]));
  const shown = shownText(start, of.secrets);
  const data = of.data.map((request) =>
    dataRequest(request, (text) => (looseIds.has(text) && keys.get(text)) || shown(text)),
  );
  if (data.length > 0) {
    const message = 'are about users or other data, which kedge does not manage: listed apart, without passwords';
    notes.push({ kind: 'data', object: counted(data.length), message });
  }
  return {
    files: pulled.files,
    data: data.length === 0 ? undefined : `${JSON.stringify({ requests: data }, null, 2)}\n`,
    notes,
    secrets: pulled.secrets,
  };
}

/** Gives a text as a kickstart could say it, where it may be told. */
export function shownText({ expressions, variables }: KickstartStart, secrets: KickstartSecrets): ShownText {
  return (text) => {
    if (secrets.isIn(text)) return undefined;
    const parts = expressions.fromEnvironment.get(text);
    if (parts) return kickstartText(parts);
    return expressions.random.has(text) ? '#{UUID()}' : (variables.get(text) ?? text);
  };
}

/** Names become those of files and logical keys, where nothing looks for secrets. */
function withSafeName(kind: Kind, item: LiveResource, secrets: KickstartSecrets, notes: KickstartNote[]): LiveResource {
  const entries = Object.entries(secrets.withSafeNames(item.body)).filter(([field, value]) => {
    const isName = field === kind.nameField || field === 'url';
    if (!isName || typeof value !== 'string' || !secrets.isIn(value)) return true;
    notes.push({ kind: kind.kind, object: '', field, message: 'has a secret in it: left out' });
    return false;
  });
  return { ...item, body: Object.fromEntries(entries) };
}

function pulledNotes({ notes }: PulledFiles, { expressions, objects }: KickstartStart): readonly KickstartNote[] {
  const { fromEnvironment } = expressions;
  const readable = (text: string): string =>
    [...fromEnvironment].reduce((told, [id, parts]) => told.replaceAll(id, kickstartText(parts)), text);
  return notes.flatMap((note): readonly KickstartNote[] => {
    if (note.reason === 'shipped') return [];
    const { kind, object, field, id = '' } = note;
    const message = messageOf(note, objects.find(kind, id)?.body ?? {}, fromEnvironment);
    return [{ kind, object, ...(field !== undefined && { field }), message: readable(message) }];
  });
}

function messageOf(
  { field = '', message, reason }: PullNote,
  body: JsonObject,
  fromEnvironment: ReadonlyMap<string, unknown>,
): string {
  if (reason === 'key-material') {
    return body['privateKey'] === undefined && body['secret'] === undefined
      ? 'is generated: each instance has material of its own'
      : 'its material is a secret, written in clear in the kickstart: left out, so that an apply generates another';
  }
  if (reason !== 'secret') return message;
  const value = valueAt(body, field.split('.'));
  return typeof value === 'string' && fromEnvironment.has(value)
    ? 'a secret that is made of several parts: left un-owned'
    : 'a secret, written in clear in the kickstart: left un-owned';
}

/** Objects that only an id would find, and to which the kickstart gives none that is the same on each instance. */
function unfoundNotes(
  catalog: Catalog,
  { keys }: PulledFiles,
  looseIds: ReadonlySet<string>,
): readonly KickstartNote[] {
  return [...keys].flatMap(([name, object]): readonly KickstartNote[] => {
    const [kind = '', id = ''] = name.split(':');
    if (!looseIds.has(id) || catalog.kind(kind).naturalKey.length > 0) return [];
    const message = 'has no id of its own: where the kickstart ran already, an apply would make a second one';
    return [{ kind, object, message }];
  });
}

function environmentNotes({ files }: PulledFiles, { expressions }: KickstartStart): readonly KickstartNote[] {
  const texts = [...files.values()];
  const parts = [...expressions.fromEnvironment.values()].filter((text) => onlyVariable(text) === undefined).flat();
  const names = new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.env])));
  const used = [...names].filter((name) => texts.some((text) => text.includes(`\${${name}}`)));
  const misplaced = [...expressions.fromEnvironment].filter(([id]) => texts.some((text) => text.includes(id)));
  return [
    ...used.map((name) => {
      const message = `write it into environment.yaml: variables: { ${name}: !env ${name} }`;
      return { kind: 'environment', object: name, message };
    }),
    ...misplaced.map(([id, text]) => {
      const message = `is where YAML takes nothing from the environment: ${id} is written in its place`;
      return { kind: 'environment', object: kickstartText(text), message };
    }),
  ];
}

function counted(requests: number): string {
  return requests === 1 ? 'one request' : `${requests} requests`;
}
