import { canonical } from '../../vault/canonical.ts';
import type { Envelope, Json } from '../../vault/types.ts';
import { type AnyStore, checkedData, InvalidRecord, type Store } from '../store.ts';

type Records = ReadonlyMap<string, Envelope>;

/**
 * Takes a key's value apart into records, by id.
 *
 * @throws InvalidRecord for what is no list, for a record without an id, and for an id that occurs twice (B11)
 */
export function recordsIn(store: AnyStore, value: unknown): Map<string, unknown> {
  if (store.only !== null) return new Map([[store.only, value]]);
  if (!Array.isArray(value)) throw new InvalidRecord(store.name, ['']);
  const records = new Map<string, unknown>();
  for (const [i, data] of value.entries()) {
    const id = (store as Store<unknown>).idOf(data);
    if (id === undefined || records.has(id)) throw new InvalidRecord(store.name, [`${i}.id`]);
    records.set(id, data);
  }
  return records;
}

/** A copy as it would be stored: what the caller does with his later changes nothing. @throws InvalidRecord */
export function ownCopy(store: AnyStore, data: unknown): Json {
  checkedData(store as Store<unknown>, data);
  let text: string;
  try {
    text = canonical(data);
  } catch {
    throw new InvalidRecord(store.name, ['']);
  }
  return JSON.parse(text) as Json;
}

/** Puts a key's value together. The caller's own copy. */
export function valueFrom({ only }: AnyStore, records: Records): Json {
  if (only !== null) return structuredClone(records.get(only)?.data ?? null);
  return oldestFirst(records).map(({ data }) => structuredClone(data));
}

/** Oldest first; ids decide between equals. */
export function oldestFirst(records: Records): Envelope[] {
  return [...records.values()].sort((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1,
  );
}
