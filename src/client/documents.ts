import type { Actor, SnapshotFrom } from 'xstate';
import type { DocumentInput, DocumentSides, SaveFinding } from '../../machines/types.ts';
import type { Environment } from '../environment.ts';
import { sidesOf } from '../services/sides.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Json } from '../vault/types.ts';
import type { Machines } from './machines.ts';
import type { AnyStore } from './store.ts';
import type { SaveResult } from './types.ts';

export type DocumentActor = Actor<Machines['save']>;
export type DocumentSnapshot = SnapshotFrom<Machines['save']>;

interface Living {
  readonly store: string;
  readonly id: string;
  readonly actor: DocumentActor;
}

export interface DocumentsOptions {
  environment: Environment;
  /** Makes a root actor of a document; a thousand of them under one parent cost thirty times as much. */
  createActor(input: DocumentInput): DocumentActor;
  state(): VaultState;
  onChange(): void;
}

/**
 * The documents under edit: one `save` actor each, made on the first edit, closed when it is clean and nobody looks.
 * All others cost nothing.
 */
export function createDocuments({ environment, createActor, state, onChange }: DocumentsOptions) {
  const living = new Map<string, Living>();
  const users = new Map<string, number>();
  /** New drafts that nobody has typed into: leaving them leaves nothing behind (P07). */
  const untouched = new Set<string>();

  const closeIfUnused = (key: string, { actor }: Living): void => {
    if (!users.has(key) && actor.getSnapshot().can({ type: 'CLOSE' })) actor.send({ type: 'CLOSE' });
  };

  function start(store: AnyStore, id: string, created?: Json): Living {
    const key = keyOf(store.name, id);
    const known = living.get(key);
    if (known) return known;
    const { record, draft } = sidesOf(state(), store.name, id);
    const isDraft = draft.rev > 0 || (record.rev === 0 && store.drafts);
    const stored = draft.rev > 0 ? draft.data : record.data;
    return run({
      store: store.name,
      id,
      label: store.name,
      place: isDraft ? 'draft' : 'record',
      data: created ?? stored,
      record,
      draft,
      commitId: environment.newId(),
      plan: null,
    });
  }

  function run(input: DocumentInput): Living {
    const { store, id } = input;
    const key = keyOf(store, id);
    const actor = createActor(input);
    const document = { store, id, actor };
    living.set(key, document);
    const forget = () => {
      living.delete(key);
      onChange();
    };
    // Before anyone listens: a document that begins clean must not be closed before its first edit.
    actor.start();
    actor.subscribe({
      next() {
        onChange();
        closeIfUnused(key, document);
      },
      complete: forget,
      error: forget,
    });
    return document;
  }

  /** A record changed elsewhere; a document that shows it takes it over, or finds the conflict when it saves. */
  function tell(store: string, id: string): void {
    const rev = state().records.get(store)?.get(id)?.rev ?? 0;
    for (const { actor } of living.values()) actor.send({ type: 'tab.changed', store, id, rev });
  }

  return {
    get: (store: string, id: string): DocumentActor | undefined => living.get(keyOf(store, id))?.actor,
    of: (store: string): Living[] => [...living.values()].filter((document) => document.store === store),
    all: (): Living[] => [...living.values()],
    /** Those whose edits are not stored yet. */
    unsaved: (): Living[] =>
      [...living.values()].filter(({ actor }) => actor.getSnapshot().hasTag('unsaved')),

    /** Goes on with what a page that died had not saved, from where it was; twice changes nothing. */
    async resume(input: DocumentInput): Promise<SaveResult> {
      if (living.has(keyOf(input.store, input.id))) return { kind: 'unsaved', finding: null };
      const now = sidesOf(state(), input.store, input.id);
      const { actor } = run(isOrphan(input, now) ? asDraft(input, now, environment.newId()) : input);
      saveNow(actor);
      const result = await settled(actor);
      // It may have landed long ago, and more after it.
      tell(input.store, input.id);
      return result;
    },

    create(store: AnyStore, id: string, data: Json): void {
      untouched.add(keyOf(store.name, id));
      start(store, id, data);
      onChange();
    },

    edit(store: AnyStore, id: string, data: Json): void {
      untouched.delete(keyOf(store.name, id));
      start(store, id).actor.send({ type: 'EDIT', data, commitId: environment.newId() });
    },

    save(store: AnyStore, id: string): Promise<SaveResult> {
      untouched.delete(keyOf(store.name, id));
      const { actor } = start(store, id);
      actor.send({ type: 'SAVE', commitId: environment.newId() });
      return settled(actor);
    },

    /** Saves what is edited, wherever it is to be; nothing is moved. */
    flush(store: string, id: string): Promise<SaveResult> {
      const actor = living.get(keyOf(store, id))?.actor;
      if (!actor) return Promise.resolve({ kind: 'saved' });
      saveNow(actor);
      return settled(actor);
    },

    async flushAll(): Promise<'saved' | 'unsaved'> {
      const actors = [...living.values()].map(({ actor }) => actor);
      for (const actor of actors) saveNow(actor);
      const results = await Promise.all(actors.map(settled));
      return results.every(({ kind }) => kind === 'saved') ? 'saved' : 'unsaved';
    },

    async discard(store: AnyStore, id: string): Promise<void> {
      untouched.delete(keyOf(store.name, id));
      const { actor } = start(store, id);
      actor.send({ type: 'DISCARD', commitId: environment.newId() });
      saveNow(actor);
      await settled(actor);
    },

    isUntouched: (store: string, id: string): boolean => untouched.has(keyOf(store, id)),

    /** Somebody looks at it: it stays while they do. */
    use(store: string, id: string): () => void {
      const key = keyOf(store, id);
      users.set(key, (users.get(key) ?? 0) + 1);
      return () => {
        const left = (users.get(key) ?? 1) - 1;
        if (left > 0) users.set(key, left);
        else users.delete(key);
        const document = living.get(key);
        if (document) closeIfUnused(key, document);
      };
    },

    tell,

    hide(): void {
      for (const { actor } of living.values()) saveNow(actor);
    },

    stop(): void {
      for (const { actor } of living.values()) actor.stop();
      living.clear();
    },
  };
}

