import type { Kind } from '../kind.js';

/** Every kind the sandbox has. A new kind is a file here and a line in this list. */
export const kinds: readonly Kind[] = [];
