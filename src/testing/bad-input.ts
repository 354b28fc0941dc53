import { expect, it } from 'vitest';
import { findingLines, loadAcme, loadMain } from './acme-repository.js';

/** Behaviour → the content of production's `main.yaml` after `version: 1`, and how each finding's line begins. */
export type BadMains = { readonly [behaviour: string]: readonly [yaml: string, ...lines: string[]] };

/** Behaviour → files of the repository, and how each finding's line begins. */
export type BadFiles = {
  readonly [behaviour: string]: readonly [files: { readonly [path: string]: string | Uint8Array }, ...lines: string[]];
};

/** One test per bad input: it is refused with just these findings, in this order. */
export function refusesMains(cases: BadMains): void {
  it.each(Object.entries(cases))('%s', async (_, [yaml, ...lines]) => {
    const result = await loadMain(yaml);
    expect(result.ok).toBe(false);
    expect(findingLines(result)).toEqual(lines.map((line) => expect.stringContaining(`production/main.yaml:${line}`)));
  });
}

/** The same for whole files. */
export function refusesFiles(cases: BadFiles): void {
  it.each(Object.entries(cases))('%s', async (_, [files, ...lines]) => {
    const result = await loadAcme(files);
    expect(result.ok).toBe(false);
    expect(findingLines(result)).toEqual(lines.map((line) => expect.stringContaining(line)));
  });
}
