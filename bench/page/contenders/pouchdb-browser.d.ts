/** The parts of the package that are used here; its own types are for another entry. */
declare module 'pouchdb-browser' {
  interface Stored {
    _id: string;
    _rev?: string;
    value: unknown;
  }
  export default class PouchDB {
    constructor(name: string);
    put(document: Stored): Promise<{ rev: string }>;
    bulkDocs(documents: Stored[]): Promise<{ id: string; rev: string }[]>;
    allDocs(options: {
      include_docs: true;
      startkey: string;
      endkey: string;
    }): Promise<{ rows: { id: string; doc: Stored }[] }>;
    get(id: string): Promise<Stored>;
  }
}
