/** How much a repository may ask of the machine that loads it. */
export interface Limits {
  /** Bytes of one file, YAML or `!file`. Default 5 MiB. */
  readonly fileBytes: number;
  /** Maps and lists inside each other. Default 100. */
  readonly depth: number;
  /** Nodes that the aliases of one file may stand for, all together. Default 250,000. */
  readonly aliasedNodes: number;
}

/** The limits where nothing else is asked for. */
export const defaultLimits: Limits = { fileBytes: 5 * 1024 * 1024, depth: 100, aliasedNodes: 250_000 };
