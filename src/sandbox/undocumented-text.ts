import type { Switches } from './switches.js';

/** A text that no document gives, or visibly another one. UNVERIFIED (switch undocumentedTexts). */
export function undocumentedText(likely: string, { undocumentedTexts }: Pick<Switches, 'undocumentedTexts'>): string {
  return undocumentedTexts === 'likely' ? likely : `other ${likely}`;
}
