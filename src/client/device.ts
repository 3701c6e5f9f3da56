import type { Environment } from '../environment.ts';

/** Names this browser in the history: "by". The same for all its tabs and visits, as long as localStorage is kept. */
export function deviceOf(environment: Environment, name: string): string {
  const key = `${name}:device`;
  const made = environment.newId();
  try {
    const storage = environment.localStorage?.();
    const known = storage?.getItem(key);
    if (known) return known;
    storage?.setItem(key, made);
  } catch {
    // Full or forbidden: then every page is a device of its own.
  }
  return made;
}
