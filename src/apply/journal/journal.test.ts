import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalog } from '../../catalog/index.js';
import { diffStates } from '../../diff/index.js';
import { type Change, changeKey, KedgeError, type Outcome, type Plan, Secret } from '../../model/index.js';
import { filedPlan, makePlan } from '../../plan/index.js';
import { desiredState, wanted } from '../../testing/small-catalog.js';
import { beforeImage } from './before-image.js';
import { type JournalEntry, type JournalHeader, journalLine } from './journal.js';
import { JournalFile } from './journal-file.js';
import { createJournal, newestJournal, readJournal } from './journal-store.js';
import { parseJournal } from './parse-journal.js';
import { journaledPlan } from './journaled-plan.js';
import { createRunJournal } from './run-journal.js';
import { isUnfinished, standingOf } from './standing.js';

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'kedge-journal-')), '.kedge');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const webhook = wanted(
  { kind: 'webhook', key: 'siem' },
  {
    url: 'https://siem.acme.test',
    connectTimeout: 1000,
    readTimeout: 1000,
    httpAuthenticationUsername: 'siem',
    httpAuthenticationPassword: new Secret('env:SIEM_PASSWORD', 'hunter2-hunter2'),
  },
);

/** A plan that makes two lambdas and a webhook with a password. */
function planned(): Plan {
  const lambda = (key: string) =>
    wanted({ kind: 'lambda', key }, { name: key, type: 'JWTPopulate', body: 'function populate() {}' });
  const desired = desiredState([lambda('claims'), lambda('audit'), webhook]);
  const none = { known: true as const, resources: [] };
  const live = { serverVersion: '1.69.0', kinds: new Map(catalog.kinds.map(({ kind }) => [kind, none])) };
  const difference = diffStates({ catalog, desired, live, hashKey: 'k' });
  const instance = 'http://127.0.0.1:9011';
  return makePlan({ catalog, desired, difference, instance, serverVersion: '1.69.0', hashKey: 'k' });
}

function headerOf(plan: Plan, notResumable: readonly string[] = []): JournalHeader {
  return {
    format: 'kedge-journal',
    version: 1,
    instant: 1_764_000_000_000,
    allowed: [],
    notResumable,
    kept: { 'tenant/main': { '/name': 'hash' } },
    file: { format: 'kedge-plan', version: 1, kedge: 'test', plan: filedPlan(plan) },
  };
}

const changeOf = (plan: Plan, key: string): Change => {
  const found = plan.changes.find(({ change }) => changeKey(change) === key);
  if (!found) throw new Error(`the plan has no ${key}`);
  return found.change;
};
const applied = (change: Change): Outcome => ({
  result: 'applied',
  change,
  attempts: 1,
  ms: 2.5,
  paths: { '/name': 'h' },
});
const parse = (text: string) => parseJournal(text, { catalog, from: 'it' });
const textOf = (...entries: readonly JournalEntry[]): string =>
  [headerOf(planned()), ...entries].map(journalLine).join('');
const sent = (change: string): JournalEntry => ({ record: 'before', change, step: 'create' });

