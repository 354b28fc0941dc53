import { describe, expect, it } from 'vitest';
import type { LiveResource, LiveState } from '../model/index.js';
import { liveResource } from '../testing/small-catalog.js';
import { wholeMessages } from './index.js';

const defaultTheme = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
const brand = '10f8a4d2-6a0e-4a53-8c1b-6f3f2f0a7f10';
const live = (...resources: readonly LiveResource[]): LiveState => ({
  serverVersion: '1.69.0',
  kinds: new Map([['theme', { known: true, resources }]]),
});

describe('wholeMessages', () => {
  const own = liveResource('theme', brand, { name: 'Brand', defaultMessages: 'login=Come aboard\n' });

  it('has those of a theme, and those of the default theme that it lacks', () => {
    const shipped = liveResource('theme', defaultTheme, { defaultMessages: 'login=Log in\nnext=Next\n' });
    expect(wholeMessages(live(shipped, own)).get(brand)).toBe('login=Come aboard\nnext=Next\n');
  });

  it('takes a theme as whole where the default theme of its type is not shown', () => {
    const simple = liveResource('theme', brand, { type: 'simple', defaultMessages: 'a=b\n' });
    expect(wholeMessages(live(own)).get(brand)).toBe('login=Come aboard\n');
    expect(wholeMessages(live(simple)).get(brand)).toBe('a=b\n');
  });

  it('has nothing of a theme without messages, or where themes are unknown', () => {
    expect(wholeMessages(live(liveResource('theme', brand, { name: 'Brand' })))).toEqual(new Map());
    const unknown: LiveState = { serverVersion: undefined, kinds: new Map([['theme', { known: false, why: 'no' }]]) };
    expect(wholeMessages(unknown)).toEqual(new Map());
  });
});
