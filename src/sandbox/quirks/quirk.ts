import type { SwitchChoice, SwitchName } from '../switches.js';

/** What every quirk tells about itself; the page about the sandbox has these texts. */
interface Told {
  /** One sentence, for people. */
  readonly what: string;
  /** Where it is reported or documented. */
  readonly source: string;
}

/** A switch that stands differently on one version and on another, unless it is set by hand. */
export interface SwitchQuirk<Name extends SwitchName = SwitchName> extends Told {
  readonly switch: Name;
  /** Where it stands from a version on, oldest first; the first is for all versions before, too. */
  readonly values: readonly (readonly [since: string, value: SwitchChoice<Name>])[];
}

/** Parts of the API that came with a version. Before it the sandbox acts as if it had never heard of them. */
export interface Newcomer extends Told {
  readonly since: string;
  /** Paths at and below which everything is answered 404. */
  readonly paths?: readonly string[];
  /** Fields that are dropped like unknown ones, by shape; `*IdentityProvider` stands for every shape with that end. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** Values of enumerations that are answered `[invalidJSON]`, by enumeration. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}
