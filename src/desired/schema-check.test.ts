import { describe, expect, it } from 'vitest';
import { Secret } from '../model/index.js';
import { findingLines, loadMain, resourcesOf } from '../testing/acme-repository.js';
import { refusesMains } from '../testing/bad-input.js';
import { loadSchemaCheck } from './schema-check.js';

describe('loadSchemaCheck', () => {
  refusesMains({
    'an unknown field is shown at its key, with the nearest one': [
      'tenants:\n  acme:\n    name: Acme\n    isuer: acme\n',
      "5:5 desired/unknown-field tenant 'acme' has no field 'isuer' (did you mean 'issuer'?)",
    ],
    'an unknown field inside a map is named by its path': [
      'tenants:\n  acme: { name: Acme, emailConfiguration: { hots: x } }\n',
      "3:45 desired/unknown-field tenant 'acme' has no field 'emailConfiguration.hots' (did you mean 'host'?)",
    ],
    'a value of the wrong type is told the right one': [
      'tenants:\n  acme: { name: [], emailConfiguration: { port: "twenty", verifyEmail: {} } }\n',
      "3:17 desired/bad-type name of tenant 'acme' is a list, and must be text",
      "3:49 desired/bad-type emailConfiguration.port of tenant 'acme' is text, and must be a whole number",
      "3:72 desired/bad-type emailConfiguration.verifyEmail of tenant 'acme' is a map, and must be true or false",
    ],
    'a word that is not allowed is told the allowed ones': [
      'lambdas:\n  claims: { name: claims, type: JWTPopulat, body: x }\n',
      "3:33 desired/bad-enum type of lambda 'claims' is 'JWTPopulat', and must be one of 'JWTPopulate',",
    ],
    'the side of a link that kedge does not own is no field': [
      'tenants:\n  acme: { name: Acme, webhookIds: [x] }\n',
      "3:23 desired/unknown-field tenant 'acme' has no field 'webhookIds'",
    ],
    'a field of another type is told the fields of its own': [
      'connectors:\n  crew: { name: Crew, type: Generic, authenticationUrl: x, baseStructure: y }\nmessengers:\n  sms: { name: SMS, type: Kafka, url: x }\n',
      "3:38 desired/unknown-field connector 'crew', which is a Generic, has no field 'authenticationUrl' (did you mean 'authenticationURL'?)",
      "3:60 desired/unknown-field connector 'crew', which is a Generic, has no field 'baseStructure'",
      "5:34 desired/unknown-field messenger 'sms', which is a Kafka, has no field 'url' (the fields are data, debug,",
    ],
    'a role has the fields of a role': [
      'applications:\n  web: { name: Web, tenantId: main, roles: [{ name: admin, isSuperrole: true, was: [] }] }\n',
      "3:60 desired/unknown-field role 'web/roles/admin' has no field 'isSuperrole' (did you mean 'isSuperRole'?)",
      '3:84 desired/bad-type was is text, not a list',
    ],
  });

  it('null is allowed everywhere', async () => {
    const result = await loadMain('lambdas:\n  claims: { name: null, type: null, body: null, debug: null }\n');
    expect(resourcesOf(result)['lambda/claims']?.fields).toMatchObject({ type: null, debug: null });
  });

  it('a secret counts as text of any length, and is never quoted', async () => {
    const { check } = await loadSchemaCheck();
    const schema = {
      type: 'object',
      properties: {
        key: { type: 'string', minLength: 40, enum: ['x'] },
        port: { type: 'number' },
        list: { type: 'array', items: { type: 'string' } },
      },
    };
    const value = { key: new Secret('env:KEY', 'hunter2'), port: new Secret('env:PORT', 'hunter2'), list: ['a', 'b'] };
    expect(check(schema, { value, what: "tenant 'acme'" })).toEqual([
      {
        code: 'desired/bad-type',
        pointer: '/port',
        message: "port of tenant 'acme' is a secret text, and must be a number",
      },
    ]);
  });

  it('says what other rules are broken, required fields of inner maps and all fields where they are few', async () => {
    const { check } = await loadSchemaCheck();
    const inner = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    };
    const schema = {
      type: 'object',
      required: ['inner', 'count'],
      properties: {
        inner,
        bare: { type: 'object', additionalProperties: false },
        count: { type: ['integer', 'string'], maximum: 3 },
        on: { type: 'boolean', enum: [true] },
      },
    };
    expect(check(schema, { value: {}, what: 'it' })).toEqual([]);
    const value = { inner: { 'z/~': 1 }, bare: { x: 1 }, count: 4, on: false };
    expect(check(schema, { value, what: 'it' })).toMatchObject([
      { code: 'desired/missing-field', pointer: '/inner', message: 'inner of it needs a a' },
      { code: 'desired/unknown-field', pointer: '/inner/z~1~0', hint: 'the fields are a' },
      { code: 'desired/unknown-field', pointer: '/bare/x' },
      { code: 'desired/bad-value', pointer: '/count', message: 'count of it must be <= 3' },
      { code: 'desired/bad-enum', pointer: '/on', message: "on of it is 'false', and must be 'true'" },
    ]);
    expect(check({ type: 'string' }, { value: [1], what: 'it' })).toMatchObject([
      { message: 'it is a list, and must be text' },
    ]);
    expect(check({ enum: ['a'] }, { value: { x: 1 }, what: 'it' })).toMatchObject([
      { message: "it is a map, and must be 'a'" },
    ]);
  });

  it('says what is wrong with a list that holds a secret, without the secret', async () => {
    const { check } = await loadSchemaCheck();
    const schema = { type: 'array', items: { type: ['string', 'null'] }, maxItems: 1 };
    const value = [new Secret('env:KEY', 'hunter2'), 7];
    expect(check(schema, { value, what: 'it' })).toEqual([
      { code: 'desired/bad-value', pointer: '', message: 'it must NOT have more than 1 items' },
      { code: 'desired/bad-type', pointer: '/1', message: '1 of it is a number, and must be text or null' },
    ]);
  });

  it('says whose field it is not, where only some names are allowed and there is no type to tell', async () => {
    const { check } = await loadSchemaCheck();
    const schema = { type: 'object', propertyNames: { enum: ['name', 'issuer'] } };
    expect(check(schema, { value: { isuer: 'acme' }, what: 'it' })).toEqual([
      {
        code: 'desired/unknown-field',
        pointer: '/isuer',
        message: "it has no field 'isuer'",
        hint: "did you mean 'issuer'?",
      },
    ]);
  });

  it('says nothing of a value that could not be made: that it is missing has been said', async () => {
    const result = await loadMain('tenants:\n  a: { name: A, httpSessionMaxInactiveInterval: !env NOWHERE }\n');
    expect(findingLines(result).map((line) => line.split(' ')[1])).toEqual(['desired/missing-variable']);
  });
});
