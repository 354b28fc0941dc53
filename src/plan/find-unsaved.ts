import {
  type Change,
  type DesiredObject,
  type DesiredValue,
  type Finding,
  isDesiredList,
  isDesiredObject,
  overlayLeaves,
  type Plan,
  refText,
  Secret,
} from '../model/index.js';
import { secretMark } from './plan-file.js';

/**
 * Why no file may hold a plan: of a secret it has the source, and two values of one source, such as two that the files hold
 * in clear, could not be told apart. Empty as a rule.
 */
export function findUnsaved(plan: Plan): readonly Finding[] {
  const findings: Finding[] = [];
  const values = new Map<string, string>();
  for (const change of overlayChanges(plan)) {
    const complain = (path: readonly string[], why: string): void => {
      findings.push({
        code: 'plan/not-saved',
        severity: 'error',
        message: `no file may hold this plan: ${path.join('.')} of ${refText(change.ref)} ${why}`,
        hint: 'give it with !secret of its own, or apply without saving the plan',
        ...(change.at && { at: change.at }),
      });
    };
    for (const { path, value: leaf } of overlayLeaves(change.overlay)) {
      visitInside(leaf, (value) => {
        if (!(value instanceof Secret)) {
          if (Object.hasOwn(value, secretMark)) complain(path, `has a field called ${secretMark}`);
          return;
        }
        const before = values.get(value.source) ?? value.reveal();
        if (before !== value.reveal())
          complain(path, `is a secret that has the source of another one, ${value.source}, and not its value`);
        values.set(value.source, before);
      });
    }
  }
  return findings;
}

function overlayChanges(plan: Plan): readonly Exclude<Change, { readonly op: 'delete' }>[] {
  const planned = [...plan.changes, ...plan.withheld].map(({ change }) => change);
  return [...planned.filter((change) => change.op !== 'delete'), ...plan.kept];
}

/** Every object and every secret in a value, outermost first. */
function visitInside(value: DesiredValue, visit: (value: DesiredObject | Secret) => void): void {
  if (value instanceof Secret) visit(value);
  else if (isDesiredList(value)) for (const item of value) visitInside(item, visit);
  else if (isDesiredObject(value)) {
    visit(value);
    for (const item of Object.values(value)) visitInside(item, visit);
  }
}
