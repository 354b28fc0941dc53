import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { searchObjects, refreshSearch } from '../crud.js';
import type { Call, Instance, Kind } from '../kind.js';
import { emptyInstance } from '../testing/call.js';
import { rebuildIndexes } from './keep-indexes.js';

/** A kind with nothing but an index. */
const vessel: Kind = {
  name: 'entity',
  label: 'Entity',
  path: '/api/entity',
  one: 'entity',
  many: 'entities',
  idParameter: 'entityId',
  operations: ['search'],
  scope: 'tenant',
  belongsTo: 'tenant',
  searchIndex: {
    criteria: 'EntitySearchCriteria',
    document: (object) => object,
    types: { id: 'keyword', tenantId: 'keyword', name: 'text', insertInstant: 'date' },
    sortable: { database: ['name', 'insertInstant'], elasticsearch: ['name', 'insertInstant'] },
    defaultSort: ['name'],
    stays: ({ tenantId }, { store, switches }) =>
      switches.staleTenantEntities === 'on' && store.get('tenant', String(tenantId)) === undefined,
    databaseTexts: ({ name, clientId }) => [name, clientId],
  },
};

type Request = Partial<Pick<Call, 'body' | 'method' | 'tenantId'>> & {
  readonly query?: string;
  readonly handle?: typeof searchObjects;
};

function ask(
  instance: Instance,
  { query, handle = searchObjects, ...request }: Request,
): { status: number; body?: any } {
  const call: Call = {
    instance,
    apiKey: undefined,
    tenantId: undefined,
    method: 'GET',
    path: '/api/entity/search',
    params: {},
    contentType: 'application/json',
    body: undefined,
    ...request,
    query: new URLSearchParams(query),
    headers: new Headers(),
  };
  return handle(vessel, call);
}

function search(instance: Instance, criteria: Readonly<Record<string, unknown>>, tenantId?: string) {
  return ask(instance, { method: 'POST', body: { search: criteria }, ...(tenantId === undefined ? {} : { tenantId }) })
    .body;
}

function refusalOf(work: () => unknown): any {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.unreachable('it was not refused');
}

const namesOf = (answer: any): readonly string[] => answer.entities.map(({ name }: any) => name);

function fleet(names: readonly string[], options: Parameters<typeof emptyInstance>[1] = { search: 'elasticsearch' }) {
  const instance = emptyInstance([vessel], options);
  for (const [at, name] of names.entries()) instance.store.put('entity', entity(at, { name }));
  return instance;
}

function entity(at: number, fields: Readonly<Record<string, unknown>>) {
  return { id: `5a1b3c4d-0000-4000-8000-${String(at).padStart(12, '0')}`, ...fields };
}

