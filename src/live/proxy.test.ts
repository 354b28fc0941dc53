import { describe, expect, test } from 'vitest';
import { environmentProxy, parseProxy } from './proxy.js';

describe('parseProxy', () => {
  test('takes an address, and user and password beside it', () => {
    expect(parseProxy({ url: 'http://proxy:3128' })).toEqual({ origin: 'http://proxy:3128' });
    expect(parseProxy({ url: 'https://proxy:8443', user: 'kedge' })).toEqual({
      origin: 'https://proxy:8443',
      authorization: 'Basic a2VkZ2U6',
    });
  });

  test.each([
    [{ url: 'socks5://proxy:1080' }, 'no http(s) URL'],
    [{ url: 'proxy' }, 'no http(s) URL'],
    [{ url: 'http://kedge:hunter2@proxy:3128' }, 'more in it than an address'],
    [{ url: 'http://proxy:3128/path' }, 'more in it than an address'],
    [{ url: 'http://proxy:3128', user: 'a:b', password: 'hunter2' }, 'has a : in it'],
  ])('refuses %o without repeating it', (options, message) => {
    expect(() => parseProxy(options)).toThrow(
      expect.objectContaining({ code: 'live/bad-address', message: expect.stringContaining(message) }),
    );
    expect(() => parseProxy(options)).not.toThrow(/hunter2/);
  });
});

describe('environmentProxy', () => {
  const https = 'https://auth.acme.test';

  test('goes by the scheme of the instance, and lower case wins', () => {
    const env = { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2', HTTP_PROXY: 'http://plain:3' };
    expect(environmentProxy(https, env)).toEqual({ url: 'http://lower:2' });
    expect(environmentProxy('http://auth.acme.test', env)).toEqual({ url: 'http://plain:3' });
    expect(environmentProxy(https, {})).toBeUndefined();
    expect(environmentProxy(https, { https_proxy: '' })).toBeUndefined();
  });

  test('reads host:port, and user and password from the URL', () => {
    expect(environmentProxy(https, { HTTPS_PROXY: 'proxy:3128' })).toEqual({ url: 'http://proxy:3128' });
    expect(environmentProxy(https, { HTTPS_PROXY: 'http://kedge:p%40ss@proxy:3128/' })).toEqual({
      url: 'http://proxy:3128',
      user: 'kedge',
      password: 'p@ss',
    });
    expect(environmentProxy(https, { HTTPS_PROXY: 'http://kedge:50%@proxy' })).toMatchObject({ password: '50%' });
  });

  test('leaves a proxy it cannot use to be refused, and never repeats one that is no URL', () => {
    expect(environmentProxy(https, { HTTPS_PROXY: 'socks5://proxy:1' })).toEqual({ url: 'socks5://proxy:1' });
    expect(() => environmentProxy(https, { HTTPS_PROXY: 'http://u:hunter2@[' })).toThrow(
      expect.objectContaining({ code: 'live/bad-address', message: expect.not.stringContaining('hunter2') }),
    );
  });

  test.each([
    ['*', true],
    ['auth.acme.test', true],
    ['acme.test', true],
    ['.acme.test', true],
    ['*.acme.test', true],
    ['ACME.TEST', true],
    ['other.test, acme.test', true],
    ['other.test acme.test', true],
    ['acme.test:443', true],
    ['acme.test:8443', false],
    ['cme.test', false],
    ['h.acme.test', false],
    ['.', false],
    ['', false],
  ])('NO_PROXY %s excepts the instance: %s', (list, excepted) => {
    const proxy = environmentProxy(https, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: list });
    expect(proxy === undefined).toBe(excepted);
  });

  test('an exception counts for the port of plain http and for one that is written, and for IPv6', () => {
    const env = { http_proxy: 'http://proxy:3128', no_proxy: 'acme.test:80 acme.test:9011 [::1]' };
    expect(environmentProxy('http://acme.test', env)).toBeUndefined();
    expect(environmentProxy('http://acme.test:9011', env)).toBeUndefined();
    expect(environmentProxy('http://[::1]:9011', env)).toBeUndefined();
    expect(environmentProxy('http://acme.test:9012', env)).toEqual({ url: 'http://proxy:3128' });
  });
});
