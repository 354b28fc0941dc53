import { crc32, deflateRawSync } from 'node:zlib';

/** A file that goes into an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970; the archive keeps it in UTC, to two seconds. */
  readonly instant: number;
}

/** Needed to unpack: version 2.0, for DEFLATE. */
const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;
const deflated = 8;

/** A ZIP archive (PKWARE APPNOTE 6.3.10 §4.3: local headers with their data, the central directory, its end). */
export function zipArchive(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, instant } of entries) {
    const nameBytes = Buffer.from(name);
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(version, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(deflated, 4);
    common.writeUInt32LE(dosTime(instant), 6);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = [signature('PK\u0003\u0004'), common, nameBytes, packed];
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(signature('PK\u0001\u0002'), twoBytes(version), common, place, nameBytes);
    files.push(...local);
    offset += lengthOf(local);
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(lengthOf(directory), 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, signature('PK\u0005\u0006'), end]);
}

/** MS-DOS: the time in the lower half, the date from 1980 on in the upper. */
function dosTime(instant: number): number {
  const date = new Date(instant);
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  return day * 0x1_0000 + time;
}

function signature(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((length, part) => length + part.length, 0);
}
