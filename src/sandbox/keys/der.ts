/** The tags of X.690 that a certificate is made of. */
const tags = {
  integer: 0x02,
  bitString: 0x03,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
  explicit0: 0xa0,
} as const;

/** A value in DER, the distinguished encoding of ASN.1: tag, length, content. Source: ITU-T X.690 §8.1, §10.1. */
export function der(tag: keyof typeof tags, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tags[tag], ...lengthOf(bytes.length)]), bytes]);
}

/** An INTEGER that is not negative: a leading zero byte where the first bit is set. Source: X.690 §8.3. */
export function derInteger(hex: string): Buffer {
  const digits = hex.replace(/^(?:00)+(?=.)/, '');
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return der('integer', (bytes[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.from([]), bytes);
}

/** An OBJECT IDENTIFIER, `2.5.4.3`. Source: X.690 §8.19. */
export function derObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der('objectIdentifier', Buffer.from([first * 40 + second, ...rest.flatMap((arc) => base128(arc))]));
}

/** A time to the second: two digits of the year until 2049, then four. Source: RFC 5280 §4.1.2.5. */
export function derTime(epochMs: number): Buffer {
  const text = `${new Date(epochMs).toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  const isShort = text.startsWith('19') || /^20[0-4]/.test(text);
  return isShort ? der('utcTime', Buffer.from(text.slice(2))) : der('generalizedTime', Buffer.from(text));
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes = Buffer.from(length.toString(16).padStart(8, '0'), 'hex');
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return [0x80 | significant.length, ...significant];
}

function base128(arc: number): readonly number[] {
  const digits = [arc & 0x7f];
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
