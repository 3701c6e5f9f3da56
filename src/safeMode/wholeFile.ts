import type { Store, Value } from './database.ts';
import type { Stored } from './stored.ts';

/** Everything as found, in the shape of the app's own raw download; and what lies beside the database. */
export function wholeFile({ own, old, texts }: Stored, at: string): string {
  return JSON.stringify(
    {
      format: 'raw-1',
      name: own.name,
      at,
      engine: 'indexeddb',
      log: [],
      stored: storesOf(own.stores),
      error: own.error,
      localStorage: texts,
      old: { name: old.name, stored: storesOf(old.stores), error: old.error },
    },
    null,
    1,
  );
}

/** Null: there is no such database. */
function storesOf(stores: Store[] | null): unknown {
  return (
    stores &&
    Object.fromEntries(
      stores.map(({ name, values, error }) => [name, error ? { error } : values.map(describe)]),
    )
  );
}

function describe(found: Value): unknown {
  if (!('value' in found && found.value instanceof Uint8Array)) return found;
  let text = '';
  // In pieces: a call with a million arguments overflows the stack.
  for (let from = 0; from < found.value.length; from += 0x8000)
    text += String.fromCharCode(...found.value.subarray(from, from + 0x8000));
  return { key: found.key, base64: btoa(text) };
}
