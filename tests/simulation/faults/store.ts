import { FaultCursor } from './cursor.ts';
import type { FaultRequest } from './request.ts';
import type { FaultTransaction, Issue } from './transaction.ts';

const STORES_A_VALUE = new Set(['add', 'put']);
const CHANGES = new Set(['add', 'put', 'delete', 'clear']);

function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  return JSON.stringify(value)?.length ?? 0;
}

/** Flips one bit in the middle. */
function spoil(value: unknown): void {
  if (!(value instanceof Uint8Array)) return;
  const middle = value.length >> 1;
  value[middle] = (value[middle] ?? 0) ^ 1;
}

/** An object store whose every call is a step. Indexes are not offered: the product has none. */
export class FaultStore {
  readonly transaction: FaultTransaction;
  readonly name: string;

  constructor(transaction: FaultTransaction, name: string) {
    this.transaction = transaction;
    this.name = name;
  }

  get keyPath(): null {
    return null;
  }

  get autoIncrement(): boolean {
    return false;
  }

  #ask(
    method: string,
    args: unknown[],
    key: unknown,
    wrap: Issue['wrap'] = (result) => result,
  ): FaultRequest {
    const request = this.transaction.issue({
      store: this.name,
      method,
      ...(key === undefined ? {} : { key }),
      ...(STORES_A_VALUE.has(method) ? { sizeBytes: sizeOf(args[0]), spoil: () => spoil(args[0]) } : {}),
      ...(CHANGES.has(method) ? { write: { store: this.name, method, args } } : {}),
      forward: (real) => {
        const store = real.objectStore(this.name);
        return Reflect.apply(Reflect.get(store, method) as () => IDBRequest, store, args);
      },
      wrap,
    });
    request.source ??= this;
    return request;
  }

  get(key: IDBValidKey | IDBKeyRange): FaultRequest {
    return this.#ask('get', [key], key);
  }

  getKey(key: IDBValidKey | IDBKeyRange): FaultRequest {
    return this.#ask('getKey', [key], key);
  }

  getAll(...args: unknown[]): FaultRequest {
    return this.#ask('getAll', args, args[0]);
  }

  getAllKeys(...args: unknown[]): FaultRequest {
    return this.#ask('getAllKeys', args, args[0]);
  }

  count(...args: unknown[]): FaultRequest {
    return this.#ask('count', args, args[0]);
  }

  add(...args: unknown[]): FaultRequest {
    return this.#ask('add', args, args[1]);
  }

  put(...args: unknown[]): FaultRequest {
    return this.#ask('put', args, args[1]);
  }

  delete(key: IDBValidKey | IDBKeyRange): FaultRequest {
    return this.#ask('delete', [key], key);
  }

  clear(): FaultRequest {
    return this.#ask('clear', [], undefined);
  }

  openCursor(...args: unknown[]): FaultRequest {
    return this.#openCursor('openCursor', args);
  }

  openKeyCursor(...args: unknown[]): FaultRequest {
    return this.#openCursor('openKeyCursor', args);
  }

  #openCursor(method: string, args: unknown[]): FaultRequest {
    let cursor: FaultCursor | undefined;
    return this.#ask(method, args, args[0], (result, request) => {
      if (!result) return null;
      cursor ??= new FaultCursor(this, request, result as IDBCursorWithValue);
      return cursor;
    });
  }
}
