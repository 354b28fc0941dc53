import type { RiskClass } from '../model/index.js';
import type { FieldPath } from './field-path.js';

/**
 * What a change of one field means for logins, as data. Which change of it, is said by `when`:
 *
 * - `loses`, `gains`: items of a list, or keys of a map, that are there before and not after, or the other way round.
 * - `altered`, `reordered`: an item with the same `by` is another; the same items stand in another order.
 * - `lowered`, `raised`: a number, or a word by its place in `ranks`, weakest first.
 * - `turned-on`, `turned-off`: true where it was not, not true where it was.
 * - `becomes`: that one value. `changed`: any other value; the only one that a secret can have.
 *
 * A field without a value has the kind's default.
 */
export type Meaning = MeaningBase &
  (
    | {
        readonly when: 'loses' | 'gains' | 'altered' | 'reordered';
        /** For a list of objects: the field that tells them apart, and what an item is called by. */
        readonly by?: string;
      }
    | { readonly when: 'lowered' | 'raised'; readonly ranks?: readonly string[] }
    | { readonly when: 'turned-on' | 'turned-off' | 'changed' }
    | { readonly when: 'becomes'; readonly value: string }
  );

interface MeaningBase {
  readonly path: FieldPath;
  readonly risk: RiskClass;
  /**
   * The sentence, without a final stop. `{from}` and `{to}` stand for the values, `{items}` for those that are lost or
   * gained, `{key}` for the key of the map that the path goes through. What is in `[…]` is left out where there was no value.
   */
  readonly says: string;
}