/** Its record is gone since: deleted in another tab, or someone started empty. */
function isOrphan({ place, record: before }: DocumentInput, { record }: DocumentSides): boolean {
  return place === 'record' && before.rev > 0 && record.rev === 0;
}

/** What was typed into a record that is gone is kept beside the records, and does not bring it back unasked. */
function asDraft(input: DocumentInput, sides: DocumentSides, commitId: string): DocumentInput {
  return { ...input, ...sides, place: 'draft', commitId, plan: null };
}

export type Documents = ReturnType<typeof createDocuments>;

/** JSON, so that no two pairs of names can give one key. */
function keyOf(store: string, id: string): string {
  return JSON.stringify([store, id]);
}

/** What is edited is saved at once. A document that is gone, such as a discarded one, has nothing to save. */
function saveNow(actor: DocumentActor): void {
  if (actor.getSnapshot().status === 'active') actor.send({ type: 'page.hidden' });
}

/** Waits until a document is saved, or a person is needed. */
function settled(actor: DocumentActor): Promise<SaveResult> {
  return new Promise((resolve) => {
    const look = (snapshot: DocumentSnapshot): boolean => {
      const result = resultOf(snapshot);
      if (result) resolve(result);
      return result !== undefined;
    };
    if (look(actor.getSnapshot())) return;
    const subscription = actor.subscribe({
      next: (snapshot) => {
        if (look(snapshot)) subscription.unsubscribe();
      },
      complete: () => resolve({ kind: 'saved' }),
      error: () => resolve({ kind: 'unsaved', finding: null }),
    });
  });
}

function resultOf(snapshot: DocumentSnapshot): SaveResult | undefined {
  if (snapshot.status === 'done' || snapshot.hasTag('saved')) return { kind: 'saved' };
  const finding: SaveFinding | null = snapshot.context.finding;
  if (snapshot.status === 'error' || snapshot.hasTag('needs-user')) return { kind: 'unsaved', finding };
  return undefined;
}
