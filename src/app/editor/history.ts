import type { Selection } from './messageDocument.ts';
import type { TextChanges } from './textChange.ts';

/** Edits of one group with a longer pause between them are two steps. */
const GROUP_PAUSE_MS = 1_000;
/** Steps kept; the oldest go first. */
const STEPS_KEPT = 1_000;

interface Edit {
  readonly changes: TextChanges;
  readonly inverse: TextChanges;
  readonly selection: Selection;
  readonly group: string | undefined;
  readonly at: number;
}

interface Entry {
  /** In the order made. */
  edits: { changes: TextChanges; inverse: TextChanges }[];
  before: Selection;
  after: Selection | null;
  group: string | undefined;
  lastAt: number;
}

/** What to apply, in this order, and where the caret belongs then. */
export interface Taken {
  readonly steps: readonly TextChanges[];
  readonly selection: Selection;
}

/**
 * Undo and redo of a text as steps a person would call one step.
 *
 * A burst of typing is one step that goes back to before its first keystroke: every edit of it is kept, none is
 * replaced by a later one (P09).
 */
export function createHistory() {
  const past: Entry[] = [];
  const future: Entry[] = [];

  return {
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,

    record(edit: Edit): void {
      future.length = 0;
      const last = past.at(-1);
      const belongs =
        edit.group !== undefined && last?.group === edit.group && edit.at - last.lastAt <= GROUP_PAUSE_MS;
      if (last && belongs) {
        if (!extend(last, edit)) last.edits.push(edit);
        last.lastAt = edit.at;
        return;
      }
      past.push({ edits: [edit], before: edit.selection, after: null, group: edit.group, lastAt: edit.at });
      if (past.length > STEPS_KEPT) past.shift();
    },

    takeUndo(now: Selection): Taken | null {
      const entry = past.pop();
      if (!entry) return null;
      entry.after = now;
      // A step that has been undone is closed: typing after a redo starts a new one.
      entry.group = undefined;
      future.push(entry);
      return { steps: entry.edits.map((edit) => edit.inverse).reverse(), selection: entry.before };
    },

    takeRedo(now: Selection): Taken | null {
      const entry = future.pop();
      if (!entry) return null;
      past.push(entry);
      return { steps: entry.edits.map((edit) => edit.changes), selection: entry.after ?? now };
    },
  };
}

/** Joins a keystroke to the one before it, so that undoing a long burst in a large text is one replacement. */
function extend(entry: Entry, edit: Edit): boolean {
  const last = entry.edits.at(-1);
  const [typed] = edit.changes;
  const [typedBefore] = last?.changes ?? [];
  if (!last || !typed || !typedBefore || edit.changes.length !== 1 || last.changes.length !== 1) return false;
  if (typed.to !== typed.from || typed.from !== typedBefore.from + typedBefore.insert.length) return false;
  const [back] = last.inverse;
  if (!back) return false;
  last.changes = [{ ...typedBefore, insert: typedBefore.insert + typed.insert }];
  last.inverse = [{ ...back, to: back.to + typed.insert.length }];
  return true;
}
