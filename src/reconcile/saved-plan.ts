import { checkStale, parsePlanText, planText } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import {
  type Finding,
  KedgeError,
  type LiveResource,
  type LiveState,
  type Plan,
  refText,
  Secret,
} from '../model/index.js';
import { desiredDigest, filedPlan, findUnsaved, type PlanFile, unfiledPlan } from '../plan/index.js';
import { readCommit } from './git-commit.js';
import { readNamedFile, writeNamedFile } from './named-file.js';
import { withSecrets } from './plan-secrets.js';
import { checkVersion } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { readForPlan } from './read-for-plan.js';
import type { Session } from './session.js';

/**
 * Writes a plan as a file, whole or not at all, that only its owner may read.
 * @throws {@link KedgeError} `plan/not-saved` with each secret that no file may hold, and `plan/not-written`.
 */
export async function savePlan(
  plan: Plan,
  to: { readonly file: string; readonly target: EnvironmentTarget },
): Promise<void> {
  const findings = findUnsaved(plan);
  const [first] = findings;
  if (first) {
    const message = findings.length === 1 ? first.message : `${findings.length} values are for no file`;
    throw new KedgeError({ ...first, message, findings });
  }
  const commit = await readCommit(to.target.root);
  const file: PlanFile = {
    format: 'kedge-plan',
    version: 1,
    kedge: to.target.ports.version,
    ...(commit !== undefined && { commit }),
    plan: filedPlan(plan),
  };
  await writeNamedFile(to.file, planText(file), {
    code: 'plan/not-written',
    what: to.file,
    hint: 'name a file in a folder that you may write to: -o <file>',
  });
}

/**
 * Reads a plan that `kedge plan -o` wrote; its secrets stay sources.
 * @throws {@link KedgeError} `plan/unreadable`.
 */
export async function readPlan(path: string): Promise<PlanFile> {
  const text = await readNamedFile(path, {
    code: 'plan/unreadable',
    what: `the plan ${path}`,
    hint: 'kedge plan -e <environment> -o <file> writes one',
  });
  return parsePlanText(text, { catalog, from: path });
}

/** The plan of a file for those who only look at it: its secrets have no value. */
export function shownPlan(file: PlanFile): Plan {
  return unfiledPlan(file.plan, (source) => new Secret(source, ''));
}

/** A saved plan that may be performed, and the objects it was held against. */
export interface CheckedPlan {
  readonly plan: Plan;
  /** By ref text: the live object of everything that the plan changes or keeps. */
  readonly live: ReadonlyMap<string, LiveResource>;
  readonly findings: readonly Finding[];
}

/**
 * Makes a saved plan ready to be performed: it is of this environment, instance and server, the files are those it was made
 * from, its secrets are there, and nothing that it relied on has moved.
 * @throws {@link KedgeError} `apply/other-plan`, `apply/files-moved`, `apply/live-moved` with each object and field.
 */
export async function checkSavedPlan(
  file: PlanFile,
  by: { readonly session: Session; readonly hashKey: string },
): Promise<CheckedPlan> {
  const { session, hashKey } = by;
  refuseOther(file, session);
  const given = withSecrets(file.plan, session.desired);
  if ('missing' in given) {
    throw otherPlan(session, `the files give no ${given.missing.join(', ')}, which the plan writes`);
  }
  const stored = given.plan;
  const live = await readForPlan(stored, session);
  checkVersion(session.environment, live.serverVersion);
  if (stored.serverVersion !== undefined && live.serverVersion !== stored.serverVersion) {
    throw otherPlan(
      session,
      `it was made for FusionAuth ${stored.serverVersion}, and this is ${live.serverVersion ?? 'of an unknown version'}`,
    );
  }
  const { plan, moved, carried } = checkStale(stored, { catalog, live, hashKey });
  if (moved.length > 0) {
    throw new KedgeError({
      code: 'apply/live-moved',
      message: `the instance has moved since the plan was made, in ${moved.length === 1 ? 'one place' : `${moved.length} places`}; nothing was written`,
      findings: moved,
      hint: planAgain(session),
    });
  }
  return { plan, live: byRef(plan, live), findings: [...session.warnings, ...carried] };
}

/** @throws {@link KedgeError} unless the plan is of this environment, and of its files as they are. */
function refuseOther({ plan, commit }: PlanFile, session: Session): void {
  const { environment, desired, url } = session;
  if (plan.environment !== environment.name || plan.namespace !== environment.namespace) {
    throw otherPlan(session, `it is a plan of '${plan.environment}' with the namespace ${plan.namespace}`);
  }
  if (plan.instance !== url) throw otherPlan(session, `it was made for ${plan.instance}, and the files say ${url}`);
  if (plan.desired === undefined || plan.desired === desiredDigest(desired)) return;
  const at = commit === undefined ? '' : ` at commit ${commit.slice(0, 12)}`;
  throw new KedgeError({
    code: 'apply/files-moved',
    message: `the files of '${environment.name}' ask for something else than those the plan was made from${at}; nothing was written`,
    hint: planAgain(session),
  });
}

function otherPlan(session: Session, why: string): KedgeError {
  const message = `this plan is not for '${session.environment.name}' as it is: ${why}; nothing was written`;
  return new KedgeError({ code: 'apply/other-plan', message, hint: planAgain(session) });
}

function planAgain(session: Session): string {
  return `plan again: kedge plan -e ${session.environment.name} -o <file>`;
}

function byRef(plan: Plan, live: LiveState): ReadonlyMap<string, LiveResource> {
  const byId = new Map(
    [...live.kinds].flatMap(([kind, read]) =>
      read.known ? read.resources.map((resource) => [`${kind}:${resource.id}`, resource] as const) : [],
    ),
  );
  const changes = [...plan.changes.map(({ change }) => change), ...plan.kept];
  return new Map(
    changes.flatMap(({ ref, id }) => {
      const resource = byId.get(`${ref.kind}:${id}`);
      return resource ? [[refText(ref), resource] as const] : [];
    }),
  );
}
