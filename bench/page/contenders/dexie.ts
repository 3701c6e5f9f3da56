import { Dexie, type Table } from 'dexie';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';

/** The whole collection as one value, as an app that keeps documents does. */
export const dexie: Contender = {
  async open() {
    const database = new Dexie('dexie');
    database.version(1).stores({ documents: '' });
    const documents: Table<unknown, string> = database.table('documents');
    const put = async (key: string, value: unknown) => void (await documents.put(value, key));
    return {
      fill: (templates) => put('templates', templates),
      save: (templates) => put('templates', templates),
      load: async () => (await documents.get('templates')) as Template[],
      saveSettings: (settings) => put('settings', settings),
      loadSettings: async () => (await documents.get('settings')) as Settings,
    };
  },
};

/** A row for each template, as Dexie is meant to be used. It keeps nothing of what it replaces. */
export const dexieRows: Contender = {
  async open() {
    const database = new Dexie('dexie-rows');
    database.version(1).stores({ templates: 'id', documents: '' });
    const templates: Table<Template, string> = database.table('templates');
    const documents: Table<Settings, string> = database.table('documents');
    return {
      fill: async (all) => void (await templates.bulkPut([...all])),
      save: async (all, at) => void (await templates.put(all[at] as Template)),
      load: () => templates.toArray(),
      saveSettings: async (settings) => void (await documents.put(settings, 'settings')),
      loadSettings: () => documents.get('settings'),
    };
  },
};
