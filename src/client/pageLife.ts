import type { Environment } from '../environment.ts';

interface Hands {
  /** Keeps what is not stored yet where a dying page still can, synchronously. */
  writeJournal(): void;
  /** Saves what is edited, now. */
  saveAll(): void;
  /** Lets go of connection, channel and workers, without waiting for anything. */
  letGo(): void;
  /** Takes them up again, and looks what happened meanwhile. */
  takeUp(): void;
}

/**
 * Follows the life of the page. Hidden: the last moment that a phone is sure to give, so all is saved. Leaving: only what
 * is synchronous, and no IndexedDB (F11). Back from the cache: everything is opened again, and compared (F59).
 *
 * @returns how to stop following
 */
export function followPage({ page }: Pick<Environment, 'page'>, hands: Hands): () => void {
  let isAway = false;
  const stops = [
    page?.onHidden(() => {
      hands.writeJournal();
      // Browsers say "hidden" once more after "leaving".
      if (!isAway) hands.saveAll();
    }),
    page?.onLeaving(() => {
      isAway = true;
      hands.writeJournal();
      hands.letGo();
    }),
    page?.onReturned(() => {
      isAway = false;
      hands.takeUp();
    }),
  ];
  return () => {
    for (const stop of stops) stop?.();
  };
}
