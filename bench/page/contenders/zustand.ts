import { createStore as createKeyval, get, set, type UseStore } from 'idb-keyval';
import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';

interface State {
  templates: readonly Template[];
  settings: Settings | undefined;
}

/** The persist middleware over IndexedDB, as its documentation shows: the whole state as one JSON text. */
export const zustand: Contender = {
  async open() {
    const keyval = createKeyval('zustand', 'state');
    const writes: Writes = { last: Promise.resolve() };
    const make = () => makeStore(keyval, writes);
    const store = make();
    const write = async (part: Partial<State>) => {
      store.setState(part);
      await writes.last;
    };
    /** A fresh store reads what is stored; the one in use would answer from memory. */
    const read = async () => {
      const fresh = make();
      await fresh.persist.rehydrate();
      return fresh.getState();
    };
    await store.persist.rehydrate();
    return {
      fill: (templates) => write({ templates }),
      save: (templates) => write({ templates }),
      load: async () => (await read()).templates,
      saveSettings: (settings) => write({ settings }),
      loadSettings: async () => (await read()).settings,
    };
  },
};

interface Writes {
  /** The middleware does not say when it has written; its storage does. */
  last: Promise<void>;
}

function makeStore(keyval: UseStore, writes: Writes) {
  return createStore<State>()(
    persist<State>(() => ({ templates: [], settings: undefined }), {
      name: 'state',
      skipHydration: true,
      storage: createJSONStorage(() => ({
        getItem: async (name) => (await get(name, keyval)) ?? null,
        setItem: (name, value) => {
          writes.last = set(name, value, keyval);
          return writes.last;
        },
        removeItem: () => {},
      })),
    }),
  );
}
