import { useSyncExternalStore } from 'react';

/** A place for one thing to be shown, that can be filled from outside React: a dialog asked for by a command. */
export interface Slot<Value> {
  get(): Value | null;
  set(value: Value | null): void;
  subscribe(listener: () => void): () => void;
}

export function createSlot<Value>(): Slot<Value> {
  const listeners = new Set<() => void>();
  let current: Value | null = null;
  return {
    get: () => current,
    set(value) {
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useSlot<Value>(slot: Slot<Value>): Value | null {
  return useSyncExternalStore(slot.subscribe, slot.get);
}
