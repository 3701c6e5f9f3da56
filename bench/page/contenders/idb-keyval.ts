import { get, set } from 'idb-keyval';
import type { Contender } from '../contender.ts';

export const idbKeyval: Contender = {
  async open() {
    return {
      fill: (templates) => set('templates', templates),
      save: (templates) => set('templates', templates),
      load: async () => (await get('templates')) ?? [],
      saveSettings: (settings) => set('settings', settings),
      loadSettings: () => get('settings'),
    };
  },
};
