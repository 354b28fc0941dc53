import { type Change, type Outcome, type Permission, permissionOf, permissionText, refText } from '../model/index.js';

/** What a change needs for certain: the permissions of requests that performing it makes whatever the instance has. */
export type CertainNeeds = (change: Change) => Promise<readonly Permission[]>;

/** What the instance refused to the key so far. What was refused once will be again: it is not tried for every change. */
export class RefusedPermissions {
  /** Text of a permission → the change that was refused it. */
  readonly #refused = new Map<string, string>();
  readonly #needs: CertainNeeds | undefined;

  constructor(needs: CertainNeeds | undefined) {
    this.#needs = needs;
  }

  note(outcome: Outcome): void {
    const permission = refusedPermission(outcome);
    if (permission === undefined) return;
    const text = permissionText(permission);
    if (!this.#refused.has(text)) this.#refused.set(text, refText(outcome.change.ref));
  }

  /** Why a change is not worth trying: a permission that it needs for certain, and who was refused it. */
  async whyNot(change: Change): Promise<string | undefined> {
    if (this.#refused.size === 0 || this.#needs === undefined) return undefined;
    for (const permission of await this.#needs(change)) {
      const text = permissionText(permission);
      const by = this.#refused.get(text);
      if (by !== undefined) return `the key may not: ${text} was refused for ${by}`;
    }
    return undefined;
  }
}

/**
 * What the key may not do, where a change failed for that reason. A 403 is none: it is of a firewall or of a way of
 * calling, and the next body may pass. Nor is a 401 after which the key was read anew: the new key may do more.
 */
export function refusedPermission(outcome: Outcome): Permission | undefined {
  if (outcome.result !== 'failed') return undefined;
  const { code, details } = outcome.error;
  if (code !== 'live/unauthorized' || details === undefined || details.retryable) return undefined;
  return permissionOf(details);
}
