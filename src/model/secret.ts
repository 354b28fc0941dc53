/**
 * A value that must never be shown. However it is printed (template, JSON, `console.log`, an error), it shows its
 * source; the value itself is only given by {@link Secret.reveal}, which the writer and the differ call.
 * A class, because only a private field (`#value`) keeps the value out of every generic printer, `util.inspect` included.
 */
export class Secret {
  /** Where the value comes from, as written: `env:SMTP_PASSWORD` or `file:secrets/smtp`. Never the value. */
  readonly source: string;
  readonly #value: string;

  constructor(source: string, value: string) {
    this.source = source;
    this.#value = value;
  }

  /** The value in clear. Call it only where it is compared, hashed with a key, or sent to the instance. */
  reveal(): string {
    return this.#value;
  }

  /** The source in brackets: what a template or a concatenation shows. */
  toString(): string {
    return `(secret ${this.source})`;
  }

  /** The form a secret takes in every file and report kedge writes. */
  toJSON(): { readonly $secret: string } {
    return { $secret: this.source };
  }
}
