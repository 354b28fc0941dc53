import { describe, expect, it } from 'vitest';
import { KedgeError } from '../model/index.js';
import { listOf, oneOf, orAbsent, withoutCopies } from './wire.js';

describe('an answer of the instance', () => {
  it('gives the objects in its wrapper', () => {
    expect(listOf({ tenants: [{ id: '1' }], total: 1 }, 'tenants')).toEqual([{ id: '1' }]);
    expect(oneOf({ tenant: { id: '1' } }, 'tenant')).toEqual({ id: '1' });
  });

  it('is "none" without the wrapper only when it says nothing else', () => {
    expect(listOf({}, 'tenants')).toEqual([]);
    expect(listOf({ total: 0 }, 'tenants')).toEqual([]);
  });

  it.each([[{ html: '<p>' }], [{ total: 3 }], [{ tenants: 'x' }], [null], ['text'], [undefined]])(
    'of another shape is never taken for empty: %j',
    (answer) => {
      expect(() => listOf(answer, 'tenants')).toThrow(KedgeError);
      expect(() => oneOf(answer, 'tenant')).toThrow(/without the 'tenant'/);
    },
  );

  it('of 404 to a read by id is an absent object, and every other failure stays one', async () => {
    const gone = new KedgeError({ code: 'live/not-found', message: 'gone' });
    await expect(orAbsent(Promise.reject(gone))).resolves.toBeUndefined();
    const other = new KedgeError({ code: 'live/timeout', message: 'slow' });
    await expect(orAbsent(Promise.reject(other))).rejects.toBe(other);
  });
});

describe('a request', () => {
  it('leaves out the deprecated copy of a field it has, and keeps one that stands alone', () => {
    const copies = { 'saml.old': 'saml.list', gone: 'there' };
    expect(withoutCopies({ saml: { old: 1, list: [] }, gone: 2 }, copies)).toEqual({ saml: { list: [] }, gone: 2 });
  });
});
