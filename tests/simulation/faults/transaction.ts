import type { FaultDatabase } from './database.ts';
import type { Process, Written } from './process.ts';
import { FaultRequest } from './request.ts';
import type { Fault, StepKind } from './step.ts';
import { FaultStore } from './store.ts';
import { FaultEvent, FaultTarget } from './target.ts';

/** No value has this key. Asking for it keeps a transaction alive, or tells that all before it has been answered. */
const NOTHING = '\u0000nothing';

export interface Issue {
  store: string;
  method: string;
  key?: unknown;
  sizeBytes?: number;
  /** Alters what is about to be written. */
  spoil?(): void;
  /** What it writes, for the journal of the world. */
  write?: Written;
  /** Asks the real store. Its errors, such as DataError, are the product's to see. */
  forward(real: IDBTransaction): IDBRequest;
  /** Turns the real answer into the product's. */
  wrap(result: unknown, request: FaultRequest): unknown;
  /** A cursor that moves on answers through the request it came from. */
  again?: FaultRequest;
}

function failure(fault: { name: string; message?: string }): DOMException {
  return new DOMException(fault.message ?? `Injected ${fault.name}`, fault.name);
}

/**
 * A transaction whose every request, answer and end is a step.
 *
 * The real one starts when the world lets it (its requests wait until then), and it is held open past the last
 * success by a request of our own: that is the moment between success and `complete`, which is otherwise out of reach.
 */
export class FaultTransaction extends FaultTarget {
  readonly db: FaultDatabase;
  readonly mode: IDBTransactionMode;
  readonly durability: IDBTransactionDurability;
  oncomplete: unknown = null;
  onabort: unknown = null;
  onerror: unknown = null;
  readonly #process: Process;
  readonly #scope: string[];
  #real: IDBTransaction | undefined;
  #waiting: (() => void)[] = [];
  readonly #writes: Written[] = [];
  #unanswered = 0;
  readonly #pending = new Set<FaultRequest>();
  readonly #issues = new WeakMap<FaultRequest, Issue>();
  #injected: DOMException | undefined;
  #hung = false;
  #committing = false;
  #ended = false;
  #active = true;
  #activations = 0;
  #stopListening: () => void;

  constructor(
    db: FaultDatabase,
    process: Process,
    options: { scope: string[]; mode: IDBTransactionMode; durability: IDBTransactionDurability },
  ) {
    super();
    this.db = db;
    this.#process = process;
    this.#scope = options.scope;
    this.mode = options.mode;
    this.durability = options.durability;
    this.#stopListening = process.onKill(() => this.vanish());
    this.#activate();
  }

  /**
   * Active until control returns to the event loop. Browsers insist on this; fake-indexeddb would let a page that
   * awaits something foreign go on, and so hide an early commit.
   */
  #activate(): void {
    this.#active = true;
    this.#activations += 1;
    const activation = this.#activations;
    if (typeof setImmediate !== 'function') return;
    setImmediate(() => {
      if (this.#activations === activation) this.#active = false;
    });
  }

  get error(): DOMException | null {
    return this.#injected ?? this.#real?.error ?? null;
  }

