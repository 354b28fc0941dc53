import type { Kind } from '../../catalog/index.js';
import {
  type Change,
  type DeleteChange,
  type DesiredObject,
  editsOf,
  type JsonObject,
  type LiveResource,
  pathOf,
  valueAt,
} from '../../model/index.js';
import { baseOf } from './change-base.js';
import { recreated } from './recreated.js';
import { restored } from './restored.js';

/** What a run did to one object. */
export interface RunWrite {
  /** The change of the run's plan; of a create that was completed later, the create. */
  readonly change: Change;
  /** The object right before the run first wrote it, without its secrets; undefined where it was not there. */
  readonly before: JsonObject | undefined;
}

/**
 * The change that takes back what a run did to one object, from what the object is now; undefined where nothing of it is
 * left to take back. What cannot come back is in its `lost`.
 */
export function invertChange(
  write: RunWrite,
  by: {
    readonly kind: Kind;
    readonly live: LiveResource | undefined;
    /** What the files ask for of it, if they do. */
    readonly files: DesiredObject | undefined;
  },
): Change | undefined {
  const { change } = write;
  const { kind, live, files } = by;
  switch (change.op) {
    case 'create':
      return live && live.active !== false ? deleteOf(change, kind, live) : undefined;
    case 'reactivate':
      return live?.active === true ? asleep(change, kind, live) : undefined;
    case 'adopt':
    case 'update':
      return live && restored(change, kind, { before: write.before, live });
    case 'delete':
      return kind.softDelete && live
        ? awake(change, live)
        : live || write.before === undefined
          ? undefined
          : recreated(change, kind, { before: write.before, files });
    case 'replace':
    case 'keep':
      return undefined;
  }
}

function deleteOf(change: Change, kind: Kind, live: LiveResource): DeleteChange {
  const name = valueAt(live.body, kind.nameField.split('.'));
  return { ...baseOf(change), op: 'delete', why: 'rollback', ...(typeof name === 'string' && name !== '' && { name }) };
}

/** It was deactivated before the run. */
function asleep(change: Change, kind: Kind, live: LiveResource): DeleteChange {
  const edited = editsOf(change).map(({ pointer }) => pathOf(pointer).join('.'));
  const lost = edited.length === 0 ? [] : [`${edited.join(', ')}: it is deactivated with what the run wrote there`];
  return { ...deleteOf(change, kind, live), ...(lost.length > 0 && { lost }) };
}

function awake(change: Change, live: LiveResource): Change | undefined {
  if (live.active !== false) return undefined;
  return { ...baseOf(change), op: 'reactivate', overlay: { fields: {}, listModes: {} }, edits: [] };
}
