import { type Database, readDatabase } from './database.ts';

/** Everything that the app and the one before it keep in this browser, as found. */
export interface Stored {
  own: Database;
  /** Of the earlier app. */
  old: Database;
  texts: Record<string, string>;
}

/** @param texts  what lies in localStorage: it is read first, and at once */
export async function readStored(texts: Stored['texts']): Promise<Stored> {
  return {
    own: await readDatabase('hl7-workbench'),
    old: await readDatabase('hl7-helper-db'),
    texts,
  };
}

/** Keys of localStorage that are the app's; empty where it is forbidden. */
export function readTexts(): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(localStorage).filter(([key]) => /^hl7|^generated_hl7$/.test(key)),
    );
  } catch {
    return {};
  }
}
