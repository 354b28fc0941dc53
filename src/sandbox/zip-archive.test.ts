import { crc32, inflateRawSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { zipArchive } from './zip-archive.js';

test('an archive can be unpacked by what stands in its central directory', () => {
  const instant = Date.UTC(2026, 0, 15, 8, 30, 2);
  const texts = { 'audit_logs.csv': 'id,message\r\n1,"Erstellt: Größe"\r\n'.repeat(50), 'léeme.txt': '' };
  const archive = Buffer.from(zipArchive(Object.entries(texts).map(([name, text]) => ({ name, text, instant }))));
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const unpacked: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < archive.readUInt16LE(end + 10); entry += 1) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    expect([archive.readUInt16LE(at + 12), archive.readUInt16LE(at + 14)]).toEqual([
      (8 << 11) | (30 << 5) | 1,
      ((2026 - 1980) << 9) | (1 << 5) | 15,
    ]);
    const [packedLength, length, nameLength] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
    ];
    const local = archive.readUInt32LE(at + 42);
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    const data = inflateRawSync(archive.subarray(local + 30 + nameLength, local + 30 + nameLength + packedLength));
    expect([data.length, crc32(data)]).toEqual([length, archive.readUInt32LE(at + 16)]);
    unpacked[archive.subarray(at + 46, at + 46 + nameLength).toString()] = data.toString();
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  expect(unpacked).toEqual(texts);
});
