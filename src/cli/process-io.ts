import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { CliIo, CliOutput } from './cli-io.js';

/** The real process as the command line sees it. The only place that touches it. */
export function createProcessIo(version: string): CliIo {
  let controller: AbortController | undefined;
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    canAsk: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    ask: askOnTerminal,
    env: process.env,
    cwd: process.cwd(),
    clock: {
      now: () => Date.now(),
      random: () => Math.random(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    newUuid: () => randomUUID(),
    interrupted: () => {
      if (controller) return controller.signal;
      const made = (controller = new AbortController());
      // Once: whoever asks a second time means it, and Node's own handling ends the process.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => made.abort());
      return made.signal;
    },
    version,
  };
}

function outputOf(stream: NodeJS.WriteStream): CliOutput {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone (`kedge plan | head`): there is nobody left to tell.
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: Boolean(stream.isTTY),
    columns: stream.isTTY ? stream.columns : undefined,
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // At the end of input readline closes without an answer.
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}
