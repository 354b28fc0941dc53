import type { KindName, Location } from '../model/index.js';

/** One thing that the other format cannot say, or that somebody must do. Holds no secret. */
export interface KickstartNote {
  readonly kind: KindName;
  /** The logical key of the object, or what it is called where it has none. */
  readonly object: string;
  /** Field names joined by dots. */
  readonly field?: string;
  /** One sentence, no final stop. */
  readonly message: string;
  /** Where it stands, where it was read from a file. */
  readonly at?: Location;
}
