import { KedgeError, type Location } from '../model/index.js';
import { didYouMean } from './closest.js';
import { checkVersion } from './document.js';
import type { FileSource } from './file-source.js';
import type { FindingList } from './finding-list.js';
import type { Limits } from './limits.js';
import { textOf } from './text-files.js';
import { entryOf, shapeText, type Written, type WrittenMap } from './written.js';
import { parseYamlFile, type YamlFile } from './yaml-file.js';

/** One layer of an environment: its folder, and its settings where it has any. */
export interface Layer {
  readonly name: string;
  readonly folder: string;
  readonly settings: WrittenMap | undefined;
}

/** What reading the repository's files needs. */
export interface FilesContext {
  readonly source: FileSource;
  readonly limits: Limits;
  readonly findings: FindingList;
}

const root = 'environments';
const settingsName = 'environment.yaml';
const yamlName = /^[^.].*\.ya?ml$/;

/** Names of the folders in `environments/`, in alphabetical order. */
export async function listLayers(context: FilesContext): Promise<readonly string[]> {
  const entries = await listFolder(root, context);
  return (entries ?? [])
    .filter((entry) => entry.type !== 'file' && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

/** The layers of an environment, lowest first and its own last, each once; undefined after findings. */
export async function findLayers(environment: string, context: FilesContext): Promise<readonly Layer[] | undefined> {
  const layers = new Map<string, Layer>();
  const names = await listLayers(context);
  const visit = async (
    name: string,
    from: { readonly chain: readonly string[]; readonly at?: Location },
  ): Promise<boolean> => {
    const { chain, at } = from;
    if (chain.includes(name)) {
      const message = `layers extend each other in a circle: ${[...chain, name].join(' → ')}`;
      context.findings.add({ code: 'desired/extends-cycle', message, ...(at && { at }) });
      return false;
    }
    if (layers.has(name)) return true;
    if (!names.includes(name)) {
      reportMissing(name, { names, ...(at && { at }) }, context.findings);
      return false;
    }
    const folder = `${root}/${name}`;
    const settings = await readSettings(`${folder}/${settingsName}`, { required: chain.length === 0 }, context);
    let complete = settings.ok;
    for (const below of extendsOf(settings.map, context.findings)) {
      complete = (await visit(below.name, { chain: [...chain, name], at: below.at })) && complete;
    }
    layers.set(name, { name, folder, settings: settings.map });
    return complete;
  };
  const complete = await visit(environment, { chain: [] });
  return complete ? [...layers.values()] : undefined;
}

/** Reads the YAML files of a layer, in alphabetical order. */
export async function readLayerFiles(layer: Layer, context: FilesContext): Promise<readonly YamlFile[]> {
  const entries = (await listFolder(layer.folder, context)) ?? [];
  const names = entries
    .filter((entry) => entry.type !== 'folder' && yamlName.test(entry.name) && entry.name !== settingsName)
    .map((entry) => entry.name)
    .sort();
  for (const entry of entries.filter((one) => one.type === 'folder')) await warnOfUnread(layer, entry.name, context);
  const files = await Promise.all(
    names.map((name) => readYaml(`${layer.folder}/${name}`, { required: true }, context)),
  );
  files.forEach((file, index) => {
    if (file.state !== 'empty') return;
    const at = { file: `${layer.folder}/${names[index]}`, line: 1, col: 1 };
    const hint = 'remove the file, or begin it with version: 1';
    context.findings.add({ code: 'desired/empty', message: 'the file has nothing in it', hint, at });
  });
  return files;
}

/** Reads one YAML file; `empty` also where it may be missing and is. */
export async function readYaml(
  file: string,
  how: { readonly required: boolean },
  context: FilesContext,
): Promise<YamlFile> {
  const read = await context.source.read(file, context.limits.fileBytes);
  if (read.state === 'missing' && !how.required) return { state: 'empty' };
  const text = textOf(read, { file, limits: context.limits, findings: context.findings });
  return text === undefined ? { state: 'broken' } : parseYamlFile({ file, text }, context);
}

async function readSettings(
  file: string,
  how: { readonly required: boolean },
  context: FilesContext,
): Promise<{ readonly ok: boolean; readonly map?: WrittenMap }> {
  const read = await readYaml(file, how, context);
  if (read.state === 'broken') return { ok: false };
  if (read.state === 'empty') {
    const message = 'the environment has no settings';
    const hint = 'begin with version: 1 and instance:';
    if (how.required) context.findings.add({ code: 'desired/empty', message, hint, at: { file, line: 1, col: 1 } });
    return { ok: !how.required };
  }
  const { root: map } = read.tree;
  if (map.shape !== 'map') {
    const message = `settings are a map that begins with version: 1, not ${shapeText(map)}`;
    context.findings.add({ code: 'desired/bad-type', message, at: map.at });
    return { ok: false };
  }
  checkVersion(map, context.findings);
  return { ok: true, map };
}

/** The layers that settings extend; only plain names, for a variable could not be known yet. */
function extendsOf(
  settings: WrittenMap | undefined,
  findings: FindingList,
): readonly { readonly name: string; readonly at: Location }[] {
  const value = entryOf(settings, 'extends')?.value;
  if (!value) return [];
  const items: readonly Written[] = value.shape === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    if (item.shape === 'scalar' && typeof item.value === 'string') return [{ name: item.value, at: item.at }];
    const message = `extends takes names of folders in ${root}/, not ${shapeText(item)}`;
    findings.add({ code: 'desired/bad-type', message, at: item.at });
    return [];
  });
}

function reportMissing(
  name: string,
  use: { readonly names: readonly string[]; readonly at?: Location },
  findings: FindingList,
): void {
  const { names, at } = use;
  const known = names.length === 0 ? 'run kedge init to make one' : `there are ${names.join(', ')}`;
  findings.add({
    code: 'desired/missing-environment',
    message: `there is no folder ${root}/${name}`,
    hint: didYouMean(name, names) ?? known,
    ...(at && { at }),
  });
}

/** A file that nobody reads is taken for absent by its author only. */
async function warnOfUnread(layer: Layer, folder: string, context: FilesContext): Promise<void> {
  const entries = (await listFolder(`${layer.folder}/${folder}`, context)) ?? [];
  for (const { name } of entries.filter((entry) => yamlName.test(entry.name) && entry.type === 'file')) {
    const message = 'the file is not read: only files in the folder of the environment itself are';
    const hint = `move it to ${layer.folder}/`;
    const at = { file: `${layer.folder}/${folder}/${name}`, line: 1, col: 1 };
    context.findings.add({ code: 'desired/unread-file', severity: 'warning', message, hint, at });
  }
}

async function listFolder(folder: string, context: FilesContext): ReturnType<FileSource['list']> {
  try {
    return await context.source.list(folder);
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    const { code, message, hint } = error;
    context.findings.add({ code, message, hint, at: { file: folder, line: 1, col: 1 } });
    return undefined;
  }
}
