import type { Environment, Instance } from '../desired/index.js';
import { createTransport, environmentProxy, Gate, type ProxyOptions, type Transport } from '../live/index.js';
import type { Secret } from '../model/index.js';
import type { Ports } from './ports.js';

/**
 * Opens transports to the instance of an environment, one per key. They share what the instance is spared, for it does not
 * care with which key it is asked too much.
 */
export function createTransports(use: {
  readonly environment: Environment;
  readonly ports: Ports;
  readonly secrets: readonly string[];
}): (key: Secret, rereadApiKey: (() => Promise<string | undefined>) | undefined) => Transport {
  const { instance } = use.environment;
  const { clock, version, redactor } = use.ports;
  const { clientCertificate, concurrency, requestsPerSecond, ca, socket, timeoutMs, timeouts } = instance;
  const gate = new Gate({ requestsPerSecond, concurrency, clock });
  const proxy = proxyOf(instance, use.ports);
  if (proxy?.password !== undefined) redactor.add([proxy.password]);
  return (key, rereadApiKey) =>
    createTransport({
      url: instance.url,
      apiKey: key.reveal(),
      rereadApiKey,
      version,
      ca,
      clientCertificate: clientCertificate && { cert: clientCertificate.cert, key: clientCertificate.key.reveal() },
      proxy,
      socket,
      timeoutMs,
      timeouts,
      concurrency,
      clock,
      gate,
      secrets: use.secrets,
    });
}

function proxyOf({ proxy, url }: Instance, ports: Ports): ProxyOptions | undefined {
  if (proxy === 'environment') return environmentProxy(url, ports.env);
  return proxy && { url: proxy.url, user: proxy.user, password: proxy.password?.reveal() };
}
