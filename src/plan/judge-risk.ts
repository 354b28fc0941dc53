import type { Catalog } from '../catalog/index.js';
import type { Change, RiskClass } from '../model/index.js';

/** How bad a change could be, and why, in words of the auth domain. */
export interface Risk {
  readonly risk: RiskClass;
  readonly reasons: readonly string[];
}

/** Judges one change by what its kind says a delete or a replacement means. */
export function judgeRisk(change: Change, catalog: Catalog): Risk {
  const kind = catalog.kind(change.ref.kind);
  switch (change.op) {
    case 'delete':
      return { risk: kind.softDelete ? 'destructive' : 'irreversible', reasons: [kind.deleteMeans] };
    case 'replace':
      return { risk: 'irreversible', reasons: change.because };
    case 'create':
    case 'adopt':
    case 'keep':
    case 'reactivate':
    case 'update':
      return { risk: 'safe', reasons: [] };
  }
}
