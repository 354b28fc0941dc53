import { type DesiredValue, type ListMode, type Location, pointerOf, Secret } from '../model/index.js';
import { didYouMean } from './closest.js';
import type { FindingList } from './finding-list.js';
import { isVariableName, parseTemplate } from './template-text.js';
import type { TextFiles } from './text-files.js';
import type { Written, WrittenEntry, WrittenTag } from './written.js';

/** Names that only have a value inside one entry: `tenant` under a `forEach`. */
export type Locals = ReadonlyMap<string, string>;

/** What values are made from. */
export interface ResolverContext {
  readonly variables: ReadonlyMap<string, WrittenEntry>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `declare` makes secrets without a value, so that files can be checked where the secrets are not. */
  readonly secrets: 'resolve' | 'declare';
  readonly files: TextFiles;
  readonly findings: FindingList;
}

/** A value with where each part of it was written. */
export interface Resolved {
  readonly value: DesiredValue;
  readonly locations: Map<string, Location>;
  readonly listModes: Map<string, ListMode>;
  /** Pointers whose value could not be made; a finding has said why, and text stands in its place. */
  readonly unresolved: Set<string>;
}

/** Makes values from what was written. */
export interface Resolver {
  readonly resolve: (node: Written, locals: Locals) => Resolved;
}

/** Starts a resolver; each variable is made once, when something first asks for it. */
export function createResolver(context: ResolverContext): Resolver {
  const made = new Map<string, DesiredValue | undefined>();
  const making = new Set<string>();

  const variable = (name: string, at: Location, locals: Locals): DesiredValue | undefined => {
    const local = locals.get(name);
    if (local !== undefined) return local;
    if (made.has(name)) return made.get(name);
    const written = context.variables.get(name);
    if (!written) {
      const hint = didYouMean(name, [...context.variables.keys(), ...locals.keys()]) ?? variableHint(name);
      context.findings.add({ code: 'desired/missing-variable', message: `there is no variable '${name}'`, hint, at });
      return undefined;
    }
    if (making.has(name)) {
      const message = `the variable '${name}' is made from itself`;
      context.findings.add({ code: 'desired/missing-variable', message, at: written.keyAt });
      return undefined;
    }
    making.add(name);
    const into = emptyResolved();
    const value = walk(written.value, '', { locals: noLocals, into });
    making.delete(name);
    made.set(name, into.unresolved.size > 0 ? undefined : value);
    return made.get(name);
  };

  const substitute = (tag: WrittenTag, locals: Locals): DesiredValue | undefined => {
    const template = parseTemplate(tag.text);
    if (!template.ok) {
      context.findings.add({
        code: 'desired/bad-tag',
        message: `!sub: ${template.why}`,
        hint: 'write ${name}, and $${ for a literal ${',
        at: tag.at,
      });
      return undefined;
    }
    const sources = new Set<string>();
    let text = '';
    let failed = false;
    for (const part of template.parts) {
      if ('text' in part) {
        text += part.text;
        continue;
      }
      const value = variable(part.variable, tag.at, locals);
      if (value instanceof Secret) {
        sources.add(value.source);
        text += value.reveal();
      } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') text += value;
      else {
        failed = true;
        const message = `the variable '${part.variable}' is not text, so !sub cannot use it`;
        if (value !== undefined) context.findings.add({ code: 'desired/bad-tag', message, at: tag.at });
      }
    }
    if (failed) return undefined;
    if (sources.size === 0) return text;
    // With the text around it: two texts of one secret are two secrets.
    const source = `${[...sources].join('+')} in ${JSON.stringify(tag.text)}`;
    return new Secret(source, context.secrets === 'declare' ? '' : text);
  };

  const tagValue = (tag: WrittenTag, locals: Locals): DesiredValue | undefined => {
    switch (tag.tag) {
      case 'var':
        if (isVariableName(tag.text)) return variable(tag.text, tag.at, locals);
        context.findings.add({ code: 'desired/bad-tag', message: '!var takes the name of a variable', at: tag.at });
        return undefined;
      case 'sub':
        return substitute(tag, locals);
      case 'env':
        return environmentValue(tag, context);
      case 'secret':
        return secretValue(tag, context);
      case 'file':
        return context.files.text(tag.text, { at: tag.at, findings: context.findings });
    }
  };

  const walk = (node: Written, pointer: string, within: WalkContext): DesiredValue => {
    const { into } = within;
    into.locations.set(pointer, node.at);
    switch (node.shape) {
      case 'scalar':
        return node.value;
      case 'unset':
        return null;
      case 'tag': {
        const value = tagValue(node, within.locals);
        if (value === undefined) into.unresolved.add(pointer);
        else locateInside(value, pointer, { at: node.at, into });
        return value ?? '';
      }
      case 'list':
        if (node.mode) into.listModes.set(pointer, node.mode);
        return node.items.map((item, index) => walk(item, `${pointer}/${index}`, within));
      case 'map': {
        if (node.mode) into.listModes.set(pointer, node.mode);
        // Safe as a plain object: the keys that reach a prototype were refused when the file was read.
        const value: Record<string, DesiredValue> = {};
        for (const [key, entry] of node.entries) value[key] = walk(entry.value, pointer + pointerOf([key]), within);
        return value;
      }
    }
  };

  return {
    resolve: (node, locals) => {
      const into = emptyResolved();
      return { ...into, value: walk(node, '', { locals, into }) };
    },
  };
}

