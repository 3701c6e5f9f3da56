import { FaultTarget } from './target.ts';

/** A request as the product holds it: its answer comes from the fault layer, or never. */
export class FaultRequest extends FaultTarget {
  source: unknown = null;
  transaction: unknown = null;
  readyState: IDBRequestReadyState = 'pending';
  onsuccess: unknown = null;
  onerror: unknown = null;
  onblocked: unknown = null;
  onupgradeneeded: unknown = null;
  #result: unknown;
  #error: DOMException | null = null;

  get result(): unknown {
    if (this.readyState === 'pending')
      throw new DOMException('The request has not finished.', 'InvalidStateError');
    return this.#result;
  }

  get error(): DOMException | null {
    if (this.readyState === 'pending')
      throw new DOMException('The request has not finished.', 'InvalidStateError');
    return this.#error;
  }

  answer(result: unknown): void {
    this.readyState = 'done';
    this.#result = result;
    this.#error = null;
  }

  refuse(error: DOMException): void {
    this.readyState = 'done';
    this.#result = undefined;
    this.#error = error;
  }

  /** A cursor moves on: the same request is asked again. */
  ask(): void {
    this.readyState = 'pending';
  }
}

export class FaultOpenRequest extends FaultRequest {}
