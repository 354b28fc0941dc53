import { type Finding, locationText } from '../model/index.js';
import { counted, createPaint } from './text-style.js';
import { visibleText } from './visible-text.js';

/** How findings are laid out. */
export interface FindingOptions {
  readonly color: boolean;
}

/**
 * Findings for people, all of them: where, code and what is wrong; the line with a caret; what to do. In the order given.
 * Ends with their number. The first part of each is what editors and terminals make clickable.
 */
export function renderFindings(findings: readonly Finding[], options: FindingOptions): string {
  if (findings.length === 0) return '';
  const paint = createPaint(options.color);
  const blocks = findings.flatMap((finding) => [...renderFinding(finding, options), '']);
  return `${[...blocks, paint.strong(findingSummary(findings))].join('\n')}\n`;
}

/** `2 errors, 1 warning`. */
function findingSummary(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [
    ...(errors > 0 || warnings === 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  return parts.join(', ');
}

function renderFinding(finding: Finding, options: FindingOptions): readonly string[] {
  const paint = createPaint(options.color);
  const tone = finding.severity === 'error' ? paint.removed : paint.changed;
  const where = finding.at ? `${visibleText(locationText(finding.at))} ` : '';
  const severity = finding.severity === 'warning' ? 'warning: ' : '';
  const lines = [`${paint.strong(where)}${tone(finding.code)}  ${severity}${visibleText(finding.message)}`];
  if (finding.at && finding.excerpt !== undefined && finding.excerpt.trim() !== '') {
    const margin = `${finding.at.line} | `;
    const before = visibleText(finding.excerpt.slice(0, finding.at.col - 1)).length;
    lines.push(`    ${paint.faint(margin)}${visibleText(finding.excerpt)}`);
    lines.push(`    ${' '.repeat(margin.length + before)}${tone('^')}`);
  }
  if (finding.hint !== undefined) lines.push(`    hint: ${visibleText(finding.hint)}`);
  return lines;
}
