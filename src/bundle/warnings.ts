import type { Place, Warning, WarningCode } from './verdict.ts';

/** So many places and names are kept of each warning; the count says how many there are. */
const SHOWN = 10;
/** Longer names are cut: they come from the file. */
const NAME_LENGTH = 60;

/** Collects warnings, one line for each code and store. */
export interface Warnings {
  add(code: WarningCode, store?: string | null, detail?: { at?: Place; name?: string }): void;
  list(): Warning[];
}

export function createWarnings(): Warnings {
  const lines = new Map<
    string,
    { code: WarningCode; store: string | null; count: number; at: Place[]; names: string[] }
  >();
  return {
    add(code, store = null, { at, name } = {}) {
      const key = `${code} ${store}`;
      const line = lines.get(key) ?? { code, store, count: 0, at: [], names: [] };
      lines.set(key, line);
      line.count += 1;
      if (at && line.at.length < SHOWN) line.at.push(at);
      if (name !== undefined && line.names.length < SHOWN) {
        const shown = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name;
        if (!line.names.includes(shown)) line.names.push(shown);
      }
    },
    list: () => [...lines.values()],
  };
}
