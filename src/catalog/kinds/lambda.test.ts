import { describe, expect, it } from 'vitest';
import { canonicalBody } from '../canonical-body.js';
import { lambda } from './lambda.js';

describe('lambda', () => {
  const body = '\nfunction populate(jwt) {\r\n}\n';

  it('has its text compared byte by byte: the server is not known to trim it', () => {
    expect(canonicalBody(lambda, { body })).toEqual({ body });
  });

  it('of another type is another lambda', () => {
    expect(lambda.immutable.map((field) => field.path)).toEqual(['type']);
  });

  it('has no natural key, for its name need not be unique', () => {
    expect(lambda.naturalKey).toEqual([]);
  });
});
