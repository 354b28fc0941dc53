/**
 * bcrypt, for hashes that were made elsewhere and imported: Node's crypto does not have it. Blowfish with its costly key
 * schedule. Source: Provos and Mazières, "A Future-Adaptable Password Scheme" (1999); Schneier's Blowfish.
 */

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const rounds = 16;
const subkeys = rounds + 2;
const saltBytes = 16;
/** The text that is enciphered 64 times. */
const magic = 'OrpheanBeholderScryDoubt';
/** Of the 24 bytes that come out, 23 are kept. */
const keptBytes = 23;

/** What a cipher needs: 18 subkeys, then four boxes of 256 words each. */
type Schedule = Int32Array;

/**
 * The hash of a password as bcrypt writes it, without version, cost and salt: 31 characters.
 * @param salt - 22 characters, as they stand in a bcrypt text.
 * @param cost - the key schedule is run 2^cost times; 4 to 31.
 */
export function bcryptHash(password: string, salt: string, cost: number): string {
  const key = Buffer.concat([Buffer.from(password, 'utf8').subarray(0, 72), Buffer.from([0])]);
  const seed = decode(salt).subarray(0, saltBytes);
  const schedule = piWords().slice();
  expand(schedule, key, seed);
  for (let turn = 2 ** cost; turn > 0; turn -= 1) {
    expand(schedule, key);
    expand(schedule, seed);
  }
  const text = Buffer.from(magic, 'latin1');
  const block = new Int32Array(2);
  for (let at = 0; at < text.length; at += 8) {
    block.set([text.readInt32BE(at), text.readInt32BE(at + 4)]);
    for (let turn = 0; turn < 64; turn += 1) encipher(schedule, block);
    text.writeInt32BE(block[0] ?? 0, at);
    text.writeInt32BE(block[1] ?? 0, at + 4);
  }
  return encode(text.subarray(0, keptBytes));
}

/** Mixes a key into the subkeys, then replaces subkeys and boxes by what is enciphered from zero, or from the salt. */
function expand(schedule: Schedule, key: Uint8Array, salt: Uint8Array = new Uint8Array(saltBytes)): void {
  for (let at = 0; at < subkeys; at += 1) schedule[at] = (schedule[at] ?? 0) ^ word(key, at * 4);
  const seasoning = Int32Array.from({ length: saltBytes / 4 }, (_, at) => word(salt, at * 4));
  const block = new Int32Array(2);
  for (let at = 0; at < schedule.length; at += 2) {
    block[0] = (block[0] ?? 0) ^ (seasoning[at % 4] ?? 0);
    block[1] = (block[1] ?? 0) ^ (seasoning[(at + 1) % 4] ?? 0);
    encipher(schedule, block);
    schedule.set(block, at);
  }
}

/** Four bytes from a place on, around and around. */
function word(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + 4; at += 1) value = (value << 8) | (bytes[at % bytes.length] ?? 0);
  return value;
}

/** Enciphers a block of two words in its place: a new pair for each of the many would cost more than the work itself. */
function encipher(schedule: Schedule, block: Int32Array): void {
  let left = block[0] ?? 0;
  let right = block[1] ?? 0;
  for (let round = 0; round < rounds; round += 1) {
    left ^= schedule[round] ?? 0;
    const mixed =
      ((box(schedule, 0, left >>> 24) + box(schedule, 1, (left >>> 16) & 255)) ^ box(schedule, 2, (left >>> 8) & 255)) +
      box(schedule, 3, left & 255);
    const swapped = right ^ mixed;
    right = left;
    left = swapped;
  }
  block[0] = right ^ (schedule[rounds + 1] ?? 0);
  block[1] = left ^ (schedule[rounds] ?? 0);
}

function box(schedule: Schedule, number: number, at: number): number {
  return schedule[subkeys + number * 256 + at] ?? 0;
}

let pi: Schedule | undefined;

/** Where the cipher starts: the digits of pi after the point. Worked out once (Machin's formula), a table would be 4 kB. */
function piWords(): Schedule {
  if (pi !== undefined) return pi;
  const length = subkeys + 4 * 256;
  const [bits, guard] = [BigInt(length * 32), 64n];
  const one = 1n << (bits + guard);
  const value = (16n * arcTangent(5n, one) - 4n * arcTangent(239n, one)) >> guard;
  const hex = (value & ((1n << bits) - 1n)).toString(16).padStart(length * 8, '0');
  pi = Int32Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16));
  return pi;
}

/** The arc tangent of 1/x, times `one`. */
function arcTangent(x: bigint, one: bigint): bigint {
  let [power, sum, divisor, sign] = [one / x, 0n, 1n, 1n];
  while (power > 0n) {
    sum += (sign * power) / divisor;
    power /= x * x;
    divisor += 2n;
    sign = -sign;
  }
  return sum;
}

function decode(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => Math.max(alphabet.indexOf(letter), 0).toString(2).padStart(6, '0')).join(
    '',
  );
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  );
}

function encode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Math.ceil(bits.length / 6);
  return Array.from({ length: letters }, (_, at) =>
    alphabet.charAt(Number.parseInt(bits.slice(at * 6, at * 6 + 6).padEnd(6, '0'), 2)),
  ).join('');
}
