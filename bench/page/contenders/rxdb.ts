import { createRxDatabase, type RxCollection } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';

const text = { type: 'string' } as const;
const templateSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 100 },
    name: text,
    description: text,
    messageType: text,
    content: text,
    tags: { type: 'array', items: text },
    createdAt: text,
    updatedAt: text,
  },
} as const;
const settingsSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 100 }, value: { type: 'object' } },
} as const;

/** A document for each template, in the free storage. It answers queries from memory once it has read them. */
export const rxdb: Contender = {
  async open() {
    const database = await createRxDatabase({
      name: 'rxdb',
      storage: getRxStorageDexie(),
      multiInstance: false,
    });
    const { templates, settings } = (await database.addCollections({
      templates: { schema: templateSchema },
      settings: { schema: settingsSchema },
    })) as unknown as {
      templates: RxCollection<Template>;
      settings: RxCollection<{ id: string; value: Settings }>;
    };
    return {
      fill: async (all) => void (await templates.bulkInsert([...all])),
      save: async (all, at) => void (await templates.incrementalUpsert(all[at] as Template)),
      load: async () =>
        (await templates.find().exec()).map((document) => document.toMutableJSON() as Template),
      saveSettings: async (value) => void (await settings.incrementalUpsert({ id: 'settings', value })),
      loadSettings: async () => (await settings.findOne('settings').exec())?.toMutableJSON().value,
    };
  },
};
