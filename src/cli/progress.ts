import type { CliRun } from './cli-run.js';

/** What is going on, for whoever waits. */
export interface Progress {
  /** What happens now: one line that is written over on a terminal, a line of its own anywhere else. */
  readonly now: (text: string) => void;
  /** Something that happened and stays on the screen. */
  readonly happened: (line: string) => void;
  /** Clears the line. */
  readonly end: () => void;
}

/** Progress on stderr. Silent beside JSON off a terminal: a log of a program has its own. */
export function createProgress(run: CliRun): Progress {
  const { stderr } = run.io;
  let shown = false;
  const clear = (): void => {
    // CR and EL (ECMA-48 §8.3.41) take the line back.
    if (shown) stderr.write('\r\u001b[2K');
    shown = false;
  };
  if (!stderr.isTTY) {
    const line = (text: string): void => {
      if (!run.json) run.say(`${text}\n`);
    };
    return { now: line, happened: line, end: () => undefined };
  }
  return {
    now: (text) => {
      clear();
      const room = Math.max(20, (stderr.columns ?? 80) - 1);
      run.say(text.length <= room ? text : `${text.slice(0, room - 1)}…`);
      shown = true;
    },
    happened: (line) => {
      clear();
      run.say(`${line}\n`);
    },
    end: clear,
  };
}
