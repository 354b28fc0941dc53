/** What an instance says about its licence. */
export interface Licence {
  readonly licensed: boolean;
  /** Feature → what state it is in: `ACTIVE`, `DISABLED`, `PENDING`, `DISCONNECTED` or `UNKNOWN`. */
  readonly features: ReadonlyMap<string, string>;
}
