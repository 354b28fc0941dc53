import type { Kind } from './kind.js';

export const kinds: readonly Kind[] = [];
