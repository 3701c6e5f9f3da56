import { type Dictionary, dictionaryFrom } from './dictionary.ts';
import type { MessageRow, Pack } from './pack.ts';
import { DEFAULT_VERSION, type DictionaryVersion } from './versions.ts';

type Lazy = () => Promise<{ readonly default: unknown }>;

/** One chunk each, so that only what is looked at is ever fetched. */
const PACKS: Readonly<Record<DictionaryVersion, Lazy>> = {
  '2.1': () => import('./hl7-2.1.json'),
  '2.2': () => import('./hl7-2.2.json'),
  '2.3': () => import('./hl7-2.3.json'),
  '2.3.1': () => import('./hl7-2.3.1.json'),
  '2.4': () => import('./hl7-2.4.json'),
  '2.5': () => import('./hl7-2.5.json'),
  '2.5.1': () => import('./hl7-2.5.1.json'),
  '2.6': () => import('./hl7-2.6.json'),
  '2.7': () => import('./hl7-2.7.json'),
};

/**
 * Fetches the names of a version. The app works without them until they arrive.
 *
 * @throws whatever the platform's `import()` throws, when the chunk cannot be fetched
 */
export async function loadDictionary(version: DictionaryVersion = DEFAULT_VERSION): Promise<Dictionary> {
  const { default: pack } = await PACKS[version]();
  // The files are made by scripts/dictionary.ts, which writes a Pack; a test holds them against it.
  return dictionaryFrom(pack as Pack);
}

/** The codes of HL7 tables by table number, as of 2.5. */
export type Tables = Readonly<Record<string, readonly string[]>>;

export async function loadTables(): Promise<Tables> {
  const { default: file } = (await import('./tables.json')) as { default: unknown };
  return (file as { tables: Tables }).tables;
}

/** What is known about a type of message. */
export interface MessageInfo {
  readonly name: string;
  /** Segments in order: `PID PD1? (OBR OBX*)+`, alternatives as `(OBR|RQD)`. */
  readonly structure: string;
}

/** Fetches the messages of 2.5, by the dictionary's key for a type: `ADT^A01`. */
export async function loadMessageInfos(): Promise<(key: string) => MessageInfo | undefined> {
  const { default: file } = (await import('./messages.json')) as { default: unknown };
  const { messages } = file as { messages: Readonly<Record<string, MessageRow>> };
  return (key) => {
    const id = key.replace('^', '_');
    const row = Object.hasOwn(messages, id) ? messages[id] : undefined;
    return row && { name: row[0], structure: row[1] };
  };
}
