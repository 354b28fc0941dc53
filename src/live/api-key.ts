import type { Redactor } from '../model/index.js';
import { addressError } from './address.js';

/** Milliseconds in which a source that gave the same key again is not asked once more: 401 also means "may not". */
const SAME_KEY_MS = 60_000;

/** What may stand in a header (RFC 9110 §5.5, without the space). */
const KEY = /^[\x21-\x7e]+$/;

/** Where a key comes from. */
export interface ApiKeyOptions {
  readonly apiKey: string;
  /** Reads the key from its source again; undefined where the source has none. */
  readonly rereadApiKey?: (() => Promise<string | undefined>) | undefined;
  readonly redactor: Redactor;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The API key of a transport, which may be another one after its source was changed. A class, for the key is its state. */
export class ApiKey {
  readonly #options: ApiKeyOptions;
  #value: string;
  #reading: Promise<void> | undefined;
  #sameUntil = Number.NEGATIVE_INFINITY;

  /** @throws {@link KedgeError} `live/bad-address` for a key that no header may hold. */
  constructor(options: ApiKeyOptions) {
    if (!KEY.test(options.apiKey)) {
      throw addressError('the API key is empty or holds characters that no header may', 'check instance.apiKey');
    }
    this.#options = options;
    this.#value = options.apiKey;
  }

  get value(): string {
    return this.#value;
  }

  /** Reads the source again after the instance refused a key. @returns true when there is another key now. */
  async renew(refused: string): Promise<boolean> {
    if (this.#value !== refused) return true;
    const { rereadApiKey, now } = this.#options;
    if (rereadApiKey === undefined || now() < this.#sameUntil) return false;
    // All requests that are refused at the same time wait for one reading.
    await (this.#reading ??= this.#read(rereadApiKey));
    return this.#value !== refused;
  }

  async #read(reread: () => Promise<string | undefined>): Promise<void> {
    try {
      const value = await reread();
      if (value !== undefined && KEY.test(value) && value !== this.#value) {
        this.#options.redactor.add([value]);
        this.#value = value;
      } else this.#sameUntil = this.#options.now() + SAME_KEY_MS;
    } finally {
      this.#reading = undefined;
    }
  }
}
