import { isJsonList, isJsonObject, isUuid, type Json, locationText, pointerOf } from '../model/index.js';
import type { ImportedRequest } from './imported-request.js';

/** A request about people or what they do, as it is listed apart: who it is about, and nothing that could be a secret. */
export interface DataRequest {
  /** The place in the kickstart: file, line, column and JSON pointer. */
  readonly from: string;
  readonly method: string;
  readonly url: string;
  readonly tenantId?: string;
  readonly body: Json;
  /** JSON pointers of what the kickstart says and this does not: passwords, `data`, and whatever else is no id and no name. */
  readonly leftOut: readonly string[];
}

/** Gives an id or a name as the list shows it; undefined for one that must not be shown. */
export type ShownText = (text: string) => string | undefined;

/** Fields that say who somebody is and what they may do (FusionAuth docs, apis: users, registrations, groups, entities). */
const shownFields =
  /^(?:id|(?:application|consent|entity|group|identityProvider|identityProviderUser|recipientEntity|role|tenant|user)Ids?|emails?|username|loginId|firstName|middleName|lastName|fullName|displayName|name|phoneNumber|mobilePhone|roles|permissions|preferredLanguages|timezone|type)$/;

/** Maps of which nobody but their owner knows what is in them. */
const closedFields: ReadonlySet<string> = new Set(['data', 'headers', 'metaData', 'tokens']);

/** Who a request is about: ids, names, addresses, roles and switches. Everything else is left out, and said to be. */
export function dataRequest(request: ImportedRequest, shown: ShownText): DataRequest {
  const { body, method, node, steps, tenantId } = request;
  const leftOut: string[] = [];
  const write = (value: Json, at: readonly string[], field: string): Json | undefined => {
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' && shownFields.test(field) ? shown(value) : undefined;
    if (text !== undefined) return text;
    if (isJsonList(value)) {
      // The items of a list are called like the list.
      const items = value.flatMap((item, index) => write(item, [...at, String(index)], field) ?? []);
      return items.length > 0 || value.length === 0 ? items : undefined;
    }
    if (isJsonObject(value) && !closedFields.has(field)) {
      const entries = Object.entries(value).flatMap(([name, item]): readonly (readonly [string, Json])[] => {
        // What a map is keyed by is shown where it is an id, as in the members of groups.
        const key = /^[A-Za-z]+$/.test(name) ? name : isUuid(name) ? shown(name) : undefined;
        const kept = key === undefined ? undefined : write(item, [...at, name], name);
        if (key === undefined) leftOut.push(pointerOf(at));
        return key === undefined || kept === undefined ? [] : [[key, kept]];
      });
      return entries.length > 0 || at.length === 0 ? Object.fromEntries(entries) : undefined;
    }
    if (value !== null) leftOut.push(pointerOf(at));
    return undefined;
  };
  const path = steps.map(
    (step) => (isUuid(step) ? shown(step) : /^[a-z-]{1,24}$/.test(step) ? step : undefined) ?? '…',
  );
  const tenant = tenantId === undefined ? undefined : shown(tenantId);
  return {
    from: `${locationText(node.at)} ${node.pointer}`,
    method,
    url: `/api/${path.join('/')}`,
    ...(tenant !== undefined && { tenantId: tenant }),
    body: write(body, [], '') ?? {},
    leftOut: [...new Set(leftOut)],
  };
}
