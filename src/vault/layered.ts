/** Changes are copied with every edit, so they are merged into a new base before they grow long. */
const MERGE_ABOVE = 512;

/**
 * A map that is never changed: each edit makes a new one that shares its base with the old.
 *
 * An edit of one record in 100,000 must not copy 100,000 entries (performance T3).
 */
export class LayeredMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;
  readonly #base: ReadonlyMap<string, V>;
  /** `null` removes what the base has. */
  readonly #changed: ReadonlyMap<string, V | null>;

  private constructor(base: ReadonlyMap<string, V>, changed: ReadonlyMap<string, V | null>, size: number) {
    this.#base = base;
    this.#changed = changed;
    this.size = size;
  }

  /** The map is taken over: the caller no longer changes it. */
  static over<V>(base: ReadonlyMap<string, V>): LayeredMap<V> {
    return new LayeredMap(base, new Map(), base.size);
  }

  /** @returns a new map with the entries put, or removed where the value is `null` */
  with(changes: ReadonlyMap<string, V | null>): LayeredMap<V> {
    if (this.size === 0) return LayeredMap.over(withoutRemoved(changes));
    const changed = new Map(this.#changed);
    let size = this.size;
    for (const [key, value] of changes) {
      size += Number(value !== null) - Number(this.has(key));
      if (value === null && !this.#base.has(key)) changed.delete(key);
      else changed.set(key, value);
    }
    const next = new LayeredMap(this.#base, changed, size);
    return changed.size > MERGE_ABOVE ? LayeredMap.over(new Map(next)) : next;
  }

  /**
   * Keys at which this map may differ from an older one, without looking at the rest; `undefined` when they have too
   * little in common to say.
   */
  changedSince(older: ReadonlyMap<string, V>): ReadonlySet<string> | undefined {
    if (!(older instanceof LayeredMap) || older.#base !== this.#base) return undefined;
    const keys = new Set<string>();
    for (const map of [older.#changed, this.#changed]) {
      for (const key of map.keys()) if (older.get(key) !== this.get(key)) keys.add(key);
    }
    return keys;
  }

  get(key: string): V | undefined {
    const changed = this.#changed.get(key);
    return changed === undefined ? this.#base.get(key) : (changed ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, V]> {
    for (const entry of this.#base) if (!this.#changed.has(entry[0])) yield entry;
    for (const [key, value] of this.#changed) if (value !== null) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}

function withoutRemoved<V>(changes: ReadonlyMap<string, V | null>): Map<string, V> {
  const kept = new Map<string, V>();
  for (const [key, value] of changes) if (value !== null) kept.set(key, value);
  return kept;
}
