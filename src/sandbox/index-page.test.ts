import { request } from 'node:http';
import { describe, expect, test } from 'vitest';

import { renderIndexPage, type IndexPage } from './index-page.js';
import { startSandbox } from './index.js';
import { useSandbox } from './testing/http.js';

const page: IndexPage = {
  url: 'http://127.0.0.1:9011',
  fusionauth: '1.69.0',
  search: 'database',
  licensed: true,
  publicKey: undefined,
  calls: [
    { method: 'GET', path: '/api/tenant/{tenantId}', names: ['retrieveTenant'], answered: 'emulated' },
    { method: 'POST', path: '/api/two-factor/login', names: ['twoFactorLogin'], answered: 'unsupported' },
    { method: 'GET', path: '/api/tenant-manager', names: [], answered: 'later' },
  ],
  wanted: '',
  kinds: [{ label: 'Tenant', count: 3, path: '/api/tenant' }],
  switches: [
    {
      name: 'licensed',
      value: 'on',
      choices: ['on', 'off'],
      ofVersion: undefined,
      meaning: '`off`: no licence. Source: <docs>.',
    },
    {
      name: 'nameCase',
      value: 'sensitive',
      choices: ['insensitive', 'sensitive'],
      ofVersion: undefined,
      meaning: 'What is one name.',
    },
  ],
  later: [],
};

/** The calls in the page's table about them, each with the answer that it gets. */
function callTable(html: string): readonly (readonly string[])[] {
  const section = html.slice(html.indexOf('<section id="calls"'), html.indexOf('<section id="switches"'));
  return [
    ...section.matchAll(/<tr role="row"><th scope="row" role="rowheader">(.*?)<\/th><td role="cell">(.*?)<\/td>/g),
  ].map(([, ...cells]) => cells.map((cell) => cell.replaceAll(/<[^>]*>/g, '')));
}

