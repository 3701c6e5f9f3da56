import type { Process } from './process.ts';
import { isDelivered } from './step.ts';
import { FaultEvent, FaultTarget } from './target.ts';
import { FaultTransaction } from './transaction.ts';

/** A connection whose transactions and events are steps. */
export class FaultDatabase extends FaultTarget {
  readonly real: IDBDatabase;
  /** Counts the connections of a world from 1. */
  readonly connection: number;
  onversionchange: unknown = null;
  onclose: unknown = null;
  onabort: unknown = null;
  onerror: unknown = null;
  readonly #process: Process;
  readonly #waiting: { transaction: FaultTransaction; start: () => void }[] = [];
  #closed = false;
  #upgrade: FaultTransaction | undefined;
  readonly #stopListening: () => void;
  readonly #onClosed: () => void;

  constructor(real: IDBDatabase, process: Process, onClosed: () => void) {
    super();
    this.real = real;
    this.#process = process;
    this.#onClosed = onClosed;
    this.connection = process.steps.nextConnection();
    this.#stopListening = process.onKill(() => this.#closeReal());
    real.addEventListener('versionchange', (event) => this.#tell('versionchange', event));
    real.addEventListener('close', () => this.lose());
  }

  get name(): string {
    return this.real.name;
  }

  get version(): number {
    return this.real.version;
  }

  get objectStoreNames(): DOMStringList {
    return this.real.objectStoreNames;
  }

  createObjectStore(name: string): unknown {
    const upgrade = this.#upgrade;
    if (!upgrade) throw new DOMException('Not in an upgrade.', 'InvalidStateError');
    this.real.createObjectStore(name);
    return upgrade.objectStore(name);
  }

  deleteObjectStore(name: string): void {
    this.real.deleteObjectStore(name);
  }

  beginUpgrade(real: IDBTransaction): FaultTransaction {
    const options = { scope: ['upgrade'], mode: 'versionchange', durability: 'default' } as const;
    const upgrade = new FaultTransaction(this, this.#process, { ...options, scope: [...options.scope] });
    this.#upgrade = upgrade;
    upgrade.start(real);
    return upgrade;
  }

  transaction(
    stores: string | string[],
    mode: IDBTransactionMode = 'readonly',
    options: { durability?: IDBTransactionDurability } = {},
  ): FaultTransaction {
    const scope = typeof stores === 'string' ? [stores] : [...stores];
    const durability = options.durability ?? 'default';
    const transaction = new FaultTransaction(this, this.#process, { scope, mode, durability });
    const fault = this.#process.step('transaction', scope.join('+'), {
      method: mode,
      connection: this.connection,
    });
    if (this.#process.dead) return transaction;
    if (this.#closed || fault?.kind === 'error') {
      throw new DOMException(
        'The database connection is closing.',
        fault?.kind === 'error' ? fault.name : 'InvalidStateError',
      );
    }
    const { gate } = this.#process;
    const start = () => transaction.start(this.real.transaction(scope, mode, options));
    if (gate) {
      const missing = scope.find((name) => !this.objectStoreNames.contains(name));
      if (missing !== undefined) throw new DOMException(`No object store ${missing}`, 'NotFoundError');
      this.#waiting.push({ transaction, start });
      gate(`start ${mode}`, () => this.startNow(transaction));
    } else {
      start();
    }
    if (fault?.kind === 'hang') transaction.hang();
    return transaction;
  }

  /** The world lets a transaction start, or something that cannot wait (an abort) makes it. */
  startNow(transaction: FaultTransaction): void {
    const index = this.#waiting.findIndex((waiting) => waiting.transaction === transaction);
    if (index < 0 || this.#process.dead) return;
    const [waiting] = this.#waiting.splice(index, 1);
    waiting?.start();
    if (this.#closed && this.#waiting.length === 0) this.#closeReal();
  }

  ended(transaction: FaultTransaction): void {
    if (transaction === this.#upgrade) this.#upgrade = undefined;
  }

  close(): void {
    this.#closed = true;
    if (this.#waiting.length === 0) this.#closeReal();
  }

  /** The platform takes the connection away: `close` is fired, and it cannot be used any more (F02, F12). */
  lose(): void {
    if (this.#closed || this.#process.dead) return;
    this.close();
    this.tellClosed();
  }

  tellClosed(): void {
    const fault = this.#process.step('close', this.name, { connection: this.connection });
    if (isDelivered(fault)) this.emit(new FaultEvent('close'));
  }

  #tell(type: 'versionchange', event: IDBVersionChangeEvent): void {
    const fault = this.#process.step(type, this.name, { connection: this.connection });
    if (!isDelivered(fault)) return;
    this.emit(new FaultEvent(type, { oldVersion: event.oldVersion, newVersion: event.newVersion }));
  }

  #closeReal(): void {
    this.#stopListening();
    this.real.close();
    this.#onClosed();
  }
}
