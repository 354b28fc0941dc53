import type { FusionAuthClient } from '@fusionauth/typescript-client';
import type { ReadClient, WriteClient } from '../catalog/index.js';
import { type ClientAccess, createClientBuilder } from './rest-client.js';
import type { Transport } from './transport.js';

/** Typed clients of one access for all tenants of an instance. */
export interface Clients<Client> {
  /** The client that sends this tenant's header, or none. */
  readonly forTenant: (tenantId?: string) => Client;
}

/**
 * Loads FusionAuth's typed client (16 000 lines that commands without network never load) and makes it read by this
 * transport. A call that would write does not compile, and if it did, is refused before it is sent.
 * @throws {@link KedgeError} from its methods, of `live/…`, where the stock client rejects with a `ClientResponse`.
 */
export async function createReadClient(transport: Transport): Promise<ReadClient> {
  const clients = await createClients(transport, 'read');
  return clients.forTenant();
}

/** As {@link createReadClient}, for clients that may write. */
export async function createWriteClients(transport: Transport): Promise<Clients<WriteClient>> {
  return createClients(transport, 'write');
}

async function createClients(transport: Transport, access: ClientAccess): Promise<Clients<FusionAuthClient>> {
  const { FusionAuthClient: ClientClass } = await import('@fusionauth/typescript-client');
  const clientBuilder = createClientBuilder(transport, access);
  const clients = new Map<string, FusionAuthClient>();
  return {
    forTenant: (tenantId = '') => {
      let client = clients.get(tenantId);
      if (!client) {
        // The transport knows the key. The client keeps its own in a public field, where any inspection would show it.
        client = new ClientClass('(key)', transport.url, tenantId === '' ? undefined : tenantId);
        client.clientBuilder = clientBuilder;
        clients.set(tenantId, client);
      }
      return client;
    },
  };
}
