import { relative } from 'node:path';
import { invertRun, type Journal, writtenIn } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { KedgeError } from '../model/index.js';
import { guardsOf } from './guard-plan.js';
import type { PlanResult } from './plan-result.js';
import { hashKeyOf } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { readForPlan } from './read-for-plan.js';
import { type FoundJournal, lookForJournal } from './run-journals.js';
import { savePlan, shownPlan } from './saved-plan.js';
import { type Session, withSession } from './session.js';

/** What to take back. */
export interface RollbackInput extends EnvironmentTarget {
  /** The journal of the run; the newest of the environment unless given. */
  readonly journal?: string | undefined;
  /** Where to save the plan, for `applyEnvironment`; a file that is there is replaced. */
  readonly saveTo?: string | undefined;
}

/** The plan of a rollback. */
export interface RollbackResult extends PlanResult {
  /** The journal of the run that it takes back, as a path within the repository. */
  readonly journal: string;
}

/**
 * Plans the inverse of a run, whole or as far as it came, from its journal and what the instance is now. Writes nothing to
 * the instance: the plan is shown, saved, reviewed and applied like any other.
 * @throws {@link KedgeError} `rollback/no-run`, `journal/unreadable`, and what saving a plan throws.
 */
export async function rollbackRun(input: RollbackInput): Promise<RollbackResult> {
  return withSession(input, { write: false }, async (session) => {
    const { path, journal } = await findRun(session, input);
    refuseOther(journal, session);
    const run = {
      plan: shownPlan(journal.header.file),
      written: writtenIn(journal),
    };
    const live = await readForPlan(run.plan, session);
    const hashKey = await hashKeyOf(session, { create: input.saveTo !== undefined });
    const { desired, url: instance } = session;
    const { plan, findings } = invertRun({ run, catalog, live, desired, instance, hashKey });
    if (input.saveTo !== undefined) await savePlan(plan, { file: input.saveTo, target: input });
    const told = [...session.warnings, ...findings];
    const guards = guardsOf(plan, { environment: session.environment, ports: input.ports });
    const requests = session.requestCount();
    return { plan, findings: told, guards, requests, journal: relative(input.root, path) };
  });
}

async function findRun(session: Session, input: RollbackInput): Promise<FoundJournal> {
  const { path, journal } = await lookForJournal(session, input.journal);
  if (path !== undefined && journal !== undefined) return { path, journal };
  const { name } = session.environment;
  throw noRun(path === undefined ? `nothing was ever applied to '${name}' from here` : `there is no ${path}`);
}

function refuseOther({ header }: Journal, { environment, url }: Session): void {
  const { plan } = header.file;
  if (plan.environment !== environment.name) throw noRun(`the run was one of '${plan.environment}'`);
  if (plan.namespace !== environment.namespace) throw noRun('the run was one of another project');
  if (plan.instance !== url) throw noRun(`the run was on ${plan.instance}, and the files say ${url}`);
}

function noRun(why: string): KedgeError {
  return new KedgeError({
    code: 'rollback/no-run',
    message: `there is nothing to take back: ${why}`,
    hint: 'name the journal of the run: they are in .kedge/journals/<environment>/',
  });
}
