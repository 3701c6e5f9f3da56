import localforage from 'localforage';
import type { Contender } from '../contender.ts';

export const localForage: Contender = {
  async open() {
    const store = localforage.createInstance({ name: 'localforage', driver: localforage.INDEXEDDB });
    await store.ready();
    return {
      fill: async (templates) => void (await store.setItem('templates', templates)),
      save: async (templates) => void (await store.setItem('templates', templates)),
      load: async () => (await store.getItem('templates')) ?? [],
      saveSettings: async (settings) => void (await store.setItem('settings', settings)),
      loadSettings: async () => (await store.getItem('settings')) ?? undefined,
    };
  },
};
