import { catalog } from '../catalog/index.js';
import type { LiveState } from '../model/index.js';
import { withDetailOf } from './detailed-kinds.js';
import type { Session } from './session.js';

/** Reads everything there is, each object by id where its list leaves something out. */
export async function readWhole(session: Session): Promise<LiveState> {
  const live = await session.reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  return withDetailOf(session.reader, live, () => true);
}
