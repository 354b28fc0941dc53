import {
  type Change,
  type DesiredObject,
  type DesiredValue,
  digestOf,
  isDesiredList,
  isDesiredObject,
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
  type Overlay,
  type Plan,
  Secret,
} from '../model/index.js';

/**
 * The file of a saved plan: what `kedge plan -o` writes, people review and sign, and `kedge apply` performs.
 * `schemas/plan.schema.json` is generated from this type. A reader of this version refuses fields that it does not know.
 */
export interface PlanFile {
  readonly format: 'kedge-plan';
  readonly version: 1;
  /** The version of the kedge that made it. */
  readonly kedge: string;
  /** The git commit of the files, where they are in a repository; information only, for a merge may change it. */
  readonly commit?: string;
  /** The plan. A secret stands in it as `{ "$secret": "env:NAME" }`; its `digest` is over all the rest of it. */
  readonly plan: Plan<JsonObject>;
}

/** A plan as its file holds it. */
export type FiledPlan = Plan<JsonObject>;

/** The one field of the object that stands for a sealed secret. */
export const secretMark = '$secret';

/** A plan as its file holds it; nothing that {@link findUnsaved} has something against. */
export function filedPlan(plan: Plan): FiledPlan {
  return mapPlan(plan, filedObject);
}

/**
 * The plan of a file that was checked against its schema.
 * @param secretOf - gives the secret of a source; it may not fail, so that all that are missing can be told at once.
 */
export function unfiledPlan(plan: FiledPlan, secretOf: (source: string) => Secret): Plan {
  return mapPlan(plan, (fields) => unfiledObject(fields, secretOf));
}

/** The digest that a plan ought to have by all the rest of it, whatever it says itself. */
export function digestOfFiled(plan: FiledPlan): string {
  const { digest: _, ...rest } = unfiledPlan(plan, (source) => new Secret(source, ''));
  return digestOf(rest);
}

/** The sources of the secrets that performing a plan needs. */
export function secretSources(plan: FiledPlan): ReadonlySet<string> {
  const sources = new Set<string>();
  const note = (source: string): Secret => {
    sources.add(source);
    return new Secret(source, '');
  };
  for (const { change } of plan.changes) if (change.op !== 'delete') unfiledObject(change.overlay.fields, note);
  return sources;
}

function mapPlan<From, To>(plan: Plan<From>, map: (fields: From) => To): Plan<To> {
  const overlay = (of: Overlay<From>): Overlay<To> => ({ ...of, fields: map(of.fields) });
  const change = (of: Change<From>): Change<To> => (of.op === 'delete' ? of : { ...of, overlay: overlay(of.overlay) });
  return {
    ...plan,
    changes: plan.changes.map((planned) => ({ ...planned, change: change(planned.change) })),
    kept: plan.kept.map((kept) => ({ ...kept, overlay: overlay(kept.overlay) })),
    withheld: plan.withheld.map((withheld) => ({ ...withheld, change: change(withheld.change) })),
  };
}

function filedObject(fields: DesiredObject): JsonObject {
  const one = (value: DesiredValue): Json => {
    if (value instanceof Secret) return { [secretMark]: value.source };
    if (isDesiredList(value)) return value.map(one);
    return isDesiredObject(value) ? filedObject(value) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, one(item)]));
}

function unfiledObject(fields: JsonObject, secretOf: (source: string) => Secret): DesiredObject {
  const one = (value: Json): DesiredValue => {
    if (isJsonList(value)) return value.map(one);
    if (!isJsonObject(value)) return value;
    const source = value[secretMark];
    return typeof source === 'string' ? secretOf(source) : unfiledObject(value, secretOf);
  };
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, one(item)]));
}
