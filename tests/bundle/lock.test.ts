import { describe, expect, test, vi } from 'vitest';
import { lockBundle, unlockBundle } from '../../src/bundle/lockBundle.ts';
import { type Lock, lockChecksum } from '../../src/bundle/lockShape.ts';
import { toBytes, toText } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import { check, EXPORTED_AT, exportOf, refused, template } from './support.ts';

const { subtle } = globalThis.crypto;
const randomBytes = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length));
const lockOptions = { subtle, randomBytes, application: 'hl7-helper-web', exportedAt: EXPORTED_AT };
const lock = async (bytes: Uint8Array<ArrayBuffer>, passphrase = 'Älpler') =>
  lockBundle(bytes, passphrase, lockOptions);

async function locked(bytes: Uint8Array): Promise<Lock> {
  const checked = await check(bytes);
  if (checked.kind !== 'locked') throw new Error(`not locked: ${JSON.stringify(checked)}`);
  return checked.lock;
}

/** The file with members of its lock changed, and its checksum made anew: what a forger can do. */
async function forged(change: Partial<Lock>): Promise<Uint8Array> {
  const file = JSON.parse(toText(await lock(await exportOf([template('a')])))) as { locked: Lock };
  const changed = { ...file.locked, ...change };
  return toBytes(canonical({ ...file, locked: { ...changed, checksum: lockChecksum(changed) } }));
}

describe('an encrypted export', () => {
  test('[I18] opens with its passphrase to the very bytes, however its letters are composed', async () => {
    const bytes = await exportOf([template('a', { content: 'x'.repeat(500_000) })]);
    const file = await lock(bytes, 'Älpler');
    const opened = await unlockBundle(await locked(file), 'A\u0308lpler', { subtle });
    expect(opened).toEqual({ kind: 'unlocked', bytes });
  });

  test('[I22] shows nothing of what is in it, and never comes out the same twice', async () => {
    const bytes = await exportOf([template('canary-name')]);
    const [one, other] = [toText(await lock(bytes)), toText(await lock(bytes))];
    expect(one).not.toContain('canary');
    expect(one).not.toContain(btoa('canary').slice(0, 7));
    expect(one).not.toBe(other);
  });

  test('a wrong passphrase is its own answer', async () => {
    const found = await locked(await lock(await exportOf([template('a')])));
    expect(await unlockBundle(found, 'älpler', { subtle })).toEqual({ kind: 'wrong-passphrase' });
    expect(await unlockBundle(found, '', { subtle })).toEqual({ kind: 'wrong-passphrase' });
  });

  test('[I5] damage anywhere in it is another: every part of the lock is changed in turn', async () => {
    const text = toText(await lock(await exportOf([template('a')])));
    const { locked: whole } = JSON.parse(text) as { locked: Lock };
    const flipped = (value: string) => (value.startsWith('A') ? 'B' : 'A') + value.slice(1);
    for (const value of [whole.iv, whole.salt, whole.data[0] ?? '', whole.checksum]) {
      const changed = text.replace(value, value === whole.checksum ? '0'.repeat(64) : flipped(value));
      expect(await refused(changed)).toMatchObject({ code: 'checksum-mismatch' });
    }
    expect(await refused(text.replace('600000', '600001'))).toMatchObject({ code: 'checksum-mismatch' });
  });

  test('cut off behind the seal it is refused, with nothing to rescue', async () => {
    const text = toText(await lock(await exportOf([template('a')])));
    expect(await refused(text.slice(0, -1))).toMatchObject({ isCutOff: true, salvage: null });
  });

  test('[I5] nobody can weaken its parameters and keep the seal', async () => {
    const weak = await locked(await forged({ iterations: 1_000 }));
    expect(await unlockBundle(weak, 'Älpler', { subtle })).toEqual({ kind: 'wrong-passphrase' });
  });

  test.each([
    ['too many rounds', { iterations: 1e9 }],
    ['no rounds', { iterations: 0 }],
    ['a salt that is no base64', { salt: '***' }],
    ['another cipher', { cipher: 'none' as never }],
  ])('[I5] with %s is refused before anything is computed', async (_, change) => {
    expect(await refused(await forged(change))).toMatchObject({ code: 'schema' });
  });

  test('asks for at least 600,000 rounds, whatever the caller says, and AES-GCM with 256 bits', async () => {
    const deriveKey = vi.spyOn(subtle, 'deriveKey');
    const file = await lockBundle(toBytes('{}'), 'x', { ...lockOptions, iterations: 1 });
    expect(deriveKey.mock.calls[0]?.slice(0, 3)).toMatchObject([
      { name: 'PBKDF2', hash: 'SHA-256', iterations: 600_000 },
      expect.anything(),
      { name: 'AES-GCM', length: 256 },
    ]);
    expect(await locked(file)).toMatchObject({ iterations: 600_000 });
    deriveKey.mockRestore();
  });

  test('the seal covers the parameters themselves, as the file has them', async () => {
    const encrypt = vi.spyOn(subtle, 'encrypt');
    const { cipher, hash, iterations, iv, kdf, salt } = await locked(await lock(toBytes('{}')));
    const [algorithm] = encrypt.mock.calls[0] ?? [];
    encrypt.mockRestore();
    const covered = new TextDecoder().decode((algorithm as AesGcmParams).additionalData);
    expect(covered).toBe(canonical({ cipher, hash, iterations, iv, kdf, salt }));
  });

  test('a failure of the machinery is no wrong passphrase', async () => {
    const found = await locked(await lock(toBytes('{}')));
    const broken = {
      importKey: subtle.importKey.bind(subtle),
      deriveKey: subtle.deriveKey.bind(subtle),
      encrypt: subtle.encrypt.bind(subtle),
      decrypt: () => Promise.reject(new Error('gone')),
    };
    await expect(unlockBundle(found, 'Älpler', { subtle: broken as never })).rejects.toThrow('gone');
  });

  test('lets the page breathe while it is sealed and opened', async () => {
    const pause = vi.fn(async () => {});
    const file = await lockBundle(new Uint8Array(1_000_000), 'x', { ...lockOptions, pause });
    await unlockBundle(await locked(file), 'x', { subtle, pause });
    expect(pause.mock.calls.length).toBeGreaterThanOrEqual(4);
  });
});
