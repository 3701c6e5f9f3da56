import PouchDB from 'pouchdb-browser';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';

/** A document for each template, with the revision tree that it keeps for replication. */
export const pouchdb: Contender = {
  async open() {
    const database = new PouchDB('pouchdb');
    const revisions = new Map<string, string>();
    const all = { include_docs: true, startkey: 't-', endkey: 't-\uffff' } as const;

    // A save must name the revision that the one before it got, so they wait for each other.
    let last: Promise<void> = Promise.resolve();
    const put = (id: string, value: unknown) => {
      last = last.then(async () => {
        const rev = revisions.get(id);
        const written = await database.put(rev ? { _id: id, _rev: rev, value } : { _id: id, value });
        revisions.set(id, written.rev);
      });
      return last;
    };
    return {
      async fill(templates) {
        const written = await database.bulkDocs(templates.map((value) => ({ _id: value.id, value })));
        for (const { id, rev } of written) revisions.set(id, rev);
      },
      save: (templates, at) => put((templates[at] as Template).id, templates[at]),
      load: async () => (await database.allDocs(all)).rows.map(({ doc }) => doc.value as Template),
      saveSettings: (settings) => put('settings', settings),
      loadSettings: async () => (await database.get('settings')).value as Settings,
    };
  },
};
