import { describe, expect, it } from 'vitest';
import { createExpressions } from './expressions.js';
import { parseJson } from './json-document.js';

const files: Readonly<Record<string, string>> = {
  'claims.js': 'function populate() { return "#{name}"; }',
  'request.json': '{ "name": "#{name}" }',
  'again.json': '"&{request.json}"',
  'ring.json': '"&{ring.json}"',
  'deep.json': '{ "inner": "&{deep.json}" }',
};

function expressions(provided: Readonly<Record<string, string>> = {}) {
  const made = createExpressions(
    {
      read: (path) => {
        const text = files[path];
        if (text === undefined) throw new Error('there is no such file');
        return text;
      },
    },
    new Map(Object.entries(provided)),
  );
  made.variables.set('name', 'Crew');
  made.variables.set('count', 3);
  return { ...made, of: (value: unknown) => made.resolve(parseJson('kickstart.json', JSON.stringify(value))) };
}

describe('what a kickstart replaces', () => {
  it.each([
    ['#{name}', 'Crew'],
    ['#{count}', 3],
    ['the #{name} of #{count}', 'the Crew of 3'],
    ['#{TENANT}', 'provided'],
    ['@{claims.js}', files['claims.js']],
    ['/* */ @{claims.js}', `/* */ ${files['claims.js'] ?? ''}`],
    ['&{request.json}', { name: 'Crew' }],
    ['&{again.json}', { name: 'Crew' }],
    [String.raw`\#{name} ${'$'}{name} #name`, '#{name} ${name} #name'],
    [{ '#{name}': [true, null, 1.5] }, { Crew: [true, null, 1.5] }],
  ])('%j is %j', (written, value) => {
    expect(expressions({ TENANT: 'provided' }).of(written)).toEqual(value);
  });

  it('gives each made-up id once, and knows it for one', () => {
    const { of, random } = expressions();
    const ids = [of('#{UUID()}'), of('#{UUID()}')];
    expect([...random]).toEqual(ids);
    expect(ids[0]).not.toEqual(ids[1]);
  });

  it('keeps what the environment gives as what it is made of', () => {
    const { of, variables, fromEnvironment } = expressions();
    const host = of('#{ENV.HOST}');
    variables.set('host', host);
    const url = of('https://#{host}/#{name}@{claims.js}');
    expect(fromEnvironment.get(host as string)).toEqual([{ env: 'HOST' }]);
    expect(fromEnvironment.get(url as string)).toEqual(['https://', { env: 'HOST' }, '/', 'Crew', files['claims.js']]);
    expect(of('#{ENV.HOST}')).toBe(host);
  });
});

it.each([
  ['#{nobody}', "there is no variable 'nobody'"],
  ['x #{nobody}', "there is no variable 'nobody'"],
  ['@{elsewhere.js}', 'elsewhere.js cannot be included: there is no such file'],
  ['&{ring.json}', 'ring.json includes itself'],
  ['&{deep.json}', 'includes itself'],
  [{ '#{count}': 1 }, 'the key "#{count}" is no text'],
])('refuses %j', (written, message) => {
  expect(() => expressions().of(written)).toThrow(message);
});
