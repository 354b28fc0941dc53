import { type Catalog, type Kind, meaningsOf } from '../catalog/index.js';
import { type Change, editsOf, type RiskClass } from '../model/index.js';

/** How bad a change could be, and what it means, in words of the auth domain. */
export interface Risk {
  readonly risk: RiskClass;
  readonly reasons: readonly string[];
}

/** What judging needs beside the change. */
export interface RiskContext {
  readonly catalog: Catalog;
  /** What an id is called; undefined for what is no id of the plan. */
  readonly nameOf?: (id: string) => string | undefined;
}

/**
 * Judges one change: a delete and a replacement by what the kind says they mean, the rest by the kind's rules for each
 * field that moves. What is new has nobody yet who could lose anything.
 */
export function judgeRisk(change: Change, { catalog, nameOf }: RiskContext): Risk {
  const kind = catalog.kind(change.ref.kind);
  switch (change.op) {
    case 'delete':
      return { risk: riskOfDelete(kind), reasons: [kind.deleteMeans] };
    case 'replace':
      return { risk: 'irreversible', reasons: change.because };
    case 'create':
    case 'keep':
      return { risk: 'safe', reasons: [] };
    case 'adopt':
    case 'reactivate':
    case 'update': {
      if (change.op === 'update' && change.completes === true) return { risk: 'safe', reasons: [] };
      const told = meaningsOf(kind, editsOf(change), nameOf);
      return { risk: told[0]?.risk ?? 'safe', reasons: told.map((meaning) => meaning.text) };
    }
  }
}

/** What can be made anew as it was is disruptive; what is only deactivated comes back, and not the tokens it had. */
function riskOfDelete({ softDelete, recreatable }: Pick<Kind, 'softDelete' | 'recreatable'>): RiskClass {
  if (recreatable === true) return 'disruptive';
  return softDelete ? 'destructive' : 'irreversible';
}
