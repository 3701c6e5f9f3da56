export type PersistenceErrorCode =
  /** Nothing was verified, so nothing is known: `finding` says why. Also while what is stored is shown read-only. */
  | 'unavailable'
  /** No store has that name. */
  | 'unknownKey'
  /** What was to be saved is not what its store holds. Nothing was written. */
  | 'invalid'
  /** Another tab or an editor changed the same records. Load, and decide. */
  | 'conflicted'
  /** A store would shrink to less than half, or to nothing: ask, then say `agreed`. */
  | 'wouldShrink'
  /** Other tabs went on so far that their way cannot be followed: load the page again. */
  | 'behind'
  /** Written by a newer build. */
  | 'newer'
  /** No room, also after old copies were let go. */
  | 'full'
  /** Proven not to have been stored. */
  | 'failed'
  /** It may have been stored. */
  | 'unsure'
  /** Edits on screen cannot be saved, and they are not thrown away. */
  | 'unsaved'
  /** There is no such backup (any more). */
  | 'unknownBackup'
  /** It is there, and what it holds cannot be proven. Nothing was changed. */
  | 'damagedBackup'
  /** Nobody could read the file again: export in parts. */
  | 'tooLarge';

/** Why the service did not do what it was asked. Carries no stored content (I22). */
export class PersistenceError extends Error {
  override readonly name = 'PersistenceError';
  readonly code: PersistenceErrorCode;
  /** Why nothing can be loaded, where that is why. */
  readonly finding: { readonly code: string } | null;

  constructor(
    code: PersistenceErrorCode,
    { cause, finding = null }: { cause?: unknown; finding?: { readonly code: string } | null } = {},
  ) {
    super(`The data service says: ${code}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.finding = finding;
  }
}
