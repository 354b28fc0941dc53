import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

/** A Chromium that is installed: playwright-core brings none, and none is downloaded. */
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const found = existsSync(executablePath);

/** In CI a browser that is missing is a failure: nothing would have proved the page. */
const proved = found || process.env['CI'] === 'true';
const why = proved ? '' : `: skipped, there is none at ${executablePath} (CHROMIUM_PATH names another)`;

const args = [
  '--headless',
  // It runs as root in containers, and it opens nothing but our own page.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The part of axe's results that is looked at; its own types need those of a document. */
interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly { readonly id: string }[];
}

interface Look {
  readonly width?: number;
  readonly colorScheme?: 'dark' | 'light';
  readonly javaScriptEnabled?: boolean;
  readonly path?: string;
}

describe.runIf(proved)(`the index page in Chromium${why}`, { timeout: 60_000 }, () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let axe: string;
  beforeAll(async () => {
    axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    sandbox = await startSandbox({ fusionauth: '1.60', switches: { nameCase: 'sensitive' } });
    browser = await chromium.launch({ executablePath, args, timeout: 60_000 });
  }, 90_000);
  afterAll(async () => {
    try {
      await browser?.close();
    } finally {
      await sandbox?.close();
    }
  }, 30_000);

  /** Opens the page; whatever the browser complains about, or asks for besides it, fails the test. */
  async function open(look: Look, check: (page: Page) => Promise<void>): Promise<void> {
    const { width = 1280, colorScheme = 'light', javaScriptEnabled = true, path = '/' } = look;
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled });
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    const asked = new Set<string>();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(request.url()));
    page.on('request', (request) => asked.add(new URL(request.url()).origin + new URL(request.url()).pathname));
    try {
      const answer = await page.goto(sandbox.url + path);
      expect(answer?.status()).toBe(200);
      await check(page);
    } finally {
      await page.close();
    }
    expect(complaints).toEqual([]);
    expect([...asked].filter((url) => url !== `${sandbox.url}/` && !url.startsWith('null'))).toEqual([]);
  }

  test('has a title, headings and a way to each of them, and counts as no request', async () => {
    sandbox.clearRequests();
    await open({}, async (page) => {
      expect(await page.title()).toBe('kedge sandbox');
      expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual(['kedge sandbox']);
      const parts = ['Use it', 'What there is', 'Calls', 'Switches', 'Control plane', 'Read more'];
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(parts);
      const ways = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
      expect(await ways.allTextContents()).toEqual(parts);
      await page.getByRole('link', { name: 'Control plane' }).click();
      expect(await page.getByRole('heading', { name: 'Control plane' }).isVisible()).toBe(true);
      expect(page.url()).toBe(`${sandbox.url}/#control`);
    });
    expect(sandbox.requests().total).toBe(0);
  });

  test('opens its lists and finds a call with scripts off', async () => {
    await open({ javaScriptEnabled: false }, async (page) => {
      const hidden = page.getByText('Whether a JSON property the API does not know');
      expect(await hidden.isVisible()).toBe(false);
      await page.getByText(/^All \d+ switches$/).click();
      expect(await hidden.isVisible()).toBe(true);
      await page.getByRole('searchbox', { name: 'Find a call' }).fill('tenant search');
      await page.getByRole('button', { name: 'Find' }).click();
      await page.getByText(/^2 calls match/).waitFor();
      const calls = page.locator('#calls').getByRole('rowheader');
      expect(await calls.allTextContents()).toEqual(['GET /api/tenant/search', 'POST /api/tenant/search']);
      await page.getByRole('link', { name: 'Show all' }).click();
      await page.getByText(/^All \d+ calls$/).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
    });
  });

  test('is used with the keyboard alone', async () => {
    await open({}, async (page) => {
      const focused = (): Promise<unknown> =>
        page.evaluate('`${document.activeElement.tagName} ${document.activeElement.textContent.trim()}`');
      const tabTo = async (wanted: RegExp): Promise<void> => {
        for (let left = 40; left > 0 && !wanted.test(String(await focused())); left -= 1)
          await page.keyboard.press('Tab');
        expect(await focused()).toMatch(wanted);
        const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
        expect(outline).toBe('solid');
      };
      await tabTo(/^A Use it$/);
      await tabTo(/^INPUT/);
      await page.keyboard.type('post /api/system/reindex');
      await page.keyboard.press('Enter');
      await page.getByText(/^1 call matches/).waitFor();
      await tabTo(/^SUMMARY All \d+ switches$/);
      await page.keyboard.press('Enter');
      expect(await page.getByText('Whether a JSON property the API does not know').isVisible()).toBe(true);
    });
  });

  test('keeps what somebody looks for text', async () => {
    const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
    await open({ path: `/?calls=${encodeURIComponent(hostile)}` }, async (page) => {
      expect(await page.getByRole('searchbox').inputValue()).toBe(hostile);
      expect(await page.locator('q').textContent()).toBe(hostile);
      expect(await page.locator('script, img').count()).toBe(0);
    });
  });

  test.each([320, 375, 768])('needs no scrolling to the side at %d px, and tables stay tables', async (width) => {
    await open({ width }, async (page) => {
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await page.getByRole('table').count()).toBe(6);
      expect(await page.getByRole('rowheader', { name: 'nameCase' }).count()).toBe(2);
      expect(await page.getByRole('columnheader', { name: 'Stands at' }).count()).toBe(2);
    });
  });

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'light', width: 375 },
  ] as const)('axe finds nothing against WCAG AA at $width px in $colorScheme', async ({ colorScheme, width }) => {
    await open({ colorScheme, width, path: '/?calls=webhook' }, async (page) => {
      await page.getByText('What came after 1.60.0').click();
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run(document)');
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'label', 'html-has-lang']));
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(22, 24, 27)' : 'rgb(251, 250, 247)');
    });
  });

  test('is black on white on paper, whatever the screen is', async () => {
    await open({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const colours = '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]';
      expect(await page.evaluate(colours)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      expect(await page.getByRole('heading', { name: 'Calls' }).isVisible()).toBe(true);
    });
  });
});
