import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { sealBody } from './sealed-body.js';

const webhook = catalog.kind('webhook');
const url = 'https://siem.example';

describe('a body without its secrets', () => {
  it('has nothing of a map whose values are secret, and tells each place', () => {
    const headers = { 'X-Token': 'hush', Authorization: 'Bearer hush' };
    expect(sealBody(webhook, { url, headers, httpAuthenticationPassword: 'quiet' })).toEqual({
      body: { url },
      pointers: ['/headers/Authorization', '/headers/X-Token', '/httpAuthenticationPassword'],
      values: expect.arrayContaining(['hush', 'Bearer hush', 'quiet']),
    });
  });

  it('gives every text inside a secret that is no text, for each may stand elsewhere', () => {
    const headers = { 'X-Token': { old: 'hush', next: ['quiet', 7, null] } };
    expect(sealBody(webhook, { url, headers })).toEqual({
      body: { url },
      pointers: ['/headers/X-Token'],
      values: ['hush', 'quiet'],
    });
  });

  it('tells no place where there is no value', () => {
    expect(sealBody(webhook, { url, httpAuthenticationPassword: null, headers: { 'X-Token': '' } })).toMatchObject({
      body: { url },
      pointers: [],
    });
  });
});
