import { resolve } from 'node:path';
import type { Finding, Json, KedgeError, Redactor } from '../model/index.js';
import type { Ports } from '../reconcile/index.js';
import {
  errorReport,
  type JsonReport,
  renderError,
  renderFindings,
  renderJson,
  type TextOptions,
} from '../report/index.js';
import type { CliIo } from './cli-io.js';

/** Options that every command has, as commander gives them. */
export interface CommonFlags {
  readonly directory?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** One run of a command: what it was asked for, and the only ways its words get out. */
export interface CliRun {
  readonly io: CliIo;
  readonly json: boolean;
  /** Ports for the rooms; their redactor stands before every output of this run. */
  readonly ports: Ports;
  /** Prints an answer in text. */
  readonly print: (text: string) => void;
  /** Prints the answer as JSON. */
  readonly printJson: (report: JsonReport) => void;
  /** Says something beside the answer. */
  readonly say: (text: string) => void;
  /** Tells findings beside the answer. */
  readonly tell: (findings: readonly Finding[]) => void;
  /** Tells an error: in text beside the answer; as the answer, too, where JSON was asked for and there is no other. */
  readonly fail: (error: KedgeError, answer: 'as-answer' | 'beside-answer') => void;
  readonly textOptions: (more?: { readonly unmanaged?: boolean | undefined }) => TextOptions;
  /** Where `-C` leads. */
  readonly folder: string;
}

/** Makes a run. */
export function createRun(io: CliIo, flags: CommonFlags, redactor: Redactor): CliRun {
  const wantsColor = flags.color && (io.env['NO_COLOR'] ?? '') === '';
  const json = flags.json ?? false;
  const print = (text: string): void => io.stdout.write(redactor.redact(text));
  const say = (text: string): void => io.stderr.write(redactor.redact(text));
  const printJson = (report: JsonReport): void => {
    // A report is JSON by its type: nothing but strings, numbers, booleans, null, lists and maps.
    io.stdout.write(renderJson(redactStrings(report as unknown as Json, redactor) as unknown as JsonReport));
  };
  return {
    io,
    json,
    ports: { env: io.env, clock: io.clock, version: io.version, redactor },
    print,
    printJson,
    say,
    tell: (findings) => {
      if (findings.length > 0) say(renderFindings(findings, { color: wantsColor && io.stderr.isTTY }));
    },
    fail: (error, answer) => {
      say(renderError(error, { color: wantsColor && io.stderr.isTTY }));
      if (json && answer === 'as-answer') printJson(errorReport(error));
    },
    textOptions: (more = {}) => ({
      color: wantsColor && io.stdout.isTTY,
      width: io.stdout.columns ?? 120,
      unmanaged: more.unmanaged ?? false,
    }),
    folder: resolve(io.cwd, flags.directory ?? '.'),
  };
}

/** In strings only: a number or a bracket that happens to look like a secret must not break the document. */
function redactStrings(value: Json, redactor: Redactor): Json {
  if (typeof value === 'string') return redactor.redact(value);
  if (Array.isArray(value)) return value.map((item: Json) => redactStrings(item, redactor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactStrings(item, redactor)]));
}
