import { describe, expect, it } from 'vitest';
import type { NeededKey } from '../model/index.js';
import { permissionsReport } from './json-report.js';
import { renderPermissions } from './render-permissions.js';

const key: NeededKey = {
  setting: 'instance.apiKey',
  endpoints: [
    { endpoint: '/api/lambda', methods: ['GET', 'POST'], why: ['lambda: read, created'] },
    { endpoint: '/api/theme', methods: ['GET'], why: ['theme: read'] },
  ],
  keyManager: [],
  unlimited: [],
};
const view = { environment: 'production', instance: 'https://auth.acme.example', purpose: 'apply', keys: [key] };

describe('the least key', () => {
  it('stands as YAML with the reasons, and as the call that makes it', () => {
    expect(renderPermissions(view)).toBe(`# instance.apiKey of production, for kedge apply

apiKeys:
  kedge-production-apply:
    name: kedge production apply
    permissions:
      endpoints:
        /api/lambda: [GET, POST]  # lambda: read, created
        /api/theme: [GET]         # theme: read

curl -X POST 'https://auth.acme.example/api/api-key' \\
  -H "Authorization: $KEY_MANAGER" -H "Content-Type: application/json" \\
  -d '{
  "apiKey": {
    "name": "kedge production apply",
    "permissions": {
      "endpoints": {
        "/api/lambda": ["GET", "POST"],
        "/api/theme": ["GET"]
      }
    }
  }
}'
`);
  });

  it('has no limits where none will do, and says what makes it a key manager', () => {
    const text = renderPermissions({
      ...view,
      keys: [{ ...key, keyManager: ['API key: read'], unlimited: ['apiKey/root may do everything'] }],
    });
    expect(text).toContain('#   API key: read\n');
    expect(text).toContain('#   apiKey/root may do everything\n');
    expect(text).not.toContain('endpoints');
  });

  it('is two where an environment has a key of its own to write with, each with a name', () => {
    const { keys } = permissionsReport({ ...view, keys: [key, { ...key, setting: 'instance.writeKey' }] });
    expect(keys.map(({ request }) => request.body)).toMatchObject([
      { apiKey: { name: 'kedge production apply read' } },
      { apiKey: { name: 'kedge production apply write' } },
    ]);
    expect(keys[0]?.why).toEqual({ '/api/lambda': ['lambda: read, created'], '/api/theme': ['theme: read'] });
  });

  it('says what a key that was looked at lacks', () => {
    const checked = { id: 'the-key', lacks: [{ endpoint: '/api/theme', method: 'GET' }], notManager: true };
    const lacking = { ...view, checked };
    expect(renderPermissions(lacking)).toContain(
      'The API key the-key lacks:\n  to be a key manager\n  GET on /api/theme\n',
    );
    expect(permissionsReport(lacking)).toMatchObject({ lacks: checked.lacks, lacksKeyManager: true });
    const whole = { ...view, checked: { ...checked, lacks: [], notManager: false } };
    expect(renderPermissions(whole)).toContain('The API key the-key has all of it.\n');
  });
});