describe.each(['database', 'elasticsearch'] as const)('on the %s engine', (engine) => {
  test('GET and POST find the same, sorted by name, 25 unless told otherwise', () => {
    const instance = fleet(['Zulu', 'alpha', 'Mike'], { search: engine });
    expect(namesOf(search(instance, {}))).toEqual(['alpha', 'Mike', 'Zulu']);
    expect(namesOf(ask(instance, { query: 'queryString=*' }).body)).toEqual(['alpha', 'Mike', 'Zulu']);
    const byQuery = 'sortFields%5B0%5D.name=name&sortFields%5B0%5D.order=desc&numberOfResults=2&startRow=1';
    expect(namesOf(ask(instance, { query: byQuery }).body)).toEqual(['Mike', 'alpha']);
    const many = fleet(
      Array.from({ length: 30 }, (_, at) => `Vessel ${at}`),
      { search: engine },
    );
    expect(search(many, {})).toMatchObject({ total: 30, entities: { length: 25 } });
  });

  test('ids go before everything, unsorted, unpaged, and within the tenant', () => {
    const instance = fleet(['alpha', 'Mike'], { search: engine });
    const [first, second] = [entity(0, {}).id, entity(1, {}).id];
    const query = engine === 'database' ? {} : { query: '{"match_none":{}}' };
    const found = search(instance, {
      ids: [second, first, randomUUID()],
      queryString: 'x',
      numberOfResults: 1,
      ...query,
    });
    expect([namesOf(found), found.total, found.nextResults]).toEqual([['Mike', 'alpha'], 2, undefined]);
    expect(ask(instance, { query: `ids=${first}&ids=${second}` }).body.total).toBe(2);
  });

  test('what has no value is sorted last, first, or as another value', () => {
    const instance = emptyInstance([vessel], { search: engine });
    const values = [3, undefined, 1];
    values.forEach((insertInstant, at) => instance.store.put('entity', entity(at, { name: `${at}`, insertInstant })));
    const sorted = (fields: object) =>
      namesOf(search(instance, { sortFields: [{ name: 'insertInstant', ...fields }] }));
    expect(sorted({})).toEqual(['2', '0', '1']);
    expect(sorted({ order: 'desc' })).toEqual(['0', '2', '1']);
    expect(sorted({ missing: '_first' })).toEqual(['1', '2', '0']);
  });

  test('wrong criteria are refused', () => {
    const instance = fleet(['alpha'], { search: engine });
    const code = (criteria: object) =>
      Object.values<any>(refusalOf(() => search(instance, criteria as any)).errors.fieldErrors)[0][0].code;
    expect(code({ sortFields: [{ name: 'clientSecret' }] })).toBe('[invalid]sortFields[0].name');
    expect(code({ startRow: -1 })).toBe('[invalid]startRow');
    expect(code({ numberOfResults: 'many' })).toBe('[invalidJSON]');
    expect(code({ ids: ['x'] })).toBe('[couldNotConvert]search.ids[0]');
    expect(refusalOf(() => ask(instance, { method: 'POST', body: {} })).errors.fieldErrors).toHaveProperty('search');
  });

  test('a tenant sees its own', () => {
    const instance = emptyInstance([vessel], { search: engine });
    const [acme, globex] = [randomUUID(), randomUUID()];
    instance.store.put('entity', entity(0, { name: 'a', tenantId: acme }));
    instance.store.put('entity', entity(1, { name: 'b', tenantId: globex }));
    expect(namesOf(search(instance, {}, acme))).toEqual(['a']);
    expect(search(instance, { ids: [entity(1, {}).id] }, acme).total).toBe(0);
  });
});

describe('the database engine', () => {
  const instance = fleet(['Acme Billing', 'Acme', 'Globex'], { search: 'database' });

  test.each([
    ['acme', ['Acme', 'Acme Billing']],
    ['*ing', ['Acme Billing']],
    ['bill', ['Acme Billing']],
    ['name:acme', []],
    ['acme OR globex', []],
  ])('takes %s for one term', (queryString, names) => {
    expect(namesOf(search(instance, { queryString }))).toEqual(names);
  });

  test('may be switched to whole texts, where wildcards still work', () => {
    instance.switches.databaseSearchTerm = 'whole';
    expect(namesOf(search(instance, { queryString: 'acme' }))).toEqual(['Acme']);
    expect(namesOf(search(instance, { queryString: 'acme*' }))).toEqual(['Acme', 'Acme Billing']);
    instance.switches.databaseSearchTerm = 'contains';
  });

  test('refuses query and nextResults, and gives no token', () => {
    expect(search(instance, {})).not.toHaveProperty('nextResults');
    for (const name of ['query', 'nextResults']) {
      const { status, errors } = refusalOf(() => search(instance, { [name]: '{}' }));
      expect([status, errors.fieldErrors[name][0].code]).toEqual([400, `[invalid]${name}`]);
    }
  });
});