describe('the journal of a run', () => {
  it('is written as it goes and read back, in files that only their owner may read', async () => {
    const plan = planned();
    const file = await createJournal(directory, headerOf(plan));
    const journal = createRunJournal(file, (text) => text.replaceAll('hunter2', '(secret)'));
    const claims = changeOf(plan, 'lambda/claims');
    await journal.hooks.beforeWrite?.({
      change: claims,
      step: 'update',
      before: { name: 'claims', body: 'say hunter2' },
    });
    await journal.hooks.afterWrite?.({ change: claims, step: 'update', before: undefined });
    journal.note(applied(claims));
    const failure = new KedgeError({ code: 'live/rejected', message: 'no to hunter2' });
    const audit = changeOf(plan, 'lambda/audit');
    journal.note({ result: 'failed', change: audit, error: failure });
    const skipped: Outcome = {
      result: 'skipped',
      change: changeOf(plan, 'webhook/siem'),
      because: 'lambda/audit failed',
    };
    journal.note(skipped);
    const outcomes: Outcome[] = [applied(claims), { result: 'failed', change: audit, error: failure }, skipped];
    await journal.end({ record: 'ended', instant: 1_764_000_000_001, outcomes });

    expect(journal.path).toMatch(/journals\/production\/20251124T160000000Z-[0-9a-f]{8}\.jsonl$/);
    expect((await stat(journal.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(journal.path, '..'))).mode & 0o777).toBe(0o700);
    expect(await newestJournal({ directory, environment: 'production' })).toBe(journal.path);
    const read = await readJournal(journal.path, catalog);
    expect(read?.header).toEqual(headerOf(plan));
    expect(read).toMatchObject({ torn: false, bytes: (await stat(journal.path)).size });
    expect(read?.entries).toEqual([
      {
        record: 'before',
        change: 'lambda/claims',
        step: 'update',
        before: { name: 'claims', body: { $secret: 'elsewhere' } },
      },
      { record: 'after', change: 'lambda/claims', step: 'update' },
      { record: 'applied', change: 'lambda/claims', attempts: 1, ms: 2.5, paths: { '/name': 'h' } },
      { record: 'failed', change: 'lambda/audit', code: 'live/rejected', message: 'no to (secret)' },
      { record: 'skipped', change: 'webhook/siem', because: 'lambda/audit failed' },
      { record: 'ended', instant: 1_764_000_000_001, applied: 1, failed: 1, skipped: 1 },
    ]);
    expect(await readFile(journal.path, 'utf8')).not.toContain('hunter2');
  });

  it('has a file of its own even where two runs begin in the same millisecond', async () => {
    const header = headerOf(planned());
    const first = await createJournal(directory, header);
    await first.append(sent('lambda/claims'));
    const second = await createJournal(directory, header);
    expect(second.path).toBe(first.path.replace('.jsonl', '-2.jsonl'));
    expect(await newestJournal({ directory, environment: 'production' })).toBe(second.path);
    await Promise.all([first.close(), second.close()]);
  });

  it('is not there where nothing was ever applied', async () => {
    expect(await newestJournal({ directory, environment: 'production' })).toBeUndefined();
    expect(await readJournal(join(directory, 'none.jsonl'), catalog)).toBeUndefined();
    await mkdir(join(directory, 'journals/production'), { recursive: true });
    await writeFile(join(directory, 'journals/production/notes.txt'), '');
    expect(await newestJournal({ directory, environment: 'production' })).toBeUndefined();
  });

  it('puts lines that come together on the disk together, in the order they came', async () => {
    const file = await createJournal(directory, headerOf(planned()));
    const keys = Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 'lambda/claims' : 'lambda/audit'));
    await Promise.all(keys.map((key) => file.append(sent(key))));
    await file.close();
    const read = await readJournal(file.path, catalog);
    expect(read?.entries.map((entry) => 'change' in entry && entry.change)).toEqual(keys);
  });

  it('lets no write go that it could not be told of, nor any after it', async () => {
    const file = await createJournal(directory, headerOf(planned()));
    const journal = createRunJournal(file, (text) => text);
    await file.close();
    const change = changeOf(planned(), 'lambda/claims');
    const refused = { code: 'journal/not-written', message: expect.stringContaining(file.path) };
    const before = () => journal.hooks.beforeWrite?.({ change, step: 'create', before: undefined });
    await expect(before()).rejects.toMatchObject(refused);
    await expect(before()).rejects.toMatchObject(refused);
    await expect(JournalFile.open(join(directory, 'nowhere/none.jsonl'))).rejects.toMatchObject({
      code: 'journal/not-written',
    });
    await writeFile(join(directory, '..', 'file'), '');
    await expect(createJournal(join(directory, '..', 'file'), headerOf(planned()))).rejects.toMatchObject({
      code: 'journal/not-written',
    });
  });
});

