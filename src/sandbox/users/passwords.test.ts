import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { bcryptHash } from './bcrypt.js';
import { keepPassword, verifyPassword } from './passwords.js';

const salt = Buffer.from('47bafdd3-b99d-4ffd-a5be-e414c80905f0').toString('base64');

function saltedMd5(password: string, rounds: number): string {
  let result = Buffer.concat([Buffer.from(password), Buffer.from(salt, 'base64')]);
  for (let turn = 0; turn < rounds; turn += 1) result = createHash('md5').update(result).digest();
  return result.toString('base64');
}

describe('a password that came as a hash is known again', () => {
  test.each([
    ['salted-md5', 3, saltedMd5('swordfish', 3)],
    ['salted-hmac-sha256', 1, createHmac('sha256', Buffer.from(salt, 'base64')).update('swordfish').digest('base64')],
    [
      'salted-pbkdf2-hmac-sha256',
      500,
      pbkdf2Sync('swordfish', Buffer.from(salt, 'base64'), 500, 32, 'sha256').toString('base64'),
    ],
    [
      'salted-pbkdf2-hmac-sha512-512',
      500,
      pbkdf2Sync('swordfish', Buffer.from(salt, 'base64'), 500, 64, 'sha512').toString('base64'),
    ],
  ])('by %s', (encryptionScheme, factor, password) => {
    const user = { encryptionScheme, factor, password, salt };
    expect(verifyPassword(user, 'swordfish')).toBe('matches');
    expect(verifyPassword(user, 'sworDfish')).toBe('differs');
  });

  test('unless only a plugin could tell', () => {
    const user = { encryptionScheme: 'acme-argon2', factor: 1, password: 'abc', salt };
    expect(verifyPassword(user, 'swordfish')).toBe('unsupported');
  });
});

// Vectors of crypt_blowfish (Openwall).
test.each([
  ['U*U', 5, 'CCCCCCCCCCCCCCCCCCCCC.', 'E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['U*U*', 5, 'CCCCCCCCCCCCCCCCCCCCC.', 'VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['U*U*U', 5, 'XXXXXXXXXXXXXXXXXXXXXO', 'AcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
  ['', 5, 'CCCCCCCCCCCCCCCCCCCCC.', '7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy'],
])('bcrypt of %j at cost %d', (password, cost, bcryptSalt, hash) => {
  expect(bcryptHash(password, bcryptSalt, cost)).toBe(hash);
  expect(verifyPassword({ encryptionScheme: 'bcrypt', factor: cost, salt: bcryptSalt, password: hash }, password)).toBe(
    'matches',
  );
});

test('a password that came in clear is kept salted, and known again', () => {
  const named = { encryptionScheme: 'salted-pbkdf2-hmac-sha256', factor: 24_000 };
  const [one, other] = [randomBytes(32), randomBytes(32)].map((random) => keepPassword('swordfish', named, random));
  expect(one).toMatchObject(named);
  expect(one?.password).not.toBe(other?.password);
  expect(JSON.stringify(one)).not.toContain('swordfish');
  expect(verifyPassword({ ...one }, 'swordfish')).toBe('matches');
  expect(verifyPassword({ ...one }, 'Swordfish')).toBe('differs');
});

test('a user without a password has none that matches', () => {
  expect(verifyPassword({}, '')).toBe('differs');
});
