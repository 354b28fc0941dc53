import { join } from 'node:path';
import { loadHashKey } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { idsToRead } from '../diff/index.js';
import type { Finding } from '../model/index.js';
import { liveStateOf, notAsked, type SnapshotFile } from '../snapshot/index.js';
import { guardsOf } from './guard-plan.js';
import { loadFiles } from './load-files.js';
import type { PlanResult } from './plan-result.js';
import { checkVersion, planStates, readLocalRecord, refuseTooNew } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { filesError, secretsOf } from './session.js';

/**
 * Plans one environment against a snapshot: nothing is connected to. Where this machine has the secrets, they are used for
 * the record alone; where it has not, the plan is made without them. The record is the one of `.kedge/`.
 */
export async function planSnapshot(
  target: EnvironmentTarget,
  snapshot: SnapshotFile,
  { isSaved }: { readonly isSaved: boolean },
): Promise<PlanResult> {
  const { root, environment: name, ports } = target;
  const { loaded, declared } = await loadFiles(target);
  if (!loaded.ok) throw filesError(name, loaded.findings);
  const { environment, desired, warnings } = loaded;
  ports.redactor.add(secretsOf(environment, desired));
  checkVersion(environment, snapshot.fusionauth ?? undefined);
  refuseTooNew(desired, snapshot.fusionauth ?? undefined);
  const directory = join(root, '.kedge');
  // Without its key a record cannot be compared with: each of its hashes would look like a change.
  const keyless = declared && environment.recordKey !== undefined;
  const recordKey = keyless ? undefined : environment.recordKey?.reveal();
  const hashKey = await loadHashKey({ directory, recordKey, create: isSaved });
  const recording = keyless ? nothingRecorded : await readLocalRecord({ directory, environment });
  const findings = [
    ...warnings,
    ...recording.findings,
    ...otherInstance(snapshot, environment.instance.url),
    ...unasked(snapshot, idsToRead({ catalog, desired, record: recording.record })),
  ];
  const planned = planStates({
    catalog,
    desired,
    live: liveStateOf(snapshot, catalog),
    record: recording.record,
    hashKey,
    secrets: 'left-out',
    defaultTenantId: environment.instance.tenantId,
    instance: snapshot.instance,
    findings,
  });
  const guards = guardsOf(planned.plan, { environment, ports });
  return { plan: planned.plan, findings: planned.findings, guards, requests: 0 };
}

const nothingRecorded = { record: undefined, findings: [] } as const;

/** A network may know an instance by more than one name, so this is no error; a wrong file is easily taken. */
export function otherInstance(snapshot: SnapshotFile, url: string): readonly Finding[] {
  if (URL.canParse(url) && sameAddress(snapshot.instance, url)) return [];
  return [
    {
      code: 'snapshot/other-instance',
      severity: 'warning',
      message: `the snapshot is of ${snapshot.instance}, and this environment's instance is another one`,
      hint: 'unless that is the same instance under another name, take the snapshot of the environment you plan',
    },
  ];
}

function sameAddress(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => new URL(text).href.replace(/\/+$/, ''));
  return a === b;
}

function unasked(snapshot: SnapshotFile, wanted: ReturnType<typeof idsToRead>): readonly Finding[] {
  return [...notAsked(snapshot, wanted)].map(([kind, ids]) => ({
    code: 'snapshot/not-asked',
    severity: 'warning',
    message: `the snapshot does not say whether ${counted(ids, catalog.kind(kind).title)} of these files ${ids.length === 1 ? 'is' : 'are'} there: ${ids.join(', ')}`,
    hint: 'nobody lists them, and the files named them only after it was taken; the plan takes them for missing',
  }));
}

function counted(ids: readonly string[], title: string): string {
  return ids.length === 1 ? `one ${title}` : `${ids.length} objects of the kind ${title}`;
}
