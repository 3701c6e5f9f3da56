import type { AnyStore } from '../../../src/client/store.ts';
import { createPersistence, type Persistence } from '../../../src/client.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';
import { environment } from './environment.ts';
import { NAME } from './rules.ts';
import { SETTINGS_ID, settings, templates } from './stores.ts';
import { vault } from './vault.ts';

/** What an app gets: machines, vault and engine, through the public facade. Verified, undoable, strict. */
export const ours: Contender = {
  async open() {
    let persistence: Persistence | undefined;
    const ready = async () => {
      persistence ??= await openPersistence();
      return persistence;
    };
    const save = async (store: AnyStore, id: string) => {
      const { kind } = await (await ready()).save(store, id);
      if (kind !== 'saved') throw new Error(`The save says ${kind}`);
    };
    /** A facade of its own reads what is stored; the one in use would answer from memory. */
    const afresh = async <T>(read: (fresh: Persistence) => T): Promise<T> => {
      const fresh = await openPersistence();
      const result = read(fresh);
      void fresh.close();
      return result;
    };

    return {
      // There is no bulk save in the facade; a file is imported instead. What is stored is the same.
      async fill(all) {
        const below = await vault.open();
        await below.fill(all);
        await below.saveSettings({ theme: 'light', fontSize: 14, favourites: [], edits: 0 });
        await below.fold?.();
      },
      async save(all, at) {
        const template = all[at] as Template;
        (await ready()).edit(templates, template.id, { ...template });
        await save(templates, template.id);
      },
      load: () =>
        afresh((fresh) => {
          const view = fresh.records(templates).getSnapshot();
          if (view.kind !== 'ready') throw new Error(`The records are ${view.kind}`);
          return view.records.map(({ data }) => data as unknown as Template);
        }),
      async saveSettings(value) {
        (await ready()).edit(settings, SETTINGS_ID, { ...value });
        await save(settings, SETTINGS_ID);
      },
      loadSettings: () =>
        afresh((fresh) => {
          const view = fresh.document(settings, SETTINGS_ID).getSnapshot();
          return view.kind === 'open' ? (view.data as unknown as Settings) : undefined;
        }),
    };
  },
};

async function openPersistence(): Promise<Persistence> {
  const persistence = createPersistence({
    name: NAME,
    stores: [templates, settings],
    engines: [createIndexedDbEngine(environment, NAME)],
    environment,
  });
  const { load } = persistence;
  if (load.getSnapshot().kind === 'loading') {
    await new Promise<void>((resolve) => {
      const stop = load.subscribe(() => {
        if (load.getSnapshot().kind === 'loading') return;
        stop();
        resolve();
      });
    });
  }
  const { kind } = load.getSnapshot();
  if (kind !== 'ready') throw new Error(`The load says ${kind}`);
  return persistence;
}
