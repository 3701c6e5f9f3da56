import type { Stored } from './stored.ts';

/** Pages of the log and the snapshots that can be read, as text, with the number of the change each belongs to. */
export function pagesOf({ own, texts }: Stored): { seq: number; text: string }[] {
  const pages: { seq: number; text: string }[] = [];
  const push = (store: string, key: unknown, value: unknown): void => {
    if (!/^(log|snapshots)$/.test(store) || !Array.isArray(key)) return;
    if (typeof value === 'string') pages.push({ seq: key[0], text: value });
    // Bytes of ASCII; what is damaged becomes other characters, and fails its checksum.
    if (value instanceof Uint8Array) pages.push({ seq: key[0], text: new TextDecoder().decode(value) });
  };
  for (const { name, values } of own.stores ?? [])
    for (const found of values) if ('value' in found) push(name, found.key, found.value);
  // Where the browser had no database, the same pages are in localStorage.
  for (const [name, text] of Object.entries(texts)) {
    const [, store = '', key = ''] = /^hl7-workbench:(\w+):(\[.*)$/.exec(name) ?? [];
    push(store, parsed(key), text);
  }
  return pages;
}

/** Null for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
