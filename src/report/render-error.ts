import { KedgeError, locationText } from '../model/index.js';
import { renderFindings } from './render-findings.js';
import { createPaint } from './text-style.js';
import { visibleText } from './visible-text.js';

/** How far a chain of causes is followed; a chain can be a ring. */
const DEEPEST = 5;

/** An error of kedge for people: what is wrong, why, what to do; with all its findings. Never a stack. */
export function renderError(error: KedgeError, options: { readonly color: boolean }): string {
  const paint = createPaint(options.color);
  if (error.findings.length > 0) {
    const head = error.findings.length > 1 ? `${paint.removed(error.code)}  ${visibleText(error.message)}\n\n` : '';
    const isTold = error.hint === undefined || error.findings.some(({ hint }) => hint === error.hint);
    const hint = isTold ? '' : `hint: ${visibleText(error.hint)}\n`;
    return head + renderFindings(error.findings, options) + hint;
  }
  const where = error.at ? `${paint.strong(visibleText(locationText(error.at)))} ` : '';
  const lines = [`${where}${paint.removed(error.code)}  ${visibleText(error.message)}`];
  for (const cause of causesOf(error)) lines.push(paint.faint(`    because: ${visibleText(cause)}`));
  if (error.hint !== undefined) lines.push(`    hint: ${visibleText(error.hint)}`);
  return `${lines.join('\n')}\n`;
}

/** The messages of the causes beneath an error, outermost first, without those that say nothing new. */
export function causesOf(error: Error): readonly string[] {
  const messages: string[] = [];
  let told = error.message;
  let cause: unknown = error.cause;
  for (let depth = 0; depth < DEEPEST && cause instanceof Error; depth += 1) {
    const { message } = cause;
    if (message !== '' && !told.includes(message)) {
      messages.push(cause instanceof KedgeError ? `${cause.code} ${message}` : message);
      told += message;
    }
    cause = cause.cause;
  }
  return messages;
}

/** A bug in kedge: the one place where a stack is shown, with where to send it. */
export function renderBug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = stack.split('\n').map((line) => `    ${visibleText(line)}`);
  return ['this is a bug in kedge; please report it with what follows', ...lines, ''].join('\n');
}
