import type { Settings, Template } from './data.ts';

/**
 * One way of keeping templates and settings in the browser: the whole of what a new library has to bring.
 *
 * `save` and `saveSettings` resolve when the library itself says "saved"; `load` and `loadSettings` read what is stored,
 * not what is in memory, as far as the library can.
 */
export interface Opened {
  /** The whole collection, once. Not timed. */
  fill(templates: readonly Template[]): Promise<void>;
  /** The collection after an edit of `templates[at]`. */
  save(templates: readonly Template[], at: number): Promise<void>;
  /** In any order. */
  load(): Promise<readonly Template[]>;
  /** What saving leaves to be done later, such as writing a snapshot; its cost is spread over the saves. */
  fold?(): Promise<void>;
  /** The same in a worker, so that the page stays free. */
  foldAside?(): Promise<void>;
  /** A file with all of it, as a person takes it along. */
  exportFile?(): Promise<Uint8Array<ArrayBuffer>>;
  /** A library beside this one with nothing in it, to take a file into. */
  openEmpty?(): Promise<Importing>;
  saveSettings(settings: Settings): Promise<void>;
  loadSettings(): Promise<Settings | undefined>;
}

export interface Importing {
  /** Takes all that a file has. Resolves when it is stored. */
  importFile(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** How many templates are stored. */
  count(): Promise<number>;
}

export interface Contender {
  open(): Promise<Opened>;
}
