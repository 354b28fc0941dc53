import type { Catalog } from '../catalog/index.js';
import type { ChangeLimit, FreezeWindow, GuardPolicy, KindLimits, KindName, Location } from '../model/index.js';
import type { ChangeLimitSettings, KindPolicy, PolicySettings } from './environment-file.js';
import type { FindingList } from './finding-list.js';

/** What holds where the files say nothing; octoDNS's numbers, which its users have lived with for years. */
const defaultLimit: ChangeLimit = { percent: 30, from: 10 };
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** The guards of an environment. What is wrong with an instant becomes a finding, and its window is left out. */
export function parseGuards(
  file: PolicySettings | undefined,
  context: { readonly catalog: Catalog; readonly findings: FindingList; readonly at: (pointer: string) => Location },
): GuardPolicy {
  const limits = limitsOf(file, { updates: defaultLimit, deletes: defaultLimit });
  const kinds = new Map<KindName, KindLimits>();
  for (const kind of context.catalog.kinds) {
    const own = file?.kinds?.[kind.collection];
    if (own?.maxUpdates !== undefined || own?.maxDeletes !== undefined) kinds.set(kind.kind, limitsOf(own, limits));
  }
  const freeze = (file?.freeze ?? []).flatMap((window, index): readonly FreezeWindow[] => {
    const [from, to] = (['from', 'to'] as const).map((name) => {
      const text = window[name];
      const ms = instant.test(text) ? Date.parse(text) : Number.NaN;
      if (Number.isNaN(ms)) refuse(`policy.freeze takes an instant with its offset, not '${text}'`, `${index}/${name}`);
      return ms;
    });
    if (from === undefined || to === undefined || Number.isNaN(from + to)) return [];
    if (from >= to) refuse('this freeze ends before it begins', `${index}/to`);
    return [{ from, to, written: `from ${window.from} to ${window.to}`, reason: window.reason }];
  });
  return { limits, kinds, freeze };

  function refuse(message: string, place: string): void {
    const hint = 'such as 2026-12-20T00:00:00+01:00, the end after the beginning';
    context.findings.add({ code: 'desired/bad-value', message, hint, at: context.at(`/policy/freeze/${place}`) });
  }
}

function limitsOf(own: Pick<KindPolicy, 'maxUpdates' | 'maxDeletes'> | undefined, below: KindLimits): KindLimits {
  return { updates: limitOf(own?.maxUpdates, below.updates), deletes: limitOf(own?.maxDeletes, below.deletes) };
}

function limitOf(own: ChangeLimitSettings | undefined, below: ChangeLimit): ChangeLimit {
  const count = own?.count ?? below.count;
  return {
    percent: own?.percent ?? below.percent,
    from: own?.from ?? below.from,
    ...(count !== undefined && { count }),
  };
}
