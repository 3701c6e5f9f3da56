/**
 * How much is done between two pauses, in characters read once: about 5 ms of work on a slow laptop. Long enough that
 * pausing costs nothing, short enough that a page answers (no task over 50 ms).
 */
export const CHARACTERS_BETWEEN_PAUSES = 262_144;

/** Lets a page breathe while a large file is read or written, and lets a person give up. */
export interface Pace {
  /** Counts work done. True when it is time to `rest`. */
  spend(characters: number): boolean;
  /** @throws the signal's reason, when somebody gave up */
  rest(): Promise<void>;
}

export interface PaceOptions {
  /** Resolves in a later task, so that the page can paint and answer. Absent in a worker: there is nobody to wait for. */
  readonly pause?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function createPace({ pause, signal }: PaceOptions): Pace {
  let spent = 0;
  return {
    spend(characters) {
      spent += characters;
      return spent >= CHARACTERS_BETWEEN_PAUSES;
    },
    async rest() {
      spent = 0;
      signal?.throwIfAborted();
      await pause?.();
      signal?.throwIfAborted();
    },
  };
}
