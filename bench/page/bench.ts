import { bytesWrittenDuring } from './bytesWritten.ts';
import type { Opened } from './contender.ts';
import { edited, type Settings, settingsOf, type Template, templatesOf } from './data.ts';
import { longestTaskDuring } from './longestTask.ts';

declare global {
  interface Window {
    bench: Bench;
  }
}

/** What the harness asks of a page. Times are milliseconds. */
export interface Bench {
  /** Fills the collection and makes some history, so that nothing is measured on an empty store. */
  prepare(): Promise<void>;
  /** One edit and one awaited save, `times` over. */
  save(times: number): Promise<number[]>;
  /** `times` saves of one record that nobody waits for, until the last is durable. */
  burst(times: number): Promise<number>;
  /** Reads the whole collection, and counts it. */
  load(): Promise<number>;
  saveSettings(times: number): Promise<number[]>;
  loadSettings(times: number): Promise<number[]>;
  /** Longest task of the main thread while saving `times` over. */
  longestTask(times: number): Promise<number>;
  /** Bytes given to storage by one save, on average of `times`. */
  bytesWritten(times: number): Promise<number>;
  /** A fold aside of the page, with saves going on: how long it took, how long they took, the longest task here. */
  foldAside(): Promise<{ fold: number; saves: number[]; longestTask: number }>;
  /** A file of all of it. */
  exportFile(): Promise<Taken>;
  /** That file, taken into an empty library. */
  importFile(): Promise<Taken>;
  /** SHA-256 of the collection as it ought to be. */
  expected(): Promise<string>;
  /** SHA-256 of the collection as it is stored. */
  stored(): Promise<string>;
}

interface Taken {
  ms: number;
  longestTask: number;
}

const HISTORY = 20;
/** Between two saves of somebody who types while a fold goes on. */
const TYPING_PAUSE_MS = 100;

export function makeBench(opened: Opened, size: number): Bench {
  let templates: Template[] = templatesOf(size);
  let edits = 0;
  let file: Uint8Array<ArrayBuffer> | undefined;

  const edit = (at: number): number => {
    edits += 1;
    templates = [...templates];
    templates[at] = edited(templates[at] as Template, edits);
    return at;
  };
  /** Far apart, so that no cache of neighbours helps. */
  const somewhere = () => (edits * 7_919) % size;
  const saveOne = () => {
    const at = edit(somewhere());
    return timed(() => opened.save(templates, at));
  };

  return {
    async prepare() {
      await opened.fill(templates);
      await opened.saveSettings(settingsOf(0));
      await opened.fold?.();
      for (let i = 0; i < HISTORY; i += 1) await saveOne();
    },
    save: (times) => repeated(times, saveOne),
    burst: (times) =>
      timed(() =>
        Promise.all(
          Array.from({ length: times }, () => {
            const at = edit(0);
            return opened.save(templates, at);
          }),
        ),
      ),
    async load() {
      let loaded: readonly Template[] = [];
      const ms = await timed(async () => {
        loaded = await opened.load();
      });
      if (loaded.length !== size) throw new Error(`${loaded.length} of ${size} templates came back`);
      return ms;
    },
    saveSettings: (times) =>
      repeated(times, () => {
        edits += 1;
        const settings = settingsOf(edits);
        return timed(() => opened.saveSettings(settings));
      }),
    loadSettings: (times) =>
      repeated(times, async () => {
        let settings: Settings | undefined;
        const ms = await timed(async () => {
          settings = await opened.loadSettings();
        });
        if (settings === undefined) throw new Error('The settings did not come back');
        return ms;
      }),
    longestTask: (times) => longestTaskDuring(async () => void (await repeated(times, saveOne))),
    async bytesWritten(times) {
      return (await bytesWrittenDuring(async () => void (await repeated(times, saveOne)))) / times;
    },
    async foldAside() {
      if (!opened.foldAside) throw new Error('It has nothing to fold');
      const saves: number[] = [];
      let fold = 0;
      const longestTask = await longestTaskDuring(async () => {
        let isOver = false;
        const folding = timed(opened.foldAside as () => Promise<void>).finally(() => {
          isOver = true;
        });
        while (!isOver) {
          saves.push(await saveOne());
          await new Promise((resolve) => setTimeout(resolve, TYPING_PAUSE_MS));
        }
        fold = await folding;
      });
      return { fold, saves, longestTask };
    },
    async exportFile() {
      if (!opened.exportFile) throw new Error('It makes no file');
      const { exportFile } = opened;
      return watched(async () => {
        file = await exportFile();
      });
    },
    async importFile() {
      if (!opened.openEmpty || !file) throw new Error('It takes no file');
      const [bytes, empty] = [file, await opened.openEmpty()];
      const taken = await watched(() => empty.importFile(bytes));
      const count = await empty.count();
      if (count !== size) throw new Error(`${count} of ${size} templates were taken`);
      return taken;
    },
    expected: () => digestOf(templates),
    stored: async () => digestOf(await opened.load()),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function watched(work: () => Promise<void>): Promise<Taken> {
  let ms = 0;
  const longestTask = await longestTaskDuring(async () => {
    ms = await timed(work);
  });
  return { ms, longestTask };
}

async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < times; i += 1) samples.push(await work());
  return samples;
}

/** Sorted, and with members in a fixed order: libraries differ in both. */
async function digestOf(templates: readonly Template[]): Promise<string> {
  const sorted = [...templates].sort((one, other) => (one.id < other.id ? -1 : 1));
  const text = JSON.stringify(
    sorted.map(({ id, name, description, messageType, content, tags, createdAt, updatedAt }) => [
      [id, name, description, messageType],
      [content, tags, createdAt, updatedAt],
    ]),
  );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
