import { describe, expect, it } from 'vitest';
import { canonicalBody } from '../canonical-body.js';
import { apiKey } from './api-key.js';

describe('an API key', () => {
  it.each([
    [
      'has no permission for the API of keys: the server drops it',
      { permissions: { endpoints: { '/api/api-key': ['GET'], '/api/user': ['GET'] } } },
      { permissions: { endpoints: { '/api/user': ['GET'] } } },
    ],
    [
      'keeps its permissions for other APIs',
      { permissions: { endpoints: { '/api/user': ['GET'] } } },
      { permissions: { endpoints: { '/api/user': ['GET'] } } },
    ],
    ['may have permissions that name no API', { permissions: {} }, { permissions: {} }],
    ['may have no permissions at all, and do everything', { name: 'Deploy' }, { name: 'Deploy' }],
  ])('%s', (_, body, canonical) => {
    expect(canonicalBody(apiKey, body)).toEqual(canonical);
  });
});
