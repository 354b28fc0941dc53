import { withMissingMessages } from '../catalog/index.js';
import type { LiveState } from '../model/index.js';
import { copiedThemeId } from './copied-theme.js';

/**
 * Id of each theme of an instance → all its messages as one text, with those of the default theme that it lacks:
 * FusionAuth refuses to write a theme without one of them (FusionAuth docs: apis/themes).
 */
export function wholeMessages(live: LiveState): ReadonlyMap<string, string> {
  const read = live.kinds.get('theme');
  const bodies = new Map(read?.known === true ? read.resources.map(({ id, body }) => [id, body]) : []);
  const texts = new Map<string, string>();
  for (const [id, body] of bodies) {
    const shipped = bodies.get(copiedThemeId(body))?.['defaultMessages'];
    const own = body['defaultMessages'];
    if (typeof own === 'string') texts.set(id, typeof shipped === 'string' ? withMissingMessages(own, shipped) : own);
  }
  return texts;
}
