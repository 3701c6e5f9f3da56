import { createStore, type Row } from 'tinybase';
import { createIndexedDbPersister } from 'tinybase/persisters/persister-indexed-db';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';

/** A table of templates; the persister writes all tables at each save. */
export const tinybase: Contender = {
  async open() {
    const store = createStore();
    const persister = createIndexedDbPersister(store, 'tinybase');
    /** A fresh store reads what is stored; the one in use would answer from memory. */
    const read = async () => {
      const fresh = createStore();
      const reading = createIndexedDbPersister(fresh, 'tinybase');
      await reading.load();
      await reading.destroy();
      return fresh;
    };
    await persister.load();
    return {
      async fill(templates) {
        store.setTable('templates', Object.fromEntries(templates.map((one) => [one.id, { ...one } as Row])));
        await persister.save();
      },
      async save(templates, at) {
        const template = templates[at] as Template;
        store.setRow('templates', template.id, { ...template } as Row);
        await persister.save();
      },
      load: async () => Object.values((await read()).getTable('templates')) as unknown as Template[],
      async saveSettings(settings) {
        store.setValue('settings', JSON.stringify(settings));
        await persister.save();
      },
      loadSettings: async () => JSON.parse((await read()).getValue('settings') as string) as Settings,
    };
  },
};
