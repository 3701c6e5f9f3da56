import type { OpenDialog } from '../../../src/client/dialogs.ts';
import { filesOf } from '../../../src/client/service/filesOf.ts';
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
    let imports = 0;
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
      async exportFile() {
        const persistence = await ready();
        const exporting = persistence.openExport('bench.json');
        const dialog = await opened(persistence, 'export');
        dialog.send({ type: 'EXPORT', passphrase: null });
        const result = await exporting;
        if (result?.kind !== 'exported') throw new Error(`The export is ${result?.kind}`);
        return result.file.bytes;
      },
      async openEmpty() {
        imports += 1;
        const empty = await openPersistence(`${NAME}-${imports}`);
        return {
          async importFile(bytes) {
            const importing = empty.openImport({ kind: 'bytes', bytes });
            const dialog = await opened(empty, 'import');
            dialog.subscribe((snapshot) => {
              if (snapshot.can({ type: 'CONTINUE' })) dialog.send({ type: 'CONTINUE' });
              else if (snapshot.can({ type: 'CLOSE' })) dialog.send({ type: 'CLOSE' });
            });
            const result = await importing;
            if (result?.kind !== 'imported') throw new Error(`The import is ${result?.kind}`);
          },
          async count() {
            const view = empty.records(templates).getSnapshot();
            return view.kind === 'ready' ? view.records.length : -1;
          },
        };
      },
      loadSettings: () =>
        afresh((fresh) => {
          const view = fresh.document(settings, SETTINGS_ID).getSnapshot();
          return view.kind === 'open' ? (view.data as unknown as Settings) : undefined;
        }),
    };
  },
};

/** The dialog that was asked for, once its part of the app is there. */
async function opened<M extends 'import' | 'export'>(persistence: Persistence, machine: M) {
  for (;;) {
    const dialog = persistence.dialog.getSnapshot();
    if (dialog?.machine === machine) return dialog.actor as Extract<OpenDialog, { machine: M }>['actor'];
    await new Promise<void>((resolve) => {
      const stop = persistence.dialog.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}

async function openPersistence(name = NAME): Promise<Persistence> {
  const persistence = createPersistence({
    name,
    stores: [templates, settings],
    engines: [createIndexedDbEngine(environment, name)],
    environment,
    // A file of one library is taken into the other.
    files: async () => filesOf(NAME, [templates, settings]),
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
