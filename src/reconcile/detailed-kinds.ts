import type { Reader } from '../live/index.js';
import type { LiveKind, LiveState } from '../model/index.js';

/** The live state with the objects of these kinds read by id where their list leaves something out. */
export async function withDetailOf(
  reader: Reader,
  live: LiveState,
  isAsked: (kind: string) => boolean,
): Promise<LiveState> {
  const kinds = await Promise.all(
    [...live.kinds].map(async ([kind, read]): Promise<readonly [string, LiveKind]> => {
      if (!read.known || !isAsked(kind)) return [kind, read];
      return [kind, { known: true, resources: await reader.detail(read.resources) }];
    }),
  );
  return { ...live, kinds: new Map(kinds) };
}
