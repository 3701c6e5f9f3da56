import { StorageError } from './errors.ts';
import { frame, unframe } from './frame.ts';
import type { Names } from './localstorage-keys.ts';
import type { TextStore } from './text-store.ts';

/** One value to set, or to remove when `text` is null. */
export interface Change {
  name: string;
  text: string | null;
}

/** 5 MiB of UTF-16 code units, names and values together: what browsers give an origin. Shared with all other keys. */
export const LIMIT_UNITS = 5 * 1024 * 1024;

/**
 * Stores all changes or none: frames them in a free slot, applies them, clears the slot. Once the slot is written the
 * batch will land, by us or by whoever comes next (`pendingIn`, `applyPending`); until then nothing of it has.
 *
 * Runs without a pause, under the exclusive lock.
 *
 * @throws StorageError. Unless it `isUncertain`, nothing landed; if it is, the batch was neither applied nor taken back,
 * the slot stays, and the next one under the lock completes it
 */
export function commitBatch(store: TextStore, names: Names, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  const slot = names.slots.find((name) => store.get(name) === null);
  if (slot === undefined) throw new StorageError('capacity', 'Both slots hold damaged bytes');
  const framed = frame(encode(changes));
  const before = changes.map(({ name }) => ({ name, text: store.get(name) }));

  reserve(store, names.reserve, slot.length + framed.length + Math.max(0, sizeOf(changes) - sizeOf(before)));
  try {
    store.set(slot, framed);
    for (const change of changes) apply(store, change);
  } catch (error) {
    takeBack(store, slot, before);
    throw error;
  }
  try {
    store.remove(slot);
  } catch {
    // It has landed. Whoever comes next applies it again, which changes nothing, and clears the slot.
  }
}

/** A slot that someone left behind in the middle of a batch. Torn, or not a batch at all: nothing of it was applied. */
export type Pending = { slot: string; text: string } & (
  | { kind: 'sound'; changes: Change[] }
  | { kind: 'torn' }
);

export function pendingIn(store: TextStore, names: Names): Pending[] {
  return names.slots.flatMap((slot): Pending[] => {
    const text = store.get(slot);
    if (text === null) return [];
    const unframed = unframe(text);
    const changes = unframed.kind === 'sound' ? decode(unframed.payload) : undefined;
    return [changes ? { slot, text, kind: 'sound', changes } : { slot, text, kind: 'torn' }];
  });
}

/** Completes a batch that was left in its slot. Twice changes nothing. @throws StorageError `capacity` */
export function applyPending(
  store: TextStore,
  { slot, changes }: { slot: string; changes: readonly Change[] },
): void {
  for (const change of changes) apply(store, change);
  store.remove(slot);
}

function apply(store: TextStore, { name, text }: Change): void {
  if (text === null) store.remove(name);
  else store.set(name, text);
}

/** The slot goes last: until then a crash still completes the batch, and nobody was told that it did not land. */
function takeBack(store: TextStore, slot: string, before: readonly Change[]): void {
  try {
    // What is removed goes first: the rest may need the room.
    for (const change of before) if (change.text === null) apply(store, change);
    for (const change of before) if (change.text !== null) apply(store, change);
    store.remove(slot);
  } catch (cause) {
    throw new StorageError('connection', 'A batch was neither applied nor taken back', {
      cause,
      isUncertain: true,
    });
  }
}

/** Proves that the batch fits, by the figures and by trying, before anything of it is written (F28). */
function reserve(store: TextStore, name: string, units: number): void {
  const used = store.names().reduce((sum, each) => sum + each.length + (store.get(each)?.length ?? 0), 0);
  if (used + units > LIMIT_UNITS) throw new StorageError('capacity', 'The batch is larger than what is left');
  try {
    store.set(name, ' '.repeat(units));
  } finally {
    store.remove(name);
  }
}

function sizeOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { name, text }) => sum + (text === null ? 0 : name.length + text.length), 0);
}

/** A line that says what follows, then the texts without any escaping: twice the bytes would be half the room. */
function encode(changes: readonly Change[]): string {
  const index = changes.map(({ name, text }) => [name, text === null ? null : text.length]);
  return `${JSON.stringify(index)}\n${changes.map(({ text }) => text ?? '').join('')}`;
}

/** @returns `undefined` for a frame that holds something else than a batch of ours */
function decode(payload: string): Change[] | undefined {
  const end = payload.indexOf('\n');
  try {
    const index = JSON.parse(payload.slice(0, end)) as [name: string, length: number | null][];
    let at = end + 1;
    return index.map(([name, length]) => {
      if (length === null) return { name, text: null };
      at += length;
      return { name, text: payload.slice(at - length, at) };
    });
  } catch {
    return undefined;
  }
}
