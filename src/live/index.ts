/**
 * The way to an instance. Options for a transport come in; live state comes out of the reader, and the outcome of one
 * change at a time out of the writer. What differs and what should be done about it is decided elsewhere: this room
 * performs exactly what a change says or refuses.
 */
export type { RecordReading } from './audit-record.js';
export { createReadClient, createWriteClients } from './client.js';
export { movedValues, type OverlayChange } from './moved-values.js';
export { Gate } from './gate.js';
export { environmentProxy, type ProxyOptions } from './proxy.js';
export { isMet, type OwnedValue, ownedValues, pathHashes } from './owned-values.js';
export { createReader, type Reader } from './reader.js';
export { rehearse } from './rehearse.js';
export { type RetryClock, type RetryPolicy, systemRetryClock } from './retry.js';
export {
  createTransport,
  type Transport,
  type TransportOptions,
  type TransportRequest,
  type TransportResponse,
} from './transport.js';
export type { WriteHooks, WriteStep, WrittenResource } from './write-run.js';
export { createWriter, type Writer, type WriterOptions } from './writer.js';
