import { createHistory } from './history.ts';
import { applyChanges, changeBetween, invertChanges, mapOffset, type TextChanges } from './textChange.ts';

/** Who made a change. A view ignores the echo of its own. */
export type Origin = 'raw' | 'tree' | 'load' | 'undo' | 'elsewhere' | 'command';

export interface Selection {
  readonly anchor: number;
  readonly head: number;
}

export interface DocumentSnapshot {
  /** The source: exactly what is stored and copied, with its own line ends. */
  readonly text: string;
  readonly selection: Selection;
  /** Counts the changes of the text. */
  readonly revision: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface DocumentChange {
  readonly origin: Origin;
  /** Empty when only the selection moved. */
  readonly changes: TextChanges;
  readonly selection: Selection;
}

export interface EditOptions {
  readonly origin: Origin;
  /** Changes of one group, made without a long pause, are undone as one: a typed word, the filling of one field. */
  readonly group?: string;
  readonly selection?: Selection;
}

/** One message text with its caret and its history; every view of it is only a view (hl7.md 5.6, I19). */
export interface MessageDocument {
  getSnapshot(): DocumentSnapshot;
  subscribe(listener: () => void): () => void;
  /** Every change, in order, for views that follow step by step. */
  follow(follower: (change: DocumentChange) => void): () => void;
  edit(changes: TextChanges, options: EditOptions): void;
  /** Replaces the whole text as one step, changing only what differs. */
  replace(text: string, origin: Origin): void;
  select(selection: Selection, origin: Origin): void;
  undo(): void;
  redo(): void;
}

/**
 * Makes the document of a text.
 *
 * @param now  milliseconds; tells a burst of typing from two separate edits
 */
export function createMessageDocument(initialText: string, now: () => number): MessageDocument {
  const listeners = new Set<() => void>();
  const followers = new Set<(change: DocumentChange) => void>();
  const history = createHistory();
  let text = initialText;
  let selection: Selection = { anchor: 0, head: 0 };
  let revision = 0;
  let snapshot = takeSnapshot();

  function takeSnapshot(): DocumentSnapshot {
    return { text, selection, revision, canUndo: history.canUndo(), canRedo: history.canRedo() };
  }

  function publish(change: DocumentChange): void {
    snapshot = takeSnapshot();
    for (const follower of followers) follower(change);
    for (const listener of listeners) listener();
  }

  function apply(changes: TextChanges, origin: Origin, next: Selection | undefined): void {
    text = applyChanges(text, changes);
    selection = next ?? {
      anchor: mapOffset(selection.anchor, changes),
      head: mapOffset(selection.head, changes),
    };
    revision += 1;
    publish({ origin, changes, selection });
  }

  function step(taken: ReturnType<typeof history.takeUndo>): void {
    if (!taken) return;
    for (const changes of taken.steps) apply(changes, 'undo', undefined);
    selection = taken.selection;
    publish({ origin: 'undo', changes: [], selection });
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    edit(changes, { origin, group, selection: next }) {
      if (changes.length === 0) return;
      const inverse = invertChanges(text, changes);
      history.record({ changes, inverse, selection, group: group && `${origin} ${group}`, at: now() });
      apply(changes, origin, next);
    },
    replace(next, origin) {
      this.edit(changeBetween(text, next), { origin, selection: { anchor: 0, head: 0 } });
    },
    select(next, origin) {
      if (next.anchor === selection.anchor && next.head === selection.head) return;
      selection = next;
      publish({ origin, changes: [], selection });
    },
    undo: () => step(history.takeUndo(selection)),
    redo: () => step(history.takeRedo(selection)),
  };
}
