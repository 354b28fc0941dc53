import { refText } from '../model/index.js';
import type { PlanView } from './plan-view.js';
import { renderChange } from './render-change.js';
import { counted } from './text-style.js';
import { dottedPath } from './value-text.js';
import { visibleText } from './visible-text.js';

/** What is called for and not done, each with why and what to do. */
export function renderWithheld(view: PlanView): readonly string[] {
  const { plan, paint } = view;
  if (plan.withheld.length === 0) return [];
  const blocks = plan.withheld.flatMap((item) => [
    ...renderChange(item.change, view),
    `      ${paint.alarm(`${item.code}: ${visibleText(item.why)}`)}`,
    `      hint: ${visibleText(item.hint)}`,
    '',
  ]);
  return [paint.strong('Withheld (called for, but not done)'), '', ...blocks];
}

/** What is no change but worth a line: released fields, secrets nobody can compare, kinds not read, objects not named. */
export function renderAsides(view: PlanView): readonly string[] {
  const groups = [released(view), notCompared(view), unknownKinds(view), unmanaged(view)];
  return groups.flatMap((lines) => (lines.length === 0 ? [] : [...lines, '']));
}

function released({ plan, paint }: PlanView): readonly string[] {
  if (plan.released.length === 0) return [];
  return [
    paint.strong('Released (no longer in the files; left as it is)'),
    ...plan.released.map((item) => `    ${visibleText(refText(item.ref))}  ${dottedPath(item.pointer)}`),
  ];
}

function notCompared({ plan, paint }: PlanView): readonly string[] {
  if (plan.notCompared.length === 0) return [];
  return [
    paint.strong('Not compared (secrets that cannot be seen; the next apply that writes there records them)'),
    ...plan.notCompared.map(
      (item) =>
        `    ${visibleText(refText(item.ref))}  ${dottedPath(item.pointer)}  (secret ${visibleText(item.source)})`,
    ),
  ];
}

function unknownKinds({ plan, paint }: PlanView): readonly string[] {
  if (plan.unknownKinds.length === 0) return [];
  return [
    paint.strong('Not read (nothing in the files needs them)'),
    ...plan.unknownKinds.map((item) => `    ${visibleText(item.kind)}  ${visibleText(item.why)}`),
  ];
}

function unmanaged({ plan, options, paint }: PlanView): readonly string[] {
  const count = plan.unmanaged.length;
  if (count === 0) return [];
  const head = `${counted(count, 'object')} on the instance that no file names`;
  if (!options.unmanaged) return [paint.faint(`${head} (left alone; --unmanaged lists them)`)];
  return [
    paint.strong(`${head} (left alone)`),
    ...plan.unmanaged.map(
      (item) => `    ${visibleText(item.kind)}  "${visibleText(item.name)}"  ${visibleText(item.id)}`,
    ),
  ];
}

/** Which environment, which instance, and what was there to compare with. */
export function renderHeading({ plan, paint }: PlanView): readonly string[] {
  const server = plan.serverVersion === undefined ? '' : `  (FusionAuth ${visibleText(plan.serverVersion)})`;
  return [`${paint.strong(visibleText(plan.environment))}  ${visibleText(plan.instance)}${paint.faint(server)}`, ''];
}