/** No names of its own. */
export const noLocals: Locals = new Map();

type ResolvedParts = Omit<Resolved, 'value'>;

interface WalkContext {
  readonly locals: Locals;
  readonly into: ResolvedParts;
}

function emptyResolved(): ResolvedParts {
  return { locations: new Map(), listModes: new Map(), unresolved: new Set() };
}

/** Everything inside a variable's list or map stands where the variable is used. */
function locateInside(
  value: DesiredValue,
  pointer: string,
  use: { readonly at: Location; readonly into: ResolvedParts },
): void {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = pointer + pointerOf([key]);
    use.into.locations.set(inner, use.at);
    locateInside(item, inner, use);
  }
}

function variableHint(name: string): string {
  return `add '${name}' to variables in environment.yaml`;
}

function environmentValue(tag: WrittenTag, context: ResolverContext): string | undefined {
  const value = Object.hasOwn(context.env, tag.text) ? context.env[tag.text] : undefined;
  if (value === undefined) {
    const message = `the environment variable ${tag.text} is not set`;
    context.findings.add({ code: 'desired/missing-variable', message, hint: `export ${tag.text}=…`, at: tag.at });
  }
  return value;
}

function secretValue(tag: WrittenTag, context: ResolverContext): Secret | undefined {
  const [, from, name = ''] = /^(env|file):(.+)$/.exec(tag.text) ?? [];
  if (from === undefined || (from === 'env' && !/^[A-Za-z_]\w*$/.test(name))) {
    // Never quoted: somebody may have put the secret itself here.
    const message = '!secret takes env:NAME or file:PATH';
    context.findings.add({ code: 'desired/bad-tag', message, at: tag.at });
    context.findings.source(tag.at.file)?.secretLines.add(tag.at.line);
    return undefined;
  }
  if (context.secrets === 'declare') return new Secret(tag.text, '');
  const { findings } = context;
  const value =
    from === 'file'
      ? context.files.text(name, { at: tag.at, findings })?.replace(/\r?\n$/, '')
      : Object.hasOwn(context.env, name)
        ? context.env[name]
        : undefined;
  if (value !== undefined && value !== '') return new Secret(tag.text, value);
  if (from === 'env' || value === '') {
    const message =
      from === 'file'
        ? `the file ${name} is empty`
        : `the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}`;
    const hint = from === 'env' ? `export ${name}=… or check without values: validate --no-secrets` : undefined;
    findings.add({ code: 'desired/missing-secret', message, hint, at: tag.at });
  }
  return undefined;
}
