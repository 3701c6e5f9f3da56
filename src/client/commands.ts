import type { CommitResult } from '../../machines/types.ts';
import type { Environment } from '../environment.ts';
import { DRAFTS, draftIdOf } from '../services/sides.ts';
import type { Vault } from '../vault/contract.ts';
import type { Change, CommitPlan } from '../vault/types.ts';
import type { Documents } from './documents.ts';
import type { AnyStore } from './store.ts';
import type { ChangeResult, UndoResult } from './types.ts';
import type { Undoing } from './undoing.ts';

interface Options {
  environment: Environment;
  documents: Documents;
  vault(): Vault;
  /** Runs a `commit` machine to its end. */
  commit(plan: CommitPlan): Promise<CommitResult>;
  /** What undoes, fetched at its first use. */
  undoing(): Promise<Pick<Undoing, 'undo'>>;
}

/** How long the point before a deletion is kept for certain (durability 3.7). */
const KEEP_BEFORE_DELETE_DAYS = 7;

/** Commands that change something. Each is one commit, and each can be undone. */
export function createCommands({ environment, documents, vault, commit, undoing }: Options) {
  /** Documents that show a changed record are told, so that they do not save over it. */
  const carryOut = async (plan: CommitPlan): Promise<ChangeResult> => {
    const result = await commit(plan);
    for (const { store, id } of plan.changes) documents.tell(store, id);
    return changeResultOf(result);
  };

  const removalsOf = (store: string, ids: readonly string[]): Change[] => {
    const { records } = vault().state();
    return ids.flatMap((id) =>
      [
        { store, id },
        { store: DRAFTS, id: draftIdOf(store, id) },
      ].flatMap((name): Change[] => {
        const record = records.get(name.store)?.get(name.id);
        return record ? [{ ...name, data: undefined, baseRev: record.rev }] : [];
      }),
    );
  };

  return {
    /** Edits in them are saved first, so that they are in the history of what is removed. */
    async remove(
      { name }: AnyStore,
      ids: readonly string[],
      { agreed = false, label = name }: { agreed?: boolean; label?: string },
    ): Promise<ChangeResult> {
      for (const id of ids) {
        const saved = await documents.flush(name, id);
        if (saved.kind === 'unsaved') return { kind: 'notCommitted', why: 'unsaved' };
      }
      const changes = removalsOf(name, ids);
      if (changes.length === 0) return { kind: 'nothing' };
      // Capture or refuse: what cannot be brought back is not removed (durability 3.4).
      const isCaptured = await vault()
        .capture()
        .then(
          () => true,
          () => false,
        );
      if (!isCaptured) return { kind: 'notCommitted', why: 'failed' };
      const id = environment.newId();
      const pin = { name: 'delete', days: KEEP_BEFORE_DELETE_DAYS };
      return carryOut({ id, kind: 'delete', label, changes, agreed, pin });
    },

    async undo(commitId: string, { agreed = false }: { agreed?: boolean }): Promise<UndoResult> {
      // What is being typed is saved first: undone under someone's hands it would come back as a conflict.
      await documents.flushAll();
      const result = await (await undoing()).undo(commitId, agreed);
      if (result.kind === 'committed') for (const { store, id } of documents.all()) documents.tell(store, id);
      return result;
    },
  };
}

function changeResultOf(result: CommitResult): ChangeResult {
  switch (result.kind) {
    case 'committed':
      return { kind: 'committed', commitId: result.id };
    case 'refused':
      return { kind: 'notCommitted', why: result.why };
    case 'conflicted':
    case 'full':
    case 'failed':
    case 'unsure':
      return { kind: 'notCommitted', why: result.kind };
  }
}
