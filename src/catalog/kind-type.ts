import type { Kind, KindType } from './kind.js';

/** What holds for objects of the type that this body says, of a kind that has types. */
export function typeOf(kind: Kind, body: Readonly<Record<string, unknown>>): KindType | undefined {
  const { type } = body;
  return typeof type === 'string' ? kind.types?.[type] : undefined;
}
