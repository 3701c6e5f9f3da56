import type { FaultRequest } from './request.ts';
import type { FaultStore } from './store.ts';

/** A cursor whose every move is a step. */
export class FaultCursor {
  readonly source: FaultStore;
  readonly request: FaultRequest;
  readonly #real: IDBCursorWithValue;

  constructor(source: FaultStore, request: FaultRequest, real: IDBCursorWithValue) {
    this.source = source;
    this.request = request;
    this.#real = real;
  }

  get key(): IDBValidKey {
    return this.#real.key;
  }

  get primaryKey(): IDBValidKey {
    return this.#real.primaryKey;
  }

  get direction(): IDBCursorDirection {
    return this.#real.direction;
  }

  get value(): unknown {
    return this.#real.value;
  }

  move(method: 'advance' | 'continue', args: unknown[]): void {
    this.source.transaction.issue({
      store: this.source.name,
      method,
      key: this.#real.key,
      again: this.request,
      forward: () => {
        Reflect.apply(ORIGINAL[method], this.#real, args);
        return this.#real.request;
      },
      wrap: (result) => (result ? this : null),
    });
  }
}

const ORIGINAL: Record<'advance' | 'continue', (...args: never[]) => void> = {
  advance: () => undefined,
  continue: () => undefined,
};

/**
 * idb knows the moves of a cursor by identity with the platform's prototype, so the prototype itself has to tell
 * ours from real ones.
 */
export function teachCursorMoves(platform: { prototype: IDBCursor }): void {
  for (const method of ['advance', 'continue'] as const) {
    const original = platform.prototype[method] as (...args: never[]) => void;
    ORIGINAL[method] = original;
    const move = function (this: unknown, ...args: never[]): void {
      if (this instanceof FaultCursor) this.move(method, args);
      else Reflect.apply(original, this, args);
    };
    Object.defineProperty(platform.prototype, method, { value: move, configurable: true, writable: true });
  }
}
