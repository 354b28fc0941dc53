import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What one CONNECT asked for. */
interface Tunnel {
  readonly to: string;
  readonly authorization: string | undefined;
  /** True when the client showed a certificate to the proxy. */
  readonly certificate: boolean;
}

/** A small forward proxy that knows CONNECT only, and notes who asked for what. */
export interface ConnectProxy {
  readonly url: string;
  /** `host:port` of each CONNECT, and what it was sent with. */
  readonly tunnels: readonly Tunnel[];
  readonly close: () => Promise<void>;
}

/** How the proxy behaves: it wants this `Proxy-Authorization`, answers with this status, or never answers. */
export interface ProxyFaults {
  readonly authorization?: string;
  readonly status?: number;
  readonly silent?: boolean;
  readonly tls?: ServerOptions;
}

/** Starts a proxy on a free port. */
export async function startConnectProxy(faults: ProxyFaults = {}): Promise<ConnectProxy> {
  const tunnels: Tunnel[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = faults.tls ? createTlsServer(faults.tls) : createServer();
  server.on('connection', keep);
  server.on('tlsClientError', () => undefined);
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    const to = request.url ?? '';
    const authorization = request.headers['proxy-authorization'];
    const certificate = client instanceof TLSSocket && Object.keys(client.getPeerCertificate()).length > 0;
    tunnels.push({ to, authorization, certificate });
    client.on('error', () => client.destroy());
    if (faults.silent === true) return;
    const status = authorization === faults.authorization ? faults.status : 407;
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const at = to.lastIndexOf(':');
    const instance = connect({ host: to.slice(0, at), port: Number(to.slice(at + 1)) }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      instance.write(head);
      instance.pipe(client);
      client.pipe(instance);
    });
    keep(instance);
    instance.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `${faults.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    tunnels,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
