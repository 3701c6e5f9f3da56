/** Tells listeners that something changed; what, they look up. */
export interface Emitter {
  subscribe(listener: () => void): () => void;
  tell(): void;
}

export function createEmitter(): Emitter {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      // Its own function each time: the same listener may be given twice.
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
  };
}
