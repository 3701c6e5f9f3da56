import type { Process } from './process.ts';

/** A dead page's synchronous call has no answer; the product's code must not go on from it. */
export class DeadProcess extends Error {}

/** localStorage as one process sees it: each call is a step. The storage behind it is shared by the tabs of a world. */
export class FaultStorage implements Storage {
  [name: string]: unknown;
  readonly #shared: Storage;
  readonly #process: Process;

  constructor(shared: Storage, process: Process) {
    this.#shared = shared;
    this.#process = process;
  }

  #step(method: string, key: string): void {
    const fault = this.#process.step('storage', key, { method });
    if (fault?.kind === 'error') throw new DOMException('Injected', fault.name);
    // A synchronous call cannot hang without hanging its page.
    if (fault?.kind === 'hang') this.#process.kill();
    if (this.#process.dead) throw new DeadProcess('The page has ended.');
  }

  get length(): number {
    this.#step('length', '');
    return this.#shared.length;
  }

  key(index: number): string | null {
    this.#step('key', String(index));
    return this.#shared.key(index);
  }

  getItem(key: string): string | null {
    this.#step('getItem', key);
    return this.#shared.getItem(key);
  }

  setItem(key: string, value: string): void {
    this.#step('setItem', key);
    this.#shared.setItem(key, value);
  }

  removeItem(key: string): void {
    this.#step('removeItem', key);
    this.#shared.removeItem(key);
  }

  clear(): void {
    this.#step('clear', '');
    this.#shared.clear();
  }
}
