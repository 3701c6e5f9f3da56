import { fromBase64, toBase64, toBytes } from '../vault/bytes.ts';
import { canonical } from '../vault/canonical.ts';
import { BUNDLE_VERSION, FORMAT } from './format.ts';
import { type Lock, lockChecksum, lockParameters, PBKDF2_ITERATIONS } from './lockShape.ts';
import { createPace, type PaceOptions } from './pace.ts';

/** What is used of `crypto.subtle`. It comes in as a value; where there is none (no secure context), nothing is encrypted. */
export type LockSubtle = Pick<SubtleCrypto, 'importKey' | 'deriveKey' | 'encrypt' | 'decrypt'>;

/** Bytes of the sealed data in one piece of base64. */
const PIECE_BYTES = 3 * 65_536;
const SALT_BYTES = 16;
const IV_BYTES = 12;

/**
 * Encrypts an export with a passphrase: AES-GCM-256, the key by PBKDF2-SHA-256. Nobody can open it without the
 * passphrase, and nothing of it is kept here.
 *
 * @param bytes             an export as `buildBundle` made and verified it
 * @param options.randomBytes  as many bytes as asked, that nobody can guess
 * @returns the bytes of the encrypted file
 */
export async function lockBundle(
  bytes: Uint8Array<ArrayBuffer>,
  passphrase: string,
  {
    subtle,
    randomBytes,
    application,
    exportedAt,
    iterations = PBKDF2_ITERATIONS,
    ...paceOptions
  }: PaceOptions & {
    subtle: LockSubtle;
    randomBytes: (length: number) => Uint8Array<ArrayBuffer>;
    application: string;
    exportedAt: string;
    /** Never less than what is usual; more where time allows. */
    iterations?: number;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const pace = createPace(paceOptions);
  const parameters = {
    cipher: 'AES-GCM',
    hash: 'SHA-256',
    iterations: Math.max(iterations, PBKDF2_ITERATIONS),
    iv: toBase64(randomBytes(IV_BYTES)),
    kdf: 'PBKDF2',
    salt: toBase64(randomBytes(SALT_BYTES)),
  } as const;
  const key = await keyOf(passphrase, parameters, subtle);
  const sealed = new Uint8Array(await subtle.encrypt(sealing(parameters), key, bytes));
  const data: string[] = [];
  for (let from = 0; from < sealed.length; from += PIECE_BYTES) {
    data.push(toBase64(sealed.subarray(from, from + PIECE_BYTES)));
    if (pace.spend(PIECE_BYTES)) await pace.rest();
  }
  const lock: Lock = { ...parameters, data, checksum: '' };
  const locked = { ...lock, checksum: lockChecksum(lock) };
  return toBytes(canonical({ application, exportedAt, format: FORMAT, locked, version: BUNDLE_VERSION }));
}

/**
 * Opens an encrypted export. The bytes inside then go through `checkFile` like any other file.
 *
 * @returns `wrong-passphrase` when the seal does not open: damage was already told by the lock's checksum
 */
export async function unlockBundle(
  lock: Lock,
  passphrase: string,
  { subtle, ...paceOptions }: PaceOptions & { subtle: LockSubtle },
): Promise<{ kind: 'unlocked'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'wrong-passphrase' }> {
  const pace = createPace(paceOptions);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (const piece of lock.data) {
    pieces.push(fromBase64(piece));
    if (pace.spend(4 * piece.length)) await pace.rest();
  }
  const key = await keyOf(passphrase, lock, subtle);
  try {
    const bytes = await subtle.decrypt(sealing(lock), key, await new Blob(pieces).arrayBuffer());
    return { kind: 'unlocked', bytes: new Uint8Array(bytes) };
  } catch (error) {
    if (error instanceof Error && error.name === 'OperationError') return { kind: 'wrong-passphrase' };
    throw error;
  }
}

type Parameters = Omit<Lock, 'checksum' | 'data'>;

async function keyOf(
  passphrase: string,
  { cipher, hash, iterations, kdf, salt }: Parameters,
  subtle: LockSubtle,
): Promise<CryptoKey> {
  // The same letters typed on another system may come as other code units.
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await subtle.importKey('raw', secret, kdf, false, ['deriveKey']);
  const derivation = { name: kdf, hash, iterations, salt: fromBase64(salt) };
  return subtle.deriveKey(derivation, base, { name: cipher, length: 256 }, false, ['encrypt', 'decrypt']);
}

function sealing(parameters: Parameters): AesGcmParams {
  const { cipher, hash, iterations, iv, kdf, salt } = parameters;
  const additionalData = toBytes(lockParameters({ cipher, hash, iterations, iv, kdf, salt }));
  return { name: cipher, iv: fromBase64(iv), additionalData };
}
