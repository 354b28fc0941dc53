import type { Catalog, Kind } from '../../catalog/index.js';
import { indexLive, type LiveIndex, usersOfDeleted } from '../../diff/index.js';
import {
  type Change,
  changeKey,
  type DesiredState,
  type Difference,
  type Finding,
  type JsonObject,
  type LiveResource,
  type LiveState,
  overlayLeaves,
  type Plan,
  refText,
} from '../../model/index.js';
import { makePlan } from '../../plan/index.js';
import { invertChange } from './invert-change.js';
import { turnedAround } from './turned-around.js';
import { lostSecrets } from './restored.js';

/** A run that is to be taken back, in whole or as far as it came. */
export interface RunToInvert {
  /** Its plan. */
  readonly plan: Plan;
  /** By change key, of every write that was sent: the object right before; undefined where it was not there. */
  readonly written: ReadonlyMap<string, JsonObject | undefined>;
}

/** What a rollback is planned from. */
export interface InvertInput {
  readonly run: RunToInvert;
  readonly catalog: Catalog;
  /** The instance as it is now, what the run wrote read in full. */
  readonly live: LiveState;
  /** The environment: its policy holds for a rollback too. */
  readonly desired: DesiredState;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly hashKey: string;
}

/** The plan that takes a run back, and what it cannot bring back beside what its changes say. */
export interface InvertedRun {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/**
 * Plans the inverse of a run from what it wrote and what the instance is now: what it made goes, what it changed is set
 * back, what it deleted is made anew under its own id. What is as before already is not in it, and what nobody wrote in
 * the run stays as it is. Pure.
 */
export function invertRun(input: InvertInput): InvertedRun {
  const { catalog, live, run, desired } = input;
  const index = indexLive(catalog, live);
  const asked = new Map(desired.resources.map(({ ref, fields }) => [refText(ref), fields]));
  const findings: Finding[] = [];
  const changes: Change[] = [];
  for (const change of firstWrites(run)) {
    const kind = catalog.kind(change.ref.kind);
    const read = live.kinds.get(kind.kind);
    if (read?.known !== true) {
      findings.push(unread(change, read?.why ?? 'nobody asked for it'));
      continue;
    }
    const before = run.written.get(changeKey(change));
    const files = asked.get(refText(change.ref));
    const inverse = invertChange({ change, before }, { kind, live: index.byId(kind.kind, change.id), files });
    if (inverse) changes.push(inverse);
    else findings.push(...notBack(change, kind));
  }
  const difference = differenceOf(changes, { input, index });
  const { serverVersion } = live;
  const plan = makePlan({ ...input, desired, difference, serverVersion, source: 'run' });
  return { plan, findings };
}

/** Each object that was written to, once: of a create that was completed later, the create. */
function firstWrites({ plan, written }: RunToInvert): readonly Change[] {
  const seen = new Set<string>();
  return plan.changes
    .map(({ change }) => change)
    .filter((change) => {
      if (!written.has(changeKey(change)) || seen.has(refText(change.ref))) return false;
      seen.add(refText(change.ref));
      return true;
    });
}

/** What a run did that leaves nothing to write and is not as before either. */
function notBack(change: Change, kind: Kind): readonly Finding[] {
  if (change.op !== 'update' && change.op !== 'adopt') return [];
  return lostSecrets(change, kind).map((lost): Finding => ({
    code: 'rollback/not-back',
    severity: 'warning',
    message: `${refText(change.ref)} ${lost}`,
    hint: 'give the secret it had, and apply',
  }));
}

function unread(change: Change, why: string): Finding {
  return {
    code: 'rollback/not-back',
    severity: 'warning',
    message: `${refText(change.ref)} is not rolled back, because its kind could not be read: ${why}`,
    hint: 'use an API key that may read it',
  };
}

function differenceOf(
  changes: readonly Change[],
  by: { readonly input: InvertInput; readonly index: LiveIndex },
): Difference {
  const { run, catalog, desired } = by.input;
  const byRef = new Map(changes.map((change) => [refText(change.ref), change]));
  const live = new Map<string, LiveResource>();
  for (const [text, change] of byRef) {
    const resource = by.index.byId(change.ref.kind, change.id);
    if (resource) live.set(text, resource);
  }
  const locks = new Map(run.plan.changes.map((planned) => [refText(planned.change.ref), planned.locks]));
  return {
    changes,
    dependencies: turnedAround(run.plan, { changes: byRef, catalog }),
    locks,
    released: [],
    notCompared: [],
    unmanaged: [],
    unknownKinds: [],
    live,
    owned: new Map([...byRef].map(([text, change]) => [text, ownedBy(change)])),
    usedBy: usersOfDeleted({ catalog, index: by.index, changes, policy: desired.policy }),
    recorded: run.plan.recorded,
  };
}

function ownedBy(change: Change): readonly string[] {
  return change.op === 'delete' ? [] : overlayLeaves(change.overlay).map(({ pointer }) => pointer);
}
