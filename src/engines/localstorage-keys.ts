import { type Key, KINDS, type Kind } from './contract.ts';

/** The structure of what the engine keeps, not of the records in it. */
export const STRUCTURE = 1;

/** The names under which the engine keeps things in localStorage. */
export interface Names {
  /** Tells that there is a store of ours, and of which structure. */
  readonly marker: string;
  /** Where a batch is framed before it is applied. */
  readonly slots: readonly [string, string];
  /** Taken for a moment, to prove that there is room. */
  readonly reserve: string;
  of(kind: Kind, key: Key): string;
  /** @returns the key, or `undefined` when the name is not one of this kind */
  keyOf(kind: Kind, name: string): Key | undefined;
  /** Is this the name of a stored value? */
  isValue(name: string): boolean;
}

export function namesFor(prefix: string): Names {
  const start = (kind: Kind) => `${prefix}:${kind}:`;
  return {
    marker: `${prefix}:format`,
    slots: [`${prefix}:slot:0`, `${prefix}:slot:1`],
    reserve: `${prefix}:reserve`,
    of: (kind, key) => start(kind) + JSON.stringify(key),
    keyOf: (kind, name) =>
      name.startsWith(start(kind)) ? parseKey(name.slice(start(kind).length)) : undefined,
    isValue: (name) => KINDS.some((kind) => name.startsWith(start(kind))),
  };
}

function parseKey(text: string): Key | undefined {
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key === 'string') return key;
    if (!Array.isArray(key) || key.length !== 2) return undefined;
    const [seq, page]: unknown[] = key;
    return typeof seq === 'number' && typeof page === 'number' ? [seq, page] : undefined;
  } catch {
    return undefined;
  }
}
