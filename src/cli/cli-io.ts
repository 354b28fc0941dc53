/** A stream that text goes to. */
export interface CliOutput {
  readonly write: (text: string) => void;
  /** Whether a person is looking. */
  readonly isTTY: boolean;
  /** Columns, where it has any. */
  readonly columns: number | undefined;
}

/** All that the command line takes from its process. Tests give their own; `main.ts` gives the real one. */
export interface CliIo {
  /** The answer. */
  readonly stdout: CliOutput;
  /** The narration. */
  readonly stderr: CliOutput;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Asks, and gives the line that was answered; empty at the end of input. */
  readonly ask: (question: string) => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: {
    /** Epoch milliseconds. */
    readonly now: () => number;
    /** At least 0, less than 1. */
    readonly random: () => number;
    readonly sleep: (ms: number) => Promise<void>;
  };
  /** A new UUID. */
  readonly newUuid: () => string;
  /** From the first call on SIGINT and SIGTERM abort the signal instead of ending the process. */
  readonly interrupted: () => AbortSignal;
  /** kedge's own version. */
  readonly version: string;
}
