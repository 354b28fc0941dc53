import type { Problem } from '../../errors.js';
import type { Instance, Write } from '../../kind.js';
import type { Fields } from '../../store.js';
import type { Switches } from '../../switches.js';

/** What is particular to one type of identity provider. A type is data; a new one is a file like this one's neighbours. */
export interface ProviderType {
  /** `IdentityProviderType` of the client. */
  readonly type: string;
  /** Name in the table of shapes. */
  readonly shape: string;
  /**
   * The one instance that there could be before 1.61, and that a create without id and name still makes. Its name is
   * that of `IdentityProviderType.displayName()`, as in the docs' samples with these ids.
   */
  readonly legacy?: { readonly id: string; readonly name: string };
  /** The type that its reconcile lambda must have. */
  readonly reconcile: string;
  /** Values of absent fields, besides those that all types share. */
  readonly defaults: Fields | ((switches: Switches) => Fields);
  /** The same below each application in `applicationConfiguration`; most overrides have none. */
  readonly applicationDefaults?: Fields;
  /** Paths that may not be blank, besides the name. */
  readonly required: readonly string[];
  /** Paths of secrets, both at the top and below each application. */
  readonly secrets?: readonly string[];
  readonly normalise?: (object: Fields, write: Write) => Fields;
  readonly validate?: (object: Fields, instance: Instance) => readonly Problem[];
}
