import type { Report } from './suite.js';

/** A report for people: what was found, what is otherwise than expected marked with `≠`. */
export function tableOf({ date, fusionAuth, findings, notAsked, leftUndone }: Report): string {
  const widths = [
    Math.max(9, ...findings.map(({ statement }) => statement.length)),
    Math.max(8, ...findings.map(({ expected }) => expected.length)),
  ] as const;
  const row = (mark: string, [statement, expected, observed]: readonly [string, string, string]): string =>
    `${mark} ${statement.padEnd(widths[0])}  ${expected.padEnd(widths[1])}  ${observed}`.trimEnd();
  const otherwise = findings.filter(({ expected, observed }) => expected !== observed);
  return [
    row(' ', ['statement', 'expected', 'observed']),
    ...findings.map(({ statement, expected, observed }) =>
      row(expected === observed ? ' ' : '≠', [statement, expected, observed]),
    ),
    ...Object.entries(notAsked).map(([name, why]) => `? not asked: ${name}, for ${why}`),
    ...leftUndone.map((what) => `! left undone: ${what}`),
    '',
    `FusionAuth ${fusionAuth}, ${date}: ${findings.length} statements, ${otherwise.length} otherwise than expected`,
    '',
  ].join('\n');
}
