// If the set of operations were open, a reader of a plan could pass over a change without noticing.
import type { Change, ChangeOp, Edit, SecretEdit } from '../dist/index.js';

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The operations of a plan are a closed set. */
export const closed: Equals<ChangeOp, 'adopt' | 'create' | 'delete' | 'keep' | 'reactivate' | 'replace' | 'update'> =
  true;

/** A switch over all of them leaves nothing. */
export function rest(change: Change): never | string {
  switch (change.op) {
    case 'adopt':
    case 'create':
    case 'delete':
    case 'keep':
    case 'reactivate':
    case 'replace':
    case 'update':
      return change.op;
    default: {
      const nothing: never = change;
      return nothing;
    }
  }
}

/** The edit of a secret has no place for its values. */
export const sealed: Equals<Extract<keyof SecretEdit, 'from' | 'to'>, never> = true;

declare const edit: Edit;
// @ts-expect-error -- the values can be read only after asking whether the edit is of a secret
void edit.from;
