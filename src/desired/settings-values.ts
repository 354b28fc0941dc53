import { isUuid, type Location, type Secret } from '../model/index.js';
import type { InstanceSettings } from './environment-file.js';
import type { Instance } from './environment.js';
import type { FindingList } from './finding-list.js';

interface Place {
  readonly at: Location;
  readonly findings: FindingList;
}

/** The address of an instance without a final slash; undefined after a finding. */
export function checkUrl(text: string, { at, findings }: Place): string | undefined {
  const url = serverUrl(text, { name: 'instance.url', hint: 'such as https://auth.example.com', at, findings });
  return url?.href.replace(/\/+$/, '');
}

/** Reports text that is no UUID. */
export function checkUuid(text: string, { name, at, findings }: Place & { readonly name: string }): void {
  if (isUuid(text)) return;
  findings.add({ code: 'desired/bad-value', message: `${name} is not a UUID`, at });
}

/** How connections get to the instance: by a proxy, by a socket, or straight. Reports what cannot be so. */
export function parseWay(
  { proxy, socket }: InstanceSettings,
  context: {
    readonly password: Secret | undefined;
    readonly at: (pointer: string) => Location;
    readonly findings: FindingList;
  },
): Pick<Instance, 'proxy' | 'socket'> {
  const { findings, at, password } = context;
  if (socket !== undefined && !socket.startsWith('/')) {
    const message = 'instance.socket is not an absolute path';
    findings.add({
      code: 'desired/bad-value',
      message,
      hint: 'such as /run/fusionauth.sock',
      at: at('/instance/socket'),
    });
  }
  if (proxy === undefined) return { ...(socket !== undefined && { socket }) };
  if (socket !== undefined) {
    const message = 'instance has a proxy and a socket, and a connection takes one way only';
    findings.add({ code: 'desired/bad-value', message, hint: 'take one of them out', at: at('/instance/proxy') });
  }
  if (proxy === 'environment') return { proxy };
  const settings = typeof proxy === 'string' ? { url: proxy } : proxy;
  const place = at(typeof proxy === 'string' ? '/instance/proxy' : '/instance/proxy/url');
  const url = serverUrl(settings.url, {
    name: 'the address of instance.proxy',
    hint: 'such as http://proxy.example.com:3128, with user and password beside url',
    at: place,
    findings,
  });
  if (url && url.pathname !== '/') {
    const message = 'the address of instance.proxy has a path';
    findings.add({ code: 'desired/bad-value', message, hint: 'such as http://proxy.example.com:3128', at: place });
  }
  const { user } = settings;
  if (user === undefined && password !== undefined) {
    const message = 'instance.proxy has a password and no user';
    findings.add({ code: 'desired/bad-value', message, at: at('/instance/proxy/password') });
  }
  if (user?.includes(':') === true) {
    // RFC 7617 §2: what is before the first colon is the user.
    const message = 'instance.proxy.user has a : in it, which no proxy understands';
    findings.add({ code: 'desired/bad-value', message, at: at('/instance/proxy/user') });
  }
  return {
    proxy: {
      url: url?.origin ?? '',
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
    },
  };
}

function serverUrl(text: string, use: Place & { readonly name: string; readonly hint: string }): URL | undefined {
  const { name, hint, at, findings } = use;
  const refuse = (message: string): undefined => {
    findings.add({ code: 'desired/bad-value', message, hint, at });
  };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return refuse(`${name} is not the address of a server`);
  // The line may hold a password, so it is not shown with the finding.
  if (url.password !== '') findings.source(at.file)?.secretLines.add(at.line);
  if (url.username + url.password + url.search + url.hash !== '')
    return refuse(`${name} has more in it than an address: no user, password, ? or #`);
  return url;
}