describe('a journal that is read', () => {
  it('loses the line that a crash cut off, and goes on after the one before it', async () => {
    const whole = textOf(sent('lambda/claims'));
    const read = await parse(`${whole}{"record":"applied","chan`);
    expect(read).toMatchObject({ torn: true, bytes: Buffer.byteLength(whole) });
    expect(read.entries).toEqual([sent('lambda/claims')]);
    await mkdir(directory);
    const path = join(directory, 'torn.jsonl');
    await writeFile(path, `${whole}{"record":"applied","chan`);
    const file = await JournalFile.open(path, { bytes: read.bytes });
    await file.append({ record: 'resumed', instant: 1 });
    await file.close();
    expect(await readFile(path, 'utf8')).toBe(`${whole}{"record":"resumed","instant":1}\n`);
  });

  it('is refused with the number of the line that is not as kedge writes it', async () => {
    const header = journalLine(headerOf(planned()));
    const cases: readonly (readonly [text: string, line: number, why: string])[] = [
      ['', 1, 'it has not one whole line'],
      [header.trim(), 1, 'it has not one whole line'],
      ['{}\n', 1, '"format": "kedge-journal"'],
      ['[]\n', 1, 'no JSON object'],
      [header.replace('"version":1', '"version":2'), 1, 'version 1, and it is of another'],
      [header.replace('"allowed":[]', '"allowed":[1]'), 1, 'its allowed is not of the kind'],
      [header.replace('"kept"', '"keptt"'), 1, 'it has no kept'],
      [header.replace('"allowed"', '"more":1,"allowed"'), 1, "a field 'more' that this kedge does not know"],
      [header.replace('function populate() {}', 'function populate() { evil(); }'), 1, 'digest'],
      [header.replace('{"format"', '{"__proto__":{},"format"'), 1, '__proto__'],
      [`${header}not json\n${journalLine(sent('lambda/claims'))}`, 2, 'not JSON'],
      [`${header}\n`, 2, 'not JSON'],
      [`${header}${journalLine(sent('lambda/claims'))}{"record":"unheard"}\n`, 3, "knows no record 'unheard'"],
      [`${header}{"record":"toString"}\n`, 2, "knows no record 'toString'"],
      [`${header}{"record":"before","change":"lambda/claims","step":"burn"}\n`, 2, 'its step'],
      [`${header}{"record":"after","change":"lambda/claims"}\n`, 2, 'it has no step'],
      [`${header}{"record":"resumed","instant":1,"by":"me"}\n`, 2, "a field 'by'"],
      [textOf(sent('lambda/other')), 2, "the plan has no change 'lambda/other'"],
      [textOf({ record: 'superseded', instant: 1 }, sent('lambda/claims')), 3, 'had come to its end'],
    ];
    for (const [text, line, why] of cases) {
      await expect(parse(text)).rejects.toMatchObject({
        code: 'journal/unreadable',
        message: expect.stringMatching(
          new RegExp(`^line ${line} of it is not as kedge writes it: .*${why.replaceAll(/[()[\]]/g, '.')}`),
        ),
      });
    }
  });

  it('is read or refused, whatever was done to its bytes', async () => {
    const text = textOf(sent('lambda/claims'), {
      record: 'applied',
      change: 'lambda/claims',
      attempts: 1,
      ms: 3,
      paths: { '/name': 'hash' },
    });
    const bytes = Buffer.from(text);
    const edits = fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 4,
    });
    const lines = fc.shuffledSubarray(text.split('\n'), { minLength: 0 });
    const mutated = fc.oneof(
      edits.map((list) => {
        const copy = Buffer.from(bytes);
        for (const { at, byte } of list) copy[at] = byte;
        return copy.toString('utf8');
      }),
      lines.map((list) => list.join('\n')),
      fc.nat(bytes.length).map((length) => bytes.subarray(0, length).toString('utf8')),
      fc.string(),
      fc.json().map((line) => `${text}${line}\n`),
    );
    await fc.assert(
      fc.asyncProperty(mutated, async (changed) => {
        const failure: unknown = await parse(changed).then(
          () => undefined,
          (error: unknown) => error,
        );
        const refused = failure instanceof KedgeError && failure.code === 'journal/unreadable';
        expect(failure === undefined || refused).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('where a run stands', () => {
  it('is what is done, what is in doubt, and what is left', async () => {
    const plan = planned();
    const journal = await parse(
      textOf(
        sent('lambda/claims'),
        { record: 'applied', change: 'lambda/claims', attempts: 1, ms: 3, paths: { '/name': 'hash' } },
        sent('webhook/siem'),
        { record: 'failed', change: 'webhook/siem', code: 'live/timeout', message: 'no answer' },
        { record: 'interrupted', instant: 1, applied: 1, failed: 1, skipped: 1 },
      ),
    );
    expect(isUnfinished(journal)).toBe(true);
    const { done, inDoubt, left } = standingOf(plan, journal);
    expect(done).toEqual([
      { result: 'applied', change: changeOf(plan, 'lambda/claims'), attempts: 1, ms: 3, paths: { '/name': 'hash' } },
    ]);
    expect(inDoubt.map(({ change }) => changeKey(change))).toEqual(['webhook/siem']);
    expect(left.map(({ change }) => changeKey(change))).toEqual(['lambda/audit']);
  });

  it('has come to its end when the journal says so', async () => {
    const ended = textOf({ record: 'ended', instant: 1, applied: 3, failed: 0, skipped: 0 });
    expect(isUnfinished(await parse(ended))).toBe(false);
    expect(isUnfinished(await parse(textOf({ record: 'superseded', instant: 1 })))).toBe(false);
    expect(isUnfinished(await parse(textOf()))).toBe(true);
  });
});

describe('a secret', () => {
  it('stands in the plan of a journal as its source', () => {
    const { plan, notResumable } = journaledPlan(planned(), 'k');
    expect(notResumable).toEqual([]);
    expect(plan.digest).toBe(planned().digest);
    const text = journalLine(headerOf(plan));
    expect(text).toContain('{"$secret":"env:SIEM_PASSWORD"}');
    expect(text).not.toContain('hunter2');
  });

  it('that shares its source with another value makes a journal that nobody goes on with', async () => {
    const made = planned();
    const other = (change: Change): Change =>
      changeKey(change) === 'lambda/claims' && change.op === 'create'
        ? { ...change, overlay: { ...change.overlay, fields: { body: new Secret('env:SIEM_PASSWORD', 'other') } } }
        : change;
    const changes = made.changes.map((item) => ({ ...item, change: other(item.change) }));
    const { plan, notResumable } = journaledPlan({ ...made, changes }, 'k');
    expect(notResumable).toEqual([expect.stringContaining('has the source of another one')]);
    const read = await parse(journalLine(headerOf(plan, notResumable)));
    expect(read.header.notResumable).toEqual(notResumable);
  });

  it('is looked for in every text of a before-image, however deep', () => {
    const redact = (text: string): string => text.replaceAll('hunter2', '(secret)');
    expect(beforeImage({ a: ['hunter2', { b: 'x hunter2' }], c: 1, d: null }, redact)).toEqual({
      a: [{ $secret: 'elsewhere' }, { b: { $secret: 'elsewhere' } }],
      c: 1,
      d: null,
    });
    const clean = { a: ['b'], c: true };
    expect(beforeImage(clean, redact)).toBe(clean);
  });
});

it('journals of other environments are not found', async () => {
  const file = await createJournal(directory, headerOf(planned()));
  await file.close();
  expect(await newestJournal({ directory, environment: 'staging' })).toBeUndefined();
  expect(await readdir(join(directory, 'journals'))).toEqual(['production']);
});
