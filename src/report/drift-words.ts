import type { DriftedChange, RiskClass } from '../model/index.js';

/** What it means for logins that something moved; the rules are the catalog's, which a report does not load. */
export type DriftMeans = (
  item: DriftedChange,
  names: ReadonlyMap<string, string>,
) => { readonly risk: RiskClass; readonly reasons: readonly string[] };

/** Where nobody asks. */
export const meansNothing: DriftMeans = () => ({ risk: 'safe', reasons: [] });
