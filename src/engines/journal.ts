import type { Environment } from '../environment.ts';
import { frame, unframe } from './frame.ts';
import { accessTextStore } from './text-store.ts';

/** An edit that was not yet acknowledged when the page went out of sight. */
export interface JournalEntry {
  /** The id that its commit has or would have: replaying it twice changes nothing. */
  commitId: string;
  /** The plan, as text. Not looked into here. */
  payload: string;
}

/** What lies in one tab's slot. `text` is the slot exactly as found, for the quarantine. */
export type JournalSlot = { tab: string; text: string } & (
  | ({ kind: 'sound' } & JournalEntry)
  | { kind: 'torn' }
);

type World = Pick<Environment, 'localStorage' | 'locks'>;

/** One slot per tab, in localStorage: the last moment of a page allows neither IndexedDB (F11) nor promises (F36). */
export interface Journal {
  /**
   * Writes this tab's slot, synchronously; it replaces what was in it.
   *
   * @throws StorageError `capacity` or `denied`
   */
  write(entry: JournalEntry): void;
  /** Drops a slot, after its edit was acknowledged or set aside. Only if it still holds this very text or entry. */
  drop(slot: { tab: string; text: string } | { commitId: string }): void;
  /** All slots, of all tabs. */
  slots(): JournalSlot[];
  /**
   * Slots whose tab is gone: nobody holds its lock. Without Web Locks nobody knows, so all slots of other tabs: a replay
   * with the same commit id does no harm.
   */
  freeSlots(): Promise<JournalSlot[]>;
  /** Says that this tab lives, until the page ends. Resolves when it is said. */
  hold(): Promise<void>;
}

/**
 * The journal of one tab.
 *
 * @param tab  an id that no other tab has, new with each page
 */
export function createJournal(environment: World, tab: string, name = 'hl7-workbench'): Journal {
  const prefix = `${name}:journal:`;
  const lockOf = (each: string) => `${name}:tab:${each}`;
  const store = () => accessTextStore(environment);

  const slots = (): JournalSlot[] => {
    const texts = store();
    return texts.names().flatMap((each): JournalSlot[] => {
      const text = each.startsWith(prefix) ? texts.get(each) : null;
      return text === null ? [] : [{ tab: each.slice(prefix.length), text, ...parse(text) }];
    });
  };

  return {
    slots,
    write({ commitId, payload }) {
      store().set(prefix + tab, frame(JSON.stringify([commitId, payload])));
    },
    drop(slot) {
      const texts = store();
      const owner = 'tab' in slot ? slot.tab : tab;
      const text = texts.get(prefix + owner);
      if (text === null) return;
      const found = parse(text);
      const isIt =
        'tab' in slot ? text === slot.text : found.kind === 'sound' && found.commitId === slot.commitId;
      if (isIt) texts.remove(prefix + owner);
    },
    async freeSlots() {
      const held = (await environment.locks?.query())?.held ?? [];
      const living = new Set(held.map((lock) => lock.name));
      return slots().filter((slot) => slot.tab !== tab && !living.has(lockOf(slot.tab)));
    },
    hold() {
      const { locks } = environment;
      if (!locks) return Promise.resolve();
      return new Promise((said, refused) => {
        const untilThePageEnds = () => {
          said();
          return new Promise<never>(() => {});
        };
        locks.request(lockOf(tab), untilThePageEnds).catch(refused);
      });
    },
  };
}

function parse(text: string): ({ kind: 'sound' } & JournalEntry) | { kind: 'torn' } {
  const unframed = unframe(text);
  if (unframed.kind === 'torn') return unframed;
  // Sound: it is what `write` framed.
  const [commitId, payload] = JSON.parse(unframed.payload) as [string, string];
  return { kind: 'sound', commitId, payload };
}
