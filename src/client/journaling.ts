import type { CommitResult, DocumentInput, StoredSide } from '../../machines/types.ts';
import { createJournal, type JournalSlot } from '../engines/journal.ts';
import type { Environment } from '../environment.ts';
import { quarantined } from '../vault/quarantine.ts';
import type { CommitPlan } from '../vault/types.ts';
import type { Documents } from './documents.ts';

/** While someone types, the slot is written at most this often. */
const WRITE_EVERY_MS = 1_000;

interface Options {
  environment: Environment;
  name: string;
  documents: Documents;
  commit(plan: CommitPlan): Promise<CommitResult>;
  /** Are edits of this visit to be found by the next one? */
  isKept(): boolean;
}

/**
 * Keeps the edits that are not stored yet where a dying page can still write: one slot of localStorage, synchronously
 * (durability 3.8). It is no second truth: what cannot be written there is lost no more than without it.
 */
export function createJournaling({ environment, name, documents, commit, isKept }: Options) {
  const journal = createJournal(environment, environment.newId(), name);
  let written: string | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;

  const quietly = (task: () => void): void => {
    try {
      task();
    } catch {
      // Full or forbidden. The edit is on its way to the database all the same.
    }
  };

  const write = (): void => {
    if (!isKept()) return;
    const unsaved = documents.all().map(({ actor }) => actor.getSnapshot());
    const inputs = unsaved
      .filter((snapshot) => snapshot.hasTag('unsaved'))
      .map(({ context }) => entryOf(context));
    const commitId = inputs.at(-1)?.commitId;
    if (commitId) {
      quietly(() => journal.write({ commitId, payload: JSON.stringify(inputs) }));
      written = commitId;
      writtenAt = environment.now();
    } else if (written) {
      const done = written;
      quietly(() => journal.drop({ commitId: done }));
      written = undefined;
    }
  };

  /** A slot that was torn while it was written is damaged bytes like any other: kept, as found, and out of the way. */
  const setAside = async ({ tab, text }: JournalSlot): Promise<boolean> => {
    const at = new Date(environment.now()).toISOString();
    const found = quarantined(new TextEncoder().encode(text), { where: `journal ${tab}`, why: 'torn', at });
    const id = environment.newId();
    const { kind } = await commit({ id, kind: 'save', label: 'journal', changes: [], quarantine: [found] });
    return kind === 'committed';
  };

  const resume = async (payload: string): Promise<boolean> => {
    const results = [];
    for (const input of JSON.parse(payload) as DocumentInput[]) results.push(await documents.resume(input));
    return results.every(({ kind }) => kind === 'saved');
  };

  return {
    /** The page is going out of sight. */
    writeNow: write,
    /** Something about a document has changed. */
    note(): void {
      const isOver = !documents.all().some(({ actor }) => actor.getSnapshot().hasTag('unsaved'));
      if (isOver ? written : environment.now() - writtenAt >= WRITE_EVERY_MS) write();
    },
    /** Goes on with what pages that died left in their slots. */
    async replay(): Promise<void> {
      if (!isKept()) return;
      await journal.hold().catch(() => {});
      const slots = await journal.freeSlots().catch(() => []);
      for (const slot of slots) {
        const isDone = slot.kind === 'torn' ? await setAside(slot) : await resume(slot.payload);
        if (isDone) quietly(() => journal.drop(slot));
      }
    },
  };
}

/** What the next page needs: the text, where it belongs, and from which revisions it was made. */
function entryOf({ store, id, label, place, data, record, draft, commitId, plan }: DocumentInput) {
  const base = ({ rev, lastRev }: StoredSide) => ({ rev, lastRev });
  return { store, id, label, place, data, record: base(record), draft: base(draft), commitId, plan };
}
