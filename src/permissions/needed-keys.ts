import { type KeyLimits, type NeededKey, refText } from '../model/index.js';
import type { EnvironmentNeeds } from './environment-needs.js';
import { NeedList } from './need-list.js';
import { addPlanNeeds, addWholeNeeds } from './read-needs.js';
import { addWriteNeeds } from './write-needs.js';

/** What a key is wanted for: the commands that use one. */
export type KeyPurpose = 'plan' | 'drift' | 'apply' | 'pull' | 'snapshot';

/**
 * The least that the keys of an environment must be permitted for a command. It is found by running the reads and writes
 * of the catalog against nobody, so that there is no list to keep.
 * @param of.writeKey - the environment has a key of its own to write with: then an apply needs two.
 */
export async function neededKeys(
  of: EnvironmentNeeds & { readonly purpose: KeyPurpose; readonly writeKey: boolean },
): Promise<readonly NeededKey[]> {
  const reading = new NeedList();
  switch (of.purpose) {
    case 'pull':
      await addWholeNeeds(reading, { ...of, detail: 'all' });
      break;
    case 'snapshot':
      await addWholeNeeds(reading, { ...of, detail: 'fields' });
      break;
    case 'plan':
    case 'drift':
    case 'apply':
      await addPlanNeeds(reading, of);
  }
  addLimitsOfKeys(reading, of);
  if (of.purpose !== 'apply') return [reading.toKey('instance.apiKey')];
  const writing = of.writeKey ? new NeedList() : reading;
  await addWriteNeeds(writing, of);
  if (!of.writeKey) return [reading.toKey('instance.apiKey')];
  addLimitsOfKeys(writing, of);
  return [reading.toKey('instance.apiKey'), writing.toKey('instance.writeKey')];
}

/** What only a key with certain permissions of its own may touch: it needs those too. */
function addLimitsOfKeys(needs: NeedList, { catalog, desired }: EnvironmentNeeds): void {
  for (const { ref, fields } of desired.resources) {
    const { mayOnlyWith } = catalog.kind(ref.kind);
    if (mayOnlyWith === undefined) continue;
    const limits: KeyLimits = mayOnlyWith(fields);
    if (limits === undefined) needs.addUnlimited(`${refText(ref)} may do everything`);
    else {
      const permissions = Object.entries(limits).flatMap(([endpoint, methods]) =>
        methods.map((method) => ({ endpoint, method })),
      );
      needs.add(permissions, { subject: refText(ref), does: 'may do so itself' });
    }
  }
}
