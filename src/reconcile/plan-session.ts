import { createRecordStore, loadHashKey } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import type { Environment } from '../desired/index.js';
import { type DiffInput, diffStates, idsToRead, missingMessages, resourcesToDetail } from '../diff/index.js';
import {
  type ApplyRecord,
  type DesiredState,
  type Difference,
  type Finding,
  KedgeError,
  type LiveKind,
  type LiveResource,
  type LiveState,
  newestRecord,
  type Plan,
  versionInRange,
} from '../model/index.js';
import { findNotLicensed, findTooNew, makePlan, needsLicence } from '../plan/index.js';
import type { Session } from './session.js';

/** A plan with all it was made from: what an apply needs beside the plan itself. */
export interface PlannedSession {
  readonly plan: Plan;
  readonly difference: Difference;
  readonly record: ApplyRecord | undefined;
  readonly hashKey: string;
  /** Warnings of the files and of the records. */
  readonly findings: readonly Finding[];
  /** The same plan with its hashes under another key; nothing is read again. */
  readonly rekeyed: (hashKey: string) => PlannedSession;
}

/**
 * Reads the instance and its record side by side, reads by id what lists leave out, and plans.
 * @throws {@link KedgeError} of any room on the way, and `plan/wrong-version`, `plan/too-new`, `plan/not-licensed`.
 */
export async function planSession(session: Session): Promise<PlannedSession> {
  const [listed, recording, hashKey] = await Promise.all([
    session.reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) }),
    readRecords(session),
    hashKeyOf(session, { create: false }),
  ]);
  checkVersion(session.environment, listed.serverVersion);
  refuseTooNew(session.desired, listed.serverVersion);
  const { record, findings } = recording;
  const input = { catalog, desired: session.desired, record, defaultTenantId: session.environment.instance.tenantId };
  const whole = await withLookedUp(session, listed, idsToRead(input));
  const detail = resourcesToDetail({ ...input, live: whole, hashKey });
  const live = withDetail(whole, detail, await session.reader.detail(detail));
  const told = [...session.warnings, ...findings];
  const planned = planStates({ ...input, live, hashKey, instance: session.url, findings: told });
  await checkLicence(session, planned.plan);
  return planned;
}

/** The plan of two states that are there already. @param input.instance - the URL that the plan is for. */
export function planStates(
  input: DiffInput & { readonly instance: string; readonly findings: readonly Finding[] },
): PlannedSession {
  const { desired, live, record, hashKey, instance, findings } = input;
  const difference = diffStates(input);
  const plan = makePlan({ catalog, desired, difference, instance, serverVersion: live.serverVersion, hashKey });
  const rekeyed = (key: string): PlannedSession => planStates({ ...input, hashKey: key });
  return { plan, difference, record, hashKey, findings: [...findings, ...missingMessages(input)], rekeyed };
}

/** The secret that signs records and keys their hashes. */
export function recordKeyOf(session: Session): string | undefined {
  return session.environment.recordKey?.reveal();
}

/** The key of this session's hashes. @param options.create - makes it where this machine has none; reading never does. */
export async function hashKeyOf(session: Session, options: { readonly create: boolean }): Promise<string> {
  return loadHashKey({ directory: session.directory, recordKey: recordKeyOf(session), ...options });
}

/** The record that this machine kept. */
export async function readLocalRecord(of: {
  readonly directory: string;
  readonly environment: Pick<Environment, 'name' | 'namespace'>;
}): Promise<Recording> {
  const { namespace, name } = of.environment;
  return createRecordStore(of.directory).read({ namespace, environment: name });
}

/** A record, if there is one, and what was wrong on the way to it. */
interface Recording {
  readonly record: ApplyRecord | undefined;
  readonly findings: readonly Finding[];
}

/** The newest record of this machine and of the instance, read side by side. */
export async function readRecords(session: Session): Promise<Recording> {
  const of = { namespace: session.environment.namespace, environment: session.environment.name };
  const recordKey = recordKeyOf(session);
  const [local, remote] = await Promise.all([
    readLocalRecord(session),
    recordKey === undefined || !session.environment.recordInInstance
      ? undefined
      : session.reader.readRecord({ ...of, recordKey }),
  ]);
  return {
    record: newestRecord([remote?.record, local.record]),
    findings: [...local.findings, ...(remote?.findings ?? [])],
  };
}

/** The live state with what the files and the record name of the kinds that nobody lists. */
export async function withLookedUp(
  session: Session,
  live: LiveState,
  ids: ReadonlyMap<string, readonly string[]>,
): Promise<LiveState> {
  if (ids.size === 0) return live;
  return { ...live, kinds: new Map([...live.kinds, ...(await session.reader.lookUp(ids))]) };
}

/** The live state with those resources that were read anew in the place of what the lists gave; one that is gone is left out. */
export function withDetail(
  live: LiveState,
  asked: readonly LiveResource[],
  detailed: readonly LiveResource[],
): LiveState {
  if (asked.length === 0) return live;
  const wanted = new Set(asked.map(idOf));
  const found = new Map(detailed.map((resource) => [idOf(resource), resource]));
  const kinds = new Map<string, LiveKind>();
  for (const [kind, read] of live.kinds) {
    if (!read.known) {
      kinds.set(kind, read);
      continue;
    }
    const resources = read.resources.flatMap((resource) => {
      if (!wanted.has(idOf(resource))) return [resource];
      const anew = found.get(idOf(resource));
      return anew === undefined ? [] : [anew];
    });
    kinds.set(kind, { known: true, resources });
  }
  return { ...live, kinds };
}

function idOf(resource: LiveResource): string {
  return `${resource.kind}:${resource.id}`;
}

/** One more request, and only where the plan writes what needs a licence. */
async function checkLicence(session: Session, plan: Plan): Promise<void> {
  if (!needsLicence({ catalog, plan })) return;
  const licence = await session.reader.licence();
  if (licence) refuse(findNotLicensed({ catalog, plan, desired: session.desired, licence }));
}

/** @throws {@link KedgeError} with all of the findings, if there are any. */
function refuse(findings: readonly Finding[]): void {
  const [first] = findings;
  if (!first) return;
  throw new KedgeError({
    code: first.code,
    message: findings.length === 1 ? first.message : `${findings.length} things are not for this instance`,
    findings,
    ...(findings.length === 1 && first.hint !== undefined && { hint: first.hint }),
    ...(findings.length === 1 && first.at && { at: first.at }),
  });
}

/** @throws {@link KedgeError} for files that ask for what this server does not have yet. */
export function refuseTooNew(desired: DesiredState, serverVersion: string | undefined): void {
  if (serverVersion !== undefined) refuse(findTooNew({ catalog, desired, serverVersion }));
}

/** @throws {@link KedgeError} `plan/wrong-version` for a server that the environment is not written for. */
export function checkVersion(environment: Environment, version: string | undefined): void {
  const range = environment.fusionauth;
  if (range === undefined || version === undefined) return;
  const holds = versionInRange(version, range);
  if (holds === true) return;
  throw new KedgeError({
    code: 'plan/wrong-version',
    message:
      holds === false
        ? `the instance is FusionAuth ${version}, and '${environment.name}' is written for ${range}`
        : `'${range}' is not a range of versions that the instance's ${version} can be held to`,
    hint: `change fusionauth: in environment.yaml, such as ">=1.60 <1.70", or the instance`,
  });
}
