import { FaultCursor, teachCursorMoves } from './cursor.ts';
import { FaultDatabase } from './database.ts';
import type { Process } from './process.ts';
import { FaultOpenRequest, FaultRequest } from './request.ts';
import { isDelivered } from './step.ts';
import { FaultStore } from './store.ts';
import { FaultEvent, standIn } from './target.ts';
import { FaultTransaction } from './transaction.ts';

let taught = false;

/** Once a realm: libraries ask `instanceof`, and find a cursor's moves by identity. */
function teachPlatform(): void {
  if (taught) return;
  taught = true;
  standIn(FaultOpenRequest, IDBOpenDBRequest);
  standIn(FaultRequest, IDBRequest);
  standIn(FaultTransaction, IDBTransaction);
  standIn(FaultDatabase, IDBDatabase);
  standIn(FaultStore, IDBObjectStore);
  standIn(FaultCursor, IDBCursor);
  teachCursorMoves(IDBCursor);
}

/**
 * IndexedDB as one process sees it, with a numbered step wherever a fault can strike. With no rule armed it is
 * transparent: `semantics.ts` says what that means.
 */
export class FaultFactory {
  readonly #real: IDBFactory;
  readonly #process: Process;
  readonly #databases = new Set<FaultDatabase>();

  constructor(real: IDBFactory, process: Process) {
    teachPlatform();
    this.#real = real;
    this.#process = process;
  }

  /** The connections this process holds. */
  get connections(): readonly FaultDatabase[] {
    return [...this.#databases];
  }

  cmp(first: unknown, second: unknown): number {
    return this.#real.cmp(first, second);
  }

  async databases(): Promise<IDBDatabaseInfo[]> {
    const fault = this.#process.step('databases', '');
    if (fault?.kind === 'crash' || fault?.kind === 'hang') return new Promise(() => undefined);
    if (fault?.kind === 'error') throw new DOMException('Injected', fault.name);
    return this.#real.databases();
  }

  open(name: string, version?: number): FaultOpenRequest {
    const request = new FaultOpenRequest();
    const fault = this.#process.step('open', name);
    if (fault?.kind === 'crash' || fault?.kind === 'hang') return request;
    if (fault?.kind === 'error') {
      this.#refuse(
        request,
        new DOMException(
          fault.message ?? 'Internal error opening backing store for indexedDB.open.',
          fault.name,
        ),
      );
      return request;
    }
    this.#follow(request, this.#real.open(name, version), name);
    return request;
  }

  deleteDatabase(name: string): FaultOpenRequest {
    const request = new FaultOpenRequest();
    const fault = this.#process.step('open', name, { method: 'deleteDatabase' });
    if (fault) return request;
    this.#follow(request, this.#real.deleteDatabase(name), name);
    return request;
  }

  #refuse(request: FaultOpenRequest, error: DOMException): void {
    const soon = typeof setImmediate === 'function' ? setImmediate : setTimeout;
    soon(() => {
      if (this.#process.dead) return;
      request.refuse(error);
      request.emit(new FaultEvent('error', { bubbles: true, cancelable: true }));
    });
  }

  #follow(request: FaultOpenRequest, real: IDBOpenDBRequest, name: string): void {
    let database: FaultDatabase | undefined;
    const wrap = (): FaultDatabase => {
      if (database) return database;
      const made: FaultDatabase = new FaultDatabase(real.result, this.#process, () =>
        this.#databases.delete(made),
      );
      this.#databases.add(made);
      database = made;
      return made;
    };
    real.addEventListener('upgradeneeded', (event) => {
      const { transaction } = real;
      if (!transaction) return;
      if (this.#process.dead) return transaction.abort();
      const upgrade = wrap().beginUpgrade(transaction);
      const fault = this.#process.step('upgradeneeded', name);
      if (fault?.kind === 'crash') return;
      if (fault?.kind === 'error') return transaction.abort();
      if (fault?.kind === 'hang') {
        // What has no object store cannot be held open; this one goes when the upgrade is rolled back.
        real.result.createObjectStore('~hang');
        upgrade.hang();
        return;
      }
      request.answer(database);
      request.transaction = upgrade;
      const { oldVersion, newVersion } = event;
      request.emit(new FaultEvent('upgradeneeded', { oldVersion, newVersion }));
    });
    real.addEventListener('blocked', (event) => {
      if (!isDelivered(this.#process.step('blocked', name))) return;
      const { oldVersion, newVersion } = event;
      request.emit(new FaultEvent('blocked', { oldVersion, newVersion }));
    });
    real.addEventListener('success', () => this.#opened(request, real, name, wrap));
    real.addEventListener('error', (event) => {
      event.preventDefault();
      // A failed upgrade closes its connection.
      if (database) this.#databases.delete(database);
      const fault = this.#process.step('openFailed', name);
      if (!isDelivered(fault)) return;
      request.transaction = null;
      request.refuse(real.error ?? new DOMException('Open failed', 'UnknownError'));
      request.emit(new FaultEvent('error', { bubbles: true, cancelable: true }));
    });
  }

  #opened(request: FaultOpenRequest, real: IDBOpenDBRequest, name: string, wrap: () => FaultDatabase): void {
    const isDatabase = real.result !== undefined;
    const fault = this.#process.step('opened', name);
    if (fault?.kind === 'hang') {
      // The page never hears of it, yet its connection stays open and blocks upgrades until the page ends.
      if (isDatabase) this.#process.onKill(() => real.result.close());
      return;
    }
    if (fault) {
      if (isDatabase) real.result.close();
      if (fault.kind === 'error') this.#refuse(request, new DOMException('Injected', fault.name));
      return;
    }
    request.transaction = null;
    request.answer(isDatabase ? wrap() : undefined);
    request.emit(new FaultEvent('success'));
  }
}

/** The factory as the product's types know it. */
export function asFactory(factory: FaultFactory): IDBFactory {
  return factory as unknown as IDBFactory;
}
