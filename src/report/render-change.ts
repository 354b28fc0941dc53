import {
  type Change,
  changeName,
  type ChangeOp,
  type Edit,
  editsOf,
  type PlannedChange,
  refText,
  type RiskClass,
} from '../model/index.js';
import type { PlanView } from './plan-view.js';
import { renderEdits } from './render-edit.js';
import type { Paint } from './text-style.js';
import { visibleText } from './visible-text.js';

/** The sign that each operation is known by, in every text report. */
export const signs: { readonly [op in ChangeOp]: string } = {
  create: '+',
  adopt: '=',
  update: '~',
  replace: '!',
  reactivate: '^',
  delete: '-',
  keep: ' ',
};

const whyDelete = {
  tombstone: 'listed under absent:',
  unlisted: 'on the instance, not in the written list',
  prune: 'this project made it, the files no longer name it',
  rollback: 'the run made it',
} as const;

/** What a block shows in the place of the change's own. */
export interface BlockOptions {
  readonly edits?: readonly Edit[];
  /** Sign and word in place of the operation's. */
  readonly sign?: string;
  readonly word?: string;
}

/** One change as a block: the sign, the ref, what it is called on the instance, and its edits beneath. */
export function renderChange(change: Change, view: PlanView, block: BlockOptions = {}): readonly string[] {
  const { paint } = view;
  const sign = block.sign ?? signs[change.op];
  const tone = toneOf(sign, paint);
  const name = changeName(change);
  const facts = [
    name === undefined ? '' : `"${visibleText(name)}"`,
    visibleText(change.id),
    change.op === 'delete' && change.at ? `${visibleText(change.at.file)}:${change.at.line}` : '',
  ].filter((fact) => fact !== '');
  const head = `  ${tone(sign)} ${tone((block.word ?? change.op).padEnd(6))}  ${paint.strong(visibleText(refText(change.ref)))}  ${paint.faint(facts.join('  '))}`;
  const lines = [head.trimEnd()];
  if (change.op === 'delete') lines.push(`      ${whyDelete[change.why]}`);
  if (change.op === 'adopt') {
    lines.push(`      found by its name; to keep hold of it, write ${paint.strong(`id: ${visibleText(change.id)}`)}`);
  }
  if (change.op === 'update' && change.completes === true) {
    lines.push('      after its create, since these references go in a circle');
  }
  if (change.op === 'reactivate') lines.push('      deactivated on the instance');
  for (const lost of change.lost ?? []) lines.push(`      ${paint.alarm(`cannot come back: ${visibleText(lost)}`)}`);
  const edits = block.edits ?? editsOf(change);
  return [...lines, ...renderEdits(edits, { ...view, fresh: change.op === 'create' })];
}

/** A planned change: its block, and what it puts at risk. */
export function renderPlanned(planned: PlannedChange, view: PlanView): readonly string[] {
  const lines = renderChange(planned.change, view);
  return [...lines, ...renderMeanings(planned, view.paint)];
}

/** What a change means, a line for each sentence; what harms nobody is said without alarm. */
export function renderMeanings(
  told: { readonly risk: RiskClass; readonly reasons: readonly string[] },
  paint: Paint,
): readonly string[] {
  const tone = told.risk === 'safe' ? paint.faint : paint.alarm;
  // Beside a redirect URL that a stranger has added, "safe" would be read as a verdict on it.
  const head = `${told.risk === 'safe' ? 'note' : told.risk}: `;
  return told.reasons.map((reason, index) => {
    const lead = index === 0 ? head : ' '.repeat(head.length);
    return `      ${tone(`${lead}${visibleText(reason)}`)}`;
  });
}

function toneOf(sign: string, paint: Paint): (text: string) => string {
  if (sign === signs.create || sign === signs.reactivate) return paint.added;
  if (sign === signs.delete) return paint.removed;
  return sign === signs.replace ? paint.alarm : paint.changed;
}
