/** 5 MiB of UTF-16 code units, keys and values together: what Chromium gives an origin. */
const QUOTA = 5 * 1024 * 1024;

function quotaError(): DOMException {
  return new DOMException('The quota has been exceeded.', 'QuotaExceededError');
}

/**
 * A `Storage` that behaves like the browser's: strings only, and a QuotaExceededError beyond its quota that leaves the
 * old value in place. `quota` counts code units of keys and values and may be changed while in use.
 */
export class MemoryStorage implements Storage {
  [name: string]: unknown;
  readonly #items = new Map<string, string>();
  readonly #limit: { quota: number };
  /** `key(index)` in a loop must not be quadratic. */
  #names: string[] | undefined;

  constructor(limit: { quota: number } = { quota: QUOTA }) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    this.#names ??= [...this.#items.keys()];
    return this.#names[index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(String(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    const [name, text] = [String(key), String(value)];
    let used = 0;
    for (const [other, kept] of this.#items) if (other !== name) used += other.length + kept.length;
    if (used + name.length + text.length > this.#limit.quota) throw quotaError();
    this.#items.set(name, text);
    this.#names = undefined;
  }

  removeItem(key: string): void {
    this.#items.delete(String(key));
    this.#names = undefined;
  }

  clear(): void {
    this.#items.clear();
    this.#names = undefined;
  }

  /** Everything stored, in the order it came: the raw dump of a test. */
  dump(): [key: string, value: string][] {
    return [...this.#items];
  }
}
