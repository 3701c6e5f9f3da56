import { checkFile, refuseBySize } from '../../bundle/checkFile.ts';
import { lockBundle, unlockBundle } from '../../bundle/lockBundle.ts';
import type { PaceOptions } from '../../bundle/pace.ts';
import { StorageError } from '../../engines/errors.ts';
import { digestWith } from '../../vault/sha256.ts';
import type { ImportHands } from './hands.ts';

export type Sealing =
  | { readonly kind: 'sealed'; readonly file: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'mismatched' };

/**
 * Encrypts an export, opens it again with the same passphrase, and compares: nobody gets a file that they cannot open.
 *
 * @returns `mismatched` when it does not open as what went in; `too-large`: encrypted, it is a third larger
 * @throws StorageError `denied` where this page cannot encrypt
 */
export async function sealed(
  { crypto, domain, environment }: ImportHands,
  {
    bytes,
    passphrase,
    exportedAt,
    options,
  }: { bytes: Uint8Array<ArrayBuffer>; passphrase: string; exportedAt: string; options: PaceOptions },
): Promise<Sealing> {
  if (!crypto) throw new StorageError('denied', 'Only a secure page can encrypt');
  const { subtle, randomBytes } = crypto;
  const { application } = domain;
  const file = await lockBundle(bytes, passphrase, {
    ...options,
    subtle,
    randomBytes,
    application,
    exportedAt,
  });
  if (refuseBySize(file.length)) return { kind: 'too-large', sizeBytes: file.length };
  const digest = digestWith(environment.subtle);
  const checked = await checkFile(file, domain, { ...options, digest, now: environment.now() });
  if (checked.kind !== 'locked') return { kind: 'mismatched' };
  const opened = await unlockBundle(checked.lock, passphrase, { ...options, subtle });
  const isSame = opened.kind === 'unlocked' && (await digest(opened.bytes)) === (await digest(bytes));
  return isSame ? { kind: 'sealed', file } : { kind: 'mismatched' };
}
