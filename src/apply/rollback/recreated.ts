import { type Kind, readableBody } from '../../catalog/index.js';
import {
  type Change,
  type CreateChange,
  type DesiredObject,
  type Edit,
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
  type Overlay,
  overlayLeaves,
  plainValue,
  Secret,
  valueAt,
} from '../../model/index.js';
import { baseOf } from './change-base.js';
import { withValue } from './with-value.js';

/**
 * Writes an object anew under its own id, as it was before it was deleted.
 * @param from.files - what the files ask for of it, if they do: its secrets come from there.
 */
export function recreated(
  change: Change,
  kind: Kind,
  from: { readonly before: JsonObject; readonly files: DesiredObject | undefined },
): CreateChange {
  const { before, files } = from;
  const { fields: found, hidden } = withoutHidden(readableBody(kind, before));
  const { id: _id, ...body } = kind.madeAnew?.(found, before) ?? found;
  const secrets = secretsOf(kind, before).map((path) => [path, files && valueAt(files, path.split('.'))] as const);
  const given = secrets.filter((pair): pair is readonly [string, Secret] => pair[1] instanceof Secret);
  let fields: DesiredObject = kind.written?.(body) ?? body;
  for (const [path, secret] of given) fields = withValue(fields, path.split('.'), secret);
  const overlay: Overlay = { fields, listModes: {} };
  const edits = overlayLeaves(overlay).map(({ pointer, value }): Edit =>
    value instanceof Secret
      ? { pointer, secret: true, origin: 'pending', source: value.source }
      : { pointer, secret: false, origin: 'pending', to: plainValue(value) },
  );
  const gone = secrets.flatMap(([path, value]) => (value instanceof Secret ? [] : [path]));
  const lost = [
    ...(gone.length > 0
      ? [`${gone.join(', ')}: secrets are in no journal, and FusionAuth makes new ones or none`]
      : []),
    ...(hidden.length > 0 ? [`${hidden.join(', ')}: a secret stood in it`] : []),
    `what went with it when it was deleted: ${kind.deleteMeans}`,
  ];
  return { ...baseOf(change), op: 'create', overlay, edits, lost };
}

/** Where such an object may have a secret, by what else it has. */
function secretsOf(kind: Kind, before: JsonObject): readonly string[] {
  return kind.secrets
    .filter(({ path, existsWith }) => {
      const holder = (existsWith ?? path.split('.').slice(0, -1).join('.')).replaceAll(/\[\]|\{\}/g, '');
      const value = holder === '' ? before : valueAt(before, holder.split('.'));
      return value !== undefined && value !== null && value !== '';
    })
    .map(({ path }) => path);
}

/** A journal has `{ $secret: 'elsewhere' }` for a text that held a secret where none belongs. */
function withoutHidden(body: JsonObject): { readonly fields: JsonObject; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const walk = (value: JsonObject, path: readonly string[]): JsonObject =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
        const at = [...path, key];
        if (isHidden(item)) {
          hidden.push(at.join('.'));
          return [];
        }
        return [[key, isJsonObject(item) ? walk(item, at) : item]];
      }),
    );
  return { fields: walk(body, []), hidden };
}

function isHidden(value: Json): boolean {
  if (isJsonList(value)) return value.some(isHidden);
  return isJsonObject(value) && value['$secret'] === 'elsewhere';
}