/** Names of the switches in each of the page's tables about them. */
function switchTables(html: string): readonly (readonly string[])[] {
  const section = html.slice(html.indexOf('<section id="switches"'), html.indexOf('<section id="control"'));
  return section
    .split('</table>')
    .map((table) => [...table.matchAll(/rowheader"><code>(\w+)/g)].map(([, name = '']) => name));
}

describe('the index page', () => {
  test('shows first the switches that are not at their default, and then all', () => {
    expect(switchTables(renderIndexPage(page))).toEqual([['nameCase'], ['licensed', 'nameCase'], []]);
    const standard = renderIndexPage({ ...page, switches: page.switches.slice(0, 1) });
    expect(switchTables(standard)).toEqual([['licensed'], []]);
    expect(standard).toContain('All stand at their default.');
  });

  test('says what a switch stands at, what else it could, and what it decides', () => {
    expect(renderIndexPage(page)).toContain('<strong>sensitive</strong> <span class="quiet">or insensitive</span>');
    expect(renderIndexPage(page)).toContain('<code>off</code>: no licence. Source: &lt;docs&gt;.');
  });

  test('says which of them the version puts where they stand', () => {
    const [licensed, nameCase] = page.switches;
    const html = renderIndexPage({ ...page, switches: [licensed!, { ...nameCase!, ofVersion: 'sensitive' }] });
    expect(html).toContain('<strong>sensitive</strong> <span class="quiet">as on 1.69.0, or insensitive</span>');
  });

  test('says what came with later versions, if anything did', () => {
    expect(renderIndexPage(page)).not.toContain('What came after');
    const html = renderIndexPage({
      ...page,
      fusionauth: '1.60.0',
      later: [{ since: '1.62', what: '`Ed25519` keys.' }],
    });
    expect(html).toContain('What came after 1.60.0 and is not here');
    expect(html).toContain('<code>Ed25519</code> keys.');
  });

  test('lists every call with the answer that it gets, folded', () => {
    const html = renderIndexPage(page);
    expect(html).toContain('<details>\n<summary>All 3 calls</summary>');
    expect(html).toContain('1 of 3;');
    expect(callTable(html)).toEqual([
      ['GET /api/tenant/{tenantId}', 'emulated'],
      ['POST /api/two-factor/login', '501'],
      ['GET /api/tenant-manager', '404 on 1.69.0'],
    ]);
  });

  test.each([
    ['tenant', ['GET /api/tenant/{tenantId}', 'GET /api/tenant-manager']],
    ['get TENANT id', ['GET /api/tenant/{tenantId}']],
    ['twofactorlogin', ['POST /api/two-factor/login']],
    ['acme', []],
  ])('finds calls by every word of "%s", wherever it stands', (wanted, found) => {
    const html = renderIndexPage({ ...page, wanted });
    expect(callTable(html).map(([call]) => call)).toEqual(found);
    expect(html).toContain(`value="${wanted}"`);
    expect(html).toMatch(found.length === 0 ? /No call matches/ : /calls? match/);
  });

  test('writes every text so that it stays text', () => {
    const hostile = `'"><script>alert(1)</script><img src=x onerror=alert(1)>&\u0060`;
    const html = renderIndexPage({
      ...page,
      url: `http://${hostile}`,
      fusionauth: hostile,
      search: hostile,
      publicKey: hostile,
      calls: [{ method: hostile, path: `/api/${hostile}`, names: [hostile], answered: 'later' }],
      wanted: hostile,
      kinds: [{ label: hostile, count: 1, path: `/api/${hostile}` }],
      switches: [
        { name: hostile, value: hostile, choices: ['off', hostile], ofVersion: hostile, meaning: `\`${hostile}\`` },
      ],
      later: [{ since: hostile, what: hostile }],
    });
    expect(html).not.toMatch(/<(?:script|img)/);
    // No quote of it ends an attribute: each has a tag's name, attributes in double quotes, and nothing else.
    const tags = html.slice(html.indexOf('</style>')).match(/<[a-z][^>]*>/g) ?? [];
    expect(tags.filter((tag) => !/^<[a-z]+\d?(?:\s+[a-z-]+(?:="[^"]*")?)*>$/.test(tag))).toEqual([]);
  });

  test('asks for an API key that it does not know by the name of a variable', () => {
    expect(renderIndexPage(page)).toContain('Authorization: $API_KEY');
    expect(renderIndexPage(page)).toContain('new FusionAuthClient(process.env.API_KEY,');
  });
});

describe('GET /', () => {
  const { call, sandbox } = useSandbox();
  const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  test('is answered with the page to a browser, without a key', async () => {
    const answer = await call('GET', '/', undefined, { key: null, headers: html });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('vary')).toBe('accept');
    expect(answer.text).toContain('<h1>kedge sandbox</h1>');
    expect(answer.text).toContain(`${sandbox().url}/api/tenant`);
  });

  test('HEAD is answered with the same headers and no body', async () => {
    const head = await call('HEAD', '/', undefined, { headers: html });
    const get = await call('GET', '/', undefined, { headers: html });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(new TextEncoder().encode(get.text).byteLength));
  });

  test.each(['application/json', '*/*', 'text/*', 'text/html;q=0, application/json', 'text/htmlx'])(
    'is a path that FusionAuth does not have to a client that accepts %s',
    async (accept) => {
      const asked = await call('GET', '/', undefined, { headers: { accept } });
      expect([asked.status, asked.text]).toEqual([404, '']);
    },
  );

  test('is a path that FusionAuth does not have to other methods, and no other path is the page', async () => {
    expect((await call('POST', '/', {}, { headers: html })).status).toBe(404);
    expect((await call('GET', '/index.html', undefined, { headers: html })).status).toBe(404);
    expect((await call('GET', '/api/tenant', undefined, { headers: html })).json).toMatchObject({ tenants: [{}] });
  });

  test('looks for what stands in its query, and shows no more of it than fits the field', async () => {
    const found = await call('GET', '/?calls=retrieveTenants', undefined, { headers: html });
    expect(callTable(found.text)).toEqual([['GET /api/tenant', 'emulated']]);
    const hostile = await call('GET', `/?calls=${encodeURIComponent('"><b>'.repeat(1000))}`, undefined, {
      headers: html,
    });
    expect(hostile.text).not.toContain('<b>');
    expect(hostile.text).toContain(`value="${'&quot;&gt;&lt;b&gt;'.repeat(40)}"`);
  });

  test('shows the address that the reader wrote, and keeps it text', async () => {
    const [line, body] = await new Promise<string[]>((resolve, reject) => {
      const asked = request(sandbox().url, { headers: { ...html, host: 'acme.test:9011' } }, (answer) => {
        answer.setEncoding('utf8');
        let text = '';
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => resolve([String(answer.statusCode), text]));
      });
      asked.setTimeout(10_000, () => asked.destroy(new Error('no answer')));
      asked.on('error', reject).end();
    });
    expect(line).toBe('200');
    expect(body).toContain('http://acme.test:9011/api/tenant');
  });

  test('counts as no request', async () => {
    await call('GET', '/', undefined, { headers: html });
    await call('HEAD', '/', undefined, { headers: html });
    expect(sandbox().requests().total).toBe(0);
  });

  test('shows what there is now', async () => {
    const tenants = async (): Promise<string | undefined> =>
      />Tenant<\/th><td role="cell">(\d+)</.exec((await call('GET', '/', undefined, { headers: html })).text)?.[1];
    expect(await tenants()).toBe('1');
    await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    expect(await tenants()).toBe('2');
  });

  test('shows no name that somebody gave an object', async () => {
    const name = '<script>alert("acme")</script>';
    await call('POST', '/api/tenant', { tenant: { name } });
    await call('POST', '/api/application', { application: { name } });
    expect((await call('GET', '/', undefined, { headers: html })).text).not.toContain('alert(');
  });

  test.each(['database', 'elasticsearch'] as const)(
    'every call that it shows for a kind, and every link, is answered with the key on %s',
    async (search) => {
      const own = await startSandbox({ search });
      try {
        const text = await (await fetch(own.url, { headers: html })).text();
        const plain = text.replaceAll('<wbr>', '');
        const paths = [...plain.matchAll(/href="(\/[^"#]+)"|<code>GET (\/api\/[^<{]*)<\/code><\/td>/g)].map(
          ([, link, shown]) => link ?? shown,
        );
        expect(paths.length).toBeGreaterThan(35);
        const answers = await Promise.all(
          paths.map(async (path) => {
            const answer = await fetch(`${own.url}${path}`, { headers: { authorization: own.apiKey } });
            return [path, answer.status, (await answer.text()).startsWith('{')];
          }),
        );
        expect(answers).toEqual(paths.map((path) => [path, 200, true]));
      } finally {
        await own.close();
      }
    },
  );

  test('an older version does not show what came later', async () => {
    const own = await startSandbox({ fusionauth: '1.50' });
    try {
      const text = await (await fetch(own.url, { headers: html })).text();
      expect(text).toContain('What came after 1.50.0 and is not here');
      expect(text).not.toContain('>Webhook Event Log</th>');
      expect(callTable(text)).toContainEqual(['POST /api/system/webhook-event-log/search', '404 on 1.50.0']);
      expect(text).toContain('as on 1.50.0, or');
    } finally {
      await own.close();
    }
  });

  test('an API key that is not the well-known one is not printed', async () => {
    const shown = await call('GET', '/', undefined, { headers: html });
    expect(shown.text).toContain('Authorization: kedge-sandbox-api-key');
    const own = await startSandbox({ apiKey: 'acme-secret-api-key' });
    try {
      const text = await (await fetch(own.url, { headers: html })).text();
      expect(text).not.toContain('acme-secret');
      expect(text).not.toContain('kedge-sandbox-api-key');
    } finally {
      await own.close();
    }
  });
});
