/** One signature over a plan. */
export interface Approval {
  /** The id of the key that made it: 64 hex digits. */
  readonly key: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** A public key whose signature counts. */
export interface ApprovalKey {
  /** What it is called: the path that the files give it, as a rule. */
  readonly name: string;
  /** The Ed25519 key: SPKI in PEM. */
  readonly pem: string;
}

/** How many of which keys have to sign a plan before it is performed. */
export interface ApprovalPolicy {
  /** At least 1, at most as many as there are keys. */
  readonly threshold: number;
  /** All different. */
  readonly keys: readonly ApprovalKey[];
}
