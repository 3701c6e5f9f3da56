import type { FileCheck, IntakeSource, Unlocking } from '../../machines/intake.types.ts';
import { checkFile as check, refuseBySize } from '../bundle/checkFile.ts';
import { unlockBundle as unlock } from '../bundle/lockBundle.ts';
import type { Lock } from '../bundle/lockShape.ts';
import { StorageError } from '../engines/errors.ts';
import { digestWith } from '../vault/sha256.ts';
import type { ImportHands } from './importing/hands.ts';
import { inSteps } from './importing/inSteps.ts';
import { readSource } from './importing/readSource.ts';

/** Checking a file costs about as much as looking at each of its characters so many times (measured). */
const CHECKING = 4;

/**
 * Reads what a person chose, once, and says what is in it. Writes nothing.
 *
 * @throws StorageError `transient` when the file cannot be read; Timeout when reading it does not end
 */
export async function checkFile(
  hands: ImportHands,
  { source }: { source: IntakeSource | null },
  signal: AbortSignal,
): Promise<FileCheck> {
  if (!source) throw new StorageError('programmer', 'There is nothing to check');
  const sizeBytes = source.kind === 'file' ? source.file.size : source.bytes.length;
  const tooLarge = refuseBySize(sizeBytes);
  if (tooLarge) return { kind: 'refused', refused: tooLarge, hash: '' };
  const { domain, environment } = hands;
  const digest = digestWith(environment.subtle, 0);
  return inSteps(
    hands,
    { service: 'checkFile', signal, characters: CHECKING * sizeBytes },
    async (options) => {
      const bytes = await readSource(source);
      const hash = await digest(bytes);
      const checked = await check(bytes, domain, { ...options, digest, now: environment.now() });
      switch (checked.kind) {
        case 'accepted':
          return { kind: 'accepted', accepted: checked, hash };
        case 'refused':
          return { kind: 'refused', refused: checked, hash };
        case 'locked':
          return checked;
      }
    },
  );
}

/**
 * Opens an encrypted export. There is no limit to how often it is tried, and the passphrase is kept nowhere.
 *
 * @throws StorageError `denied` where this page cannot decrypt anything
 */
export async function unlockBundle(
  hands: ImportHands,
  { lock, passphrase }: { lock: Lock | null; passphrase: string },
  signal: AbortSignal,
): Promise<Unlocking> {
  if (!hands.crypto) throw new StorageError('denied', 'Only a secure page can decrypt');
  if (!lock) throw new StorageError('programmer', 'There is nothing to open');
  const { subtle } = hands.crypto;
  const characters = 4 * lock.data.reduce((sum, piece) => sum + piece.length, 0);
  return inSteps(hands, { service: 'unlockBundle', signal, characters }, (options) =>
    unlock(lock, passphrase, { subtle, ...options }),
  );
}
