import { type Kind, mapField } from '../catalog/index.js';
import { type DesiredObject, Secret } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import { nodeAt, type WrittenMap } from './written.js';

/** Seals each value at a secret field, wherever it came from, so that it is never shown. */
export function sealSecrets(
  fields: DesiredObject,
  context: { readonly kind: Kind; readonly key: string; readonly written: WrittenMap; readonly findings: FindingList },
): DesiredObject {
  const { kind, key, written, findings } = context;
  let sealed: unknown = fields;
  for (const secret of kind.secrets) {
    sealed = mapField(sealed, secret.path, (value, path) => {
      const what = `${path.join('.')} of the ${kind.title} '${key}'`;
      return sealAt(value, { written, path, what, findings });
    });
  }
  // Sealing changes nothing but text inside the object it was given.
  return sealed as DesiredObject;
}

/**
 * One value at a place that is secret: text is sealed, everything else stays as it is. Text that was written in clear is
 * warned of, and its lines are never shown again.
 */
export function sealAt(
  value: unknown,
  use: {
    readonly written: WrittenMap;
    readonly path: readonly string[];
    readonly what: string;
    readonly findings: FindingList;
  },
): unknown {
  if (typeof value !== 'string' || value === '') return value;
  const { findings, what } = use;
  const node = nodeAt(use.written, use.path);
  if (node?.shape === 'tag' && (node.tag === 'env' || node.tag === 'file'))
    return new Secret(`${node.tag}:${node.text}`, value);
  if (node?.shape === 'scalar') {
    const lines = findings.source(node.at.file)?.secretLines;
    for (let line = node.at.line; line <= node.endLine; line += 1) lines?.add(line);
    const message = `${what} is a secret, written in clear`;
    const hint = 'write !secret env:NAME, and change the secret: it is in the history of this repository';
    findings.add({ code: 'desired/literal-secret', severity: 'warning', message, hint, at: node.at });
  }
  return new Secret('literal', value);
}
