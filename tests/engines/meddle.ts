/** What a test wants to do to the real thing as it passes by. */
export interface Hooks {
  /** Right after `open()`, before the engine listens. */
  opening?(request: IDBOpenDBRequest): void;
  /** Each connection, before the engine has it. */
  database?(db: IDBDatabase): void;
  /** Each transaction. `options` is what was asked for. */
  transaction?(tx: IDBTransaction, options: IDBTransactionOptions | undefined): void;
}

/** A real factory with hooks: everything still runs on the real database, also in a browser. */
export function meddle(factory: IDBFactory, hooks: Hooks): IDBFactory {
  const patch = (db: IDBDatabase) => {
    const begin = db.transaction.bind(db);
    db.transaction = (kinds, mode, options) => {
      const tx = begin(kinds, mode, options);
      hooks.transaction?.(tx, options);
      return tx;
    };
    hooks.database?.(db);
  };
  return {
    cmp: (first, second) => factory.cmp(first, second),
    deleteDatabase: (name) => factory.deleteDatabase(name),
    databases: () => factory.databases(),
    open(name, version) {
      const request = factory.open(name, version);
      request.addEventListener('success', () => patch(request.result));
      hooks.opening?.(request);
      return request;
    },
  };
}

/** Keeps events of one type from whoever listens later. */
export function withhold(target: EventTarget, type: string): void {
  target.addEventListener(type, (event) => event.stopImmediatePropagation());
}