describe('nextResults', () => {
  const names = Array.from({ length: 7 }, (_, at) => `Vessel ${at % 3}`);

  test('goes on with the same search until a page is empty', () => {
    const instance = fleet(names);
    const first = search(instance, { queryString: 'name:vessel', numberOfResults: 3, sortFields: [{ name: 'name' }] });
    const second = search(instance, { nextResults: first.nextResults, numberOfResults: 3 });
    const third = search(instance, { nextResults: second.nextResults, numberOfResults: 3 });
    expect([first, second, third].flatMap(namesOf)).toEqual(names.toSorted());
    const last = search(instance, { nextResults: third.nextResults });
    expect([last.entities, last.total, last.nextResults]).toEqual([[], 7, undefined]);
  });

  test('is the token of the documentation, opened', () => {
    const { nextResults } = search(fleet(['entity-1']), {});
    expect(JSON.parse(Buffer.from(nextResults, 'base64url').toString())).toEqual({
      ls: ['entity-1', entity(0, {}).id],
      qs: '*',
      sf: [],
    });
  });

  test('skips nothing and repeats nothing when others come and go', () => {
    const instance = fleet(['b', 'd', 'f']);
    const first = search(instance, { numberOfResults: 2 });
    instance.store.put('entity', entity(10, { name: 'a' }));
    instance.store.put('entity', entity(11, { name: 'e' }));
    instance.store.remove('entity', entity(1, {}).id);
    expect(namesOf(search(instance, { nextResults: first.nextResults }))).toEqual(['e', 'f']);
  });

  test('goes with numberOfResults only', () => {
    const instance = fleet(names);
    const { nextResults } = search(instance, {});
    for (const other of [
      { queryString: '*' },
      { query: '{"match_all":{}}' },
      { ids: [randomUUID()] },
      { sortFields: [{ name: 'name' }] },
      { startRow: 1 },
    ]) {
      const { status, errors } = refusalOf(() => search(instance, { nextResults, ...other }));
      expect([status, errors.fieldErrors.nextResults[0].code]).toEqual([400, '[invalid]nextResults']);
    }
  });

  test.each(['swordfish', 'e30', Buffer.from('{"ls":[{}],"qs":"*","sf":[]}').toString('base64url')])(
    'that no search gave (%s) is refused',
    (nextResults) => {
      expect(refusalOf(() => search(fleet([]), { nextResults })).status).toBe(400);
    },
  );

  test('property: pages cover all that is there, each once and in order, whatever their size', () => {
    const value = fc.option(fc.oneof(fc.string({ maxLength: 2 }), fc.constant('Acme')), { nil: undefined });
    const order = fc.constantFrom('asc', 'desc');
    const missing = fc.constantFrom('_first', '_last', 'M');
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        order,
        missing,
        (all, size, ...of) => {
          const instance = emptyInstance([vessel], { search: 'elasticsearch' });
          all.forEach((name, at) => instance.store.put('entity', entity(at, name === undefined ? {} : { name })));
          const sortFields = [{ name: 'name', order: of[0], missing: of[1] }];
          const idsOf = (answer: any): readonly string[] => answer.entities.map(({ id }: any) => id);
          const whole = idsOf(search(instance, { sortFields, numberOfResults: 100 }));
          const paged: string[] = [];
          let page = search(instance, { sortFields, numberOfResults: size });
          while (page.entities.length > 0) {
            paged.push(...idsOf(page));
            page = search(instance, { nextResults: page.nextResults, numberOfResults: size });
          }
          expect(paged).toEqual(whole);
          expect(new Set(paged).size).toBe(all.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('past the 10,000th hit', () => {
  const instance = fleet(Array.from({ length: 10_003 }, (_, at) => `v${String(at).padStart(5, '0')}`));

  test('rows cannot be asked for by number', () => {
    expect(namesOf(search(instance, { startRow: 9998, numberOfResults: 2 }))).toEqual(['v09998', 'v09999']);
    const { status, errors } = refusalOf(() => search(instance, { startRow: 9999, numberOfResults: 2 }));
    expect([status, errors.fieldErrors.startRow[0].code]).toEqual([400, '[invalid]startRow']);
    instance.switches.searchPastWindow = 'unavailable';
    expect(refusalOf(() => search(instance, { startRow: 10_000 })).status).toBe(503);
    instance.switches.searchPastWindow = 'refused';
  });

  test('they come with nextResults', () => {
    const { nextResults } = search(instance, { startRow: 9990, numberOfResults: 10 });
    expect(namesOf(search(instance, { nextResults, numberOfResults: 10 }))).toEqual(['v10000', 'v10001', 'v10002']);
  });

  test('trap: the total stops at 10,000 unless an accurate one is asked for', () => {
    expect(search(instance, {}).total).toBe(10_000);
    expect(search(instance, { accurateTotal: true }).total).toBe(10_003);
    expect(ask(instance, { query: 'accurateTotal=true' }).body.total).toBe(10_003);
  });
});

describe('the index', () => {
  function lagging() {
    let now = Date.UTC(2026, 0, 15);
    const instance = emptyInstance([vessel], { search: 'elasticsearch', searchLagMs: 1000, now: () => now });
    const put = (name: string): void => instance.store.put('entity', entity(0, { name }));
    return { instance, put, pass: (ms: number) => (now += ms) };
  }

  test('hears of a write after its lag, while reads by id do at once', () => {
    const { instance, put, pass } = lagging();
    put('Acme');
    expect(search(instance, {}).total).toBe(0);
    expect(search(instance, { ids: [entity(0, {}).id] }).total).toBe(1);
    pass(1000);
    expect(search(instance, {}).total).toBe(1);
    put('Globex');
    expect(namesOf(search(instance, { queryString: 'name:acme' }))).toEqual(['Globex']);
    expect(search(instance, { queryString: 'name:globex' }).total).toBe(0);
    pass(999);
    put('Initech');
    pass(1);
    expect(search(instance, { queryString: 'name:initech' }).total).toBe(1);
  });

  test('hears of it at once when it is told to', () => {
    const { instance, put } = lagging();
    put('Acme');
    expect(ask(instance, { handle: refreshSearch })).toEqual({ status: 200 });
    expect(search(instance, {}).total).toBe(1);
  });

  test('trap: hides an object whose data has another type than an earlier one', () => {
    const instance = fleet([]);
    const put = (at: number, migrated: unknown) =>
      instance.store.put('entity', entity(at, { name: `${at}`, data: { migrated } }));
    put(0, true);
    put(1, { at: 1 });
    put(2, 'yes');
    put(3, 'false');
    expect(namesOf(search(instance, {}))).toEqual(['0', '3']);
    expect(search(instance, { ids: [entity(1, {}).id] }).total).toBe(1);
    put(1, false);
    expect(namesOf(search(instance, {}))).toEqual(['0', '1', '3']);
    put(4, ['no']);
    instance.switches.searchMappingConflict = 'ignored';
    rebuildIndexes(instance);
    expect(search(instance, {}).total).toBe(5);
  });

  test('trap: may keep what a deleted tenant had, counted but never answered', () => {
    const instance = fleet([]);
    instance.switches.staleTenantEntities = 'on';
    const tenantId = randomUUID();
    instance.store.put('tenant', { id: tenantId });
    instance.store.put('entity', entity(0, { name: 'kept', tenantId }));
    instance.store.put('entity', entity(1, { name: 'removed', tenantId }));
    instance.store.remove('entity', entity(1, {}).id);
    instance.store.remove('tenant', tenantId);
    instance.store.remove('entity', entity(0, {}).id);
    expect(search(instance, {})).toMatchObject({ entities: [], total: 1 });
    rebuildIndexes(instance);
    expect(search(instance, {}).total).toBe(0);
  });

  test('is made anew from what a store is restored to', () => {
    const instance = fleet(['alpha']);
    const before = instance.store.snapshot();
    instance.store.put('entity', entity(5, { name: 'bravo' }));
    expect(search(instance, {}).total).toBe(2);
    instance.store.restore(before);
    expect(namesOf(search(instance, {}))).toEqual(['alpha']);
  });
});