  get objectStoreNames(): DOMStringList {
    return (this.#real ?? this.db.real).objectStoreNames;
  }

  get started(): boolean {
    return this.#real !== undefined;
  }

  objectStore(name: string): FaultStore {
    if (this.#ended) throw new DOMException('The transaction has finished.', 'InvalidStateError');
    if (this.mode !== 'versionchange' && !this.#scope.includes(name)) {
      throw new DOMException('Not in the scope of this transaction.', 'NotFoundError');
    }
    return new FaultStore(this, name);
  }

  /** Binds the real transaction, and does what waited for it. */
  start(real: IDBTransaction): void {
    this.#real = real;
    real.addEventListener('complete', () => {
      const { gate, steps } = this.#process;
      if (this.#writes.length > 0) steps.journal.push({ durability: this.durability, writes: this.#writes });
      if (gate) gate('complete', () => this.#complete());
      else this.#complete();
    });
    real.addEventListener('abort', () => this.#abortArrived());
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const issue of waiting) issue();
    if (this.#hung) this.#beat();
  }

  /** A step without a request of its own; `undefined` when it goes on as usual. */
  step(kind: StepKind, on = this.#scope.join('+')): Fault | undefined {
    return this.#process.step(kind, on, { connection: this.db.connection });
  }

  issue(issue: Issue): FaultRequest {
    const request = issue.again ?? new FaultRequest();
    if (this.#process.dead) return request;
    if (this.#ended || this.#committing || !this.#active) {
      throw new DOMException('The transaction is not active.', 'TransactionInactiveError');
    }
    const { store, method, key, sizeBytes } = issue;
    const fault = this.#process.step('issue', store, {
      method,
      connection: this.db.connection,
      ...(key === undefined ? {} : { key }),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
    });
    if (fault?.kind === 'crash') return request;
    if (fault?.kind === 'spoil') issue.spoil?.();
    request.transaction = this;
    request.ask();
    this.#pending.add(request);
    this.#unanswered += 1;
    if (fault?.kind === 'hang') this.hang();
    else if (fault?.kind === 'error') this.#do(() => this.#refuseInTurn(request, failure(fault)));
    else this.#do((real) => this.#forward(real, request, issue));
    return request;
  }

  #do(task: (real: IDBTransaction) => void): void {
    const real = this.#real;
    if (real) task(real);
    else this.#waiting.push(() => this.#real && task(this.#real));
  }

  #forward(real: IDBTransaction, request: FaultRequest, issue: Issue): void {
    let asked: IDBRequest;
    try {
      asked = issue.forward(real);
      if (issue.write) this.#writes.push(issue.write);
    } catch (error) {
      this.#pending.delete(request);
      this.#unanswered -= 1;
      throw error;
    }
    this.#issues.set(request, issue);
    // Each move of a cursor fires on the one real request, which already has its listeners.
    if (issue.again) return;
    asked.addEventListener('success', () => {
      if (!this.#silent) this.#succeeded(request, this.#issues.get(request) ?? issue, asked.result);
    });
    asked.addEventListener('error', (event) => {
      event.stopPropagation();
      if (this.#silent) return;
      this.#failed(
        request,
        this.#issues.get(request) ?? issue,
        asked.error ?? failure({ name: 'UnknownError' }),
        event,
      );
    });
  }

  get #silent(): boolean {
    return this.#hung || this.#process.dead;
  }

  #succeeded(request: FaultRequest, issue: Issue, result: unknown): void {
    this.#unanswered -= 1;
    const fault = this.#process.step('success', issue.store, {
      method: issue.method,
      connection: this.db.connection,
    });
    if (fault?.kind === 'crash') return;
    if (fault?.kind === 'hang') {
      this.hang();
      return;
    }
    if (fault?.kind === 'error') {
      this.#refuse(request, failure(fault));
      return;
    }
    this.#pending.delete(request);
    request.answer(fault?.kind === 'end' ? null : issue.wrap(result, request));
    this.#activate();
    try {
      request.emit(new FaultEvent('success'));
    } catch (error) {
      this.#injected = new DOMException('A listener threw.', 'AbortError');
      this.#abortReal();
      throw error;
    }
    this.#askIfQuiet();
  }

  #failed(request: FaultRequest, issue: Issue, error: DOMException, event: Event): void {
    this.#unanswered -= 1;
    const fault = this.#process.step('error', issue.store, {
      method: issue.method,
      connection: this.db.connection,
    });
    if (fault?.kind === 'crash') return;
    if (fault?.kind === 'hang') {
      this.hang();
      return;
    }
    const ours = this.#announce(request, error);
    if (ours.defaultPrevented) event.preventDefault();
    this.#askIfQuiet();
  }

  /** An error in the place where the answer would have come, so that order and life of the transaction stay true. */
  #refuseInTurn(request: FaultRequest, error: DOMException): void {
    this.#hidden(() => {
      if (this.#silent) return;
      this.#unanswered -= 1;
      this.#refuse(request, error);
    });
  }

  #refuse(request: FaultRequest, error: DOMException): void {
    const event = this.#announce(request, error);
    if (event.defaultPrevented) {
      this.#askIfQuiet();
    } else {
      this.#injected ??= error;
      this.#abortReal();
    }
  }

  #announce(request: FaultRequest, error: DOMException): FaultEvent {
    this.#pending.delete(request);
    request.refuse(error);
    const event = new FaultEvent('error', { bubbles: true, cancelable: true });
    this.#activate();
    request.emit(event, [this, this.db]);
    return event;
  }

  #hidden(answered: () => void): void {
    const real = this.#real;
    const store = real?.objectStoreNames[0];
    if (!real || store === undefined) return;
    try {
      const request = real.objectStore(store).get(NOTHING);
      request.addEventListener('success', answered);
      request.addEventListener('error', (event) => event.stopPropagation());
    } catch {
      // It ended meanwhile: there is nothing left to hold open.
    }
  }

  #askIfQuiet(): void {
    if (this.#unanswered > 0 || this.#ended) return;
    this.#hidden(() => {
      if (this.#unanswered === 0 && !this.#silent) this.#aboutToCommit();
    });
  }

  #aboutToCommit(): void {
    const fault = this.step('commit');
    if (fault?.kind === 'hang') this.hang();
    if (fault?.kind !== 'error') return;
    this.#injected = failure(fault);
    this.#abortReal();
  }

  #complete(): void {
    if (this.#silent) return;
    const fault = this.step('complete');
    if (fault?.kind === 'crash') return;
    if (fault?.kind === 'hang') {
      this.hang();
      return;
    }
    this.#end();
    if (fault?.kind === 'error') {
      // It landed, but the answer is lost with the connection (F02).
      this.#injected = failure(fault);
      this.emit(new FaultEvent('abort', { bubbles: true }), [this.db]);
      this.db.lose();
    } else {
      this.emit(new FaultEvent('complete'));
    }
  }

  #abortArrived(): void {
    if (this.#process.dead || this.#ended) return;
    const fault = this.step('abort');
    if (fault?.kind === 'crash' || fault?.kind === 'hang') return;
    for (const request of [...this.#pending]) this.#announce(request, failure({ name: 'AbortError' }));
    this.#end();
    this.emit(new FaultEvent('abort', { bubbles: true }), [this.db]);
  }

  #end(): void {
    this.#ended = true;
    this.#stopListening();
    this.db.ended(this);
  }

  abort(): void {
    if (this.#process.dead) return;
    if (this.#ended) throw new DOMException('The transaction has finished.', 'InvalidStateError');
    this.db.startNow(this);
    this.#real?.abort();
  }

  /** Lets it commit once all has been answered; nothing more may be asked. */
  commit(): void {
    if (this.#ended || this.#committing)
      throw new DOMException('The transaction is not active.', 'InvalidStateError');
    this.#committing = true;
  }

  /** Never answers again, and stays open in front of whoever waits for the same stores. */
  hang(): void {
    this.#hung = true;
    this.#beat();
  }

  #beat(): void {
    if (this.#process.dead || this.#ended) return;
    this.#hidden(() => this.#beat());
  }

  #abortReal(): void {
    try {
      this.#real?.abort();
    } catch {
      // It has committed or aborted already; its own event tells which.
    }
  }

  /** The process died: what has not committed is gone. */
  vanish(): void {
    this.#waiting = [];
    this.#abortReal();
    this.#end();
  }
}
